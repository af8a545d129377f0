#include "signals/detectors/signal_parameter.hpp"

#include <fmt/format.h>

namespace rapport::signals::detectors {

base::Result<SignalId> signal_parameter(Parameters const& parameters, Vocabulary const& vocabulary, std::string_view name) {
  std::string const signal = parameters.text(name, "");
  if (auto const id = vocabulary.find_signal(signal)) return *id;
  return base::Error{fmt::format("\"{}\" in \"{}\" is no signal; expected a signal's name", signal, name)};
}

base::Result<SignalId> optional_signal(Parameters const& parameters, Vocabulary const& vocabulary, std::string_view name) {
  if (!parameters.has(name)) return no_signal;
  return signal_parameter(parameters, vocabulary, name);
}

}  // namespace rapport::signals::detectors

#include "signals/detectors/repetition.hpp"

#include <fmt/format.h>

#include "signals/detectors/signal_parameter.hpp"

namespace rapport::signals {
namespace {

using detectors::signal_parameter;

class SamePhrase final : public Detector {
 public:
  SamePhrase(SignalId signal, std::int64_t times) : signal_(signal), times_(times) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<SamePhrase>(*this); }
  Attention attention() const override { return {.signals = {signal_}}; }

  void read(Moment const& moment, Emitter& emit) override {
    for (Occurrence const& occurrence : moment.fired) {
      if (occurrence.signal != signal_ || occurrence.range.empty()) continue;
      std::uint64_t const phrase = hash_of(moment.words, occurrence.range);
      count_ = phrase == phrase_ ? count_ + 1 : 1;
      phrase_ = phrase;
      if (count_ < times_) continue;
      count_ = 0;
      Occurrence& fired = emit.fire(moment);
      fired.position = occurrence.position;
      fired.range = occurrence.range;
      fired.item = phrase;
    }
  }

 private:
  /// Of the words in the range of the text.
  static std::uint64_t hash_of(Words const& words, TextRange range) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (Token const& token : words.tokens) {
      if (token.begin < range.begin || token.end > range.end) continue;
      hash = (hash ^ token.hash) * 0x100000001b3ULL;
    }
    return hash;
  }

  SignalId signal_;
  std::int64_t times_;
  std::int64_t count_ = 0;
  std::uint64_t phrase_ = 0;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_same_phrase(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const signal = signal_parameter(parameters, vocabulary, "signal");
  if (!signal) return signal.error();
  auto const times = parameters.number("times", 3);
  if (!times) return times.error();
  if (*times < 2) return base::Error{fmt::format("\"times\" is {}; expected 2 or more", *times)};
  return std::unique_ptr<Detector>{std::make_unique<SamePhrase>(*signal, *times)};
}

}  // namespace rapport::signals

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signals/detectors/person_names.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A company's or brand's name, as it may be heard: in full, by its first significant word, run
/// together or apart ("BlueArc", "blue arc"), one letter off where it is long. A value.
class CompanyName {
 public:
  /// Adds a name by which the company is known.
  void add(TokenView name);
  bool empty() const { return names_.empty(); }
  /// Where the name begins at token `at`, its last token.
  std::optional<std::uint32_t> named_at(TokenView view, std::size_t at) const;

 private:
  struct Name {
    std::string whole;            ///< letters of all words, "and" left out
    std::string first;            ///< of its first word that is no article
    bool first_suffices = false;  ///< the word is hardly anything else
  };
  std::vector<Name> names_;
};

/// A company that is named without being known: "thank you for calling Harper Valley Bank",
/// "welcome to …", "calling from …"; with `introducing`, what stands behind the speaker's own name ("Moira
/// from Harbour Ferries"), a clause of capitals alone ("Harbour Ferries, how can I help?"), and words that
/// hold a company's word, as in "Halden Energy, Kev speaking" or "this is harper valley national bank".
std::optional<SpokenName> unknown_company(TokenView view, bool introducing);

}  // namespace rapport::signals::detectors

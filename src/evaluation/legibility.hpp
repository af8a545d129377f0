#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "evaluation/plan.hpp"

namespace rapport::evaluation {

/// Which words could be read at all: absence of a signal proves nothing where the role that would
/// speak it said words in a language without phrases for it, or in too poor a transcript. A value.
class Legibility {
 public:
  Legibility() { last_unreadable_.fill(none); }

  /// Words of that role in that language were said in the event; `unreadable`: none of them counts.
  void note(domain::Role role, std::string_view language, bool unreadable, std::uint32_t event);

  /// Whether words that may have held the signal and cannot be read for it were said in that event
  /// or later.
  bool unreadable_since(SignalFacts const& facts, signals::SignalId signal, std::uint32_t event) const;

 private:
  static constexpr std::int64_t none = -1;
  using LastEvents = std::array<std::int64_t, domain::role_count>;  ///< by role
  struct Language {
    std::string name;
    LastEvents last;
  };

  LastEvents last_unreadable_;
  std::vector<Language> languages_;
};

}  // namespace rapport::evaluation

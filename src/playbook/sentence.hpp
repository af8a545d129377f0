#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {

/// Reads the one-line sentences of a pattern word by word: "agent.thanks within 20 s or 2 agent
/// turns". Tells the first thing that is wrong, at the word where it is, and then nothing more.
class Sentence {
 public:
  /// `node` is the sentence, `what` how messages call it. A node without text is told at once.
  Sentence(Node const& node, std::string what, Reading const& reading);

  bool failed() const { return failed_; }
  bool at_end() const { return failed_ || next_ == words_.size(); }
  /// Takes the next word if it is this one.
  bool take(std::string_view word);
  /// Takes the next word, which must be one of these two forms of it; tells anything else.
  void require(std::string_view word, std::string_view other_form);
  /// Takes the name of a signal; tells an unknown one, with a suggestion.
  std::optional<SignalId> take_signal();
  /// Takes a whole number from `low` to `high`.
  std::optional<std::int32_t> take_integer(std::int32_t low, std::int32_t high);
  /// Takes "within BOUND", if it is there: 20 s | 2 agent turns | 90 s of speech | due, joined by "or".
  Bound take_bound();
  /// Tells whatever is left over; `expected` is what could have stood there.
  void finish(std::string_view expected = "nothing more");

 private:
  struct Word {
    std::string_view text;
    std::size_t offset = 0;
  };

  bool take_bound_member(Bound& bound);
  bool take_turns(Bound& bound, std::int32_t count);
  void fail(std::string_view expected);

  Node const& node_;
  std::string what_;
  Reading const& reading_;
  std::vector<Word> words_;
  std::size_t next_ = 0;
  bool failed_ = false;
};

}  // namespace rapport::playbook

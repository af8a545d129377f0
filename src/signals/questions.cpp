#include "signals/questions.hpp"

namespace rapport::signals {
namespace {

constexpr std::uint64_t what = word_hash("what");
constexpr std::uint64_t which = word_hash("which");
constexpr std::uint64_t how = word_hash("how");
constexpr std::uint64_t why = word_hash("why");
constexpr std::uint64_t who = word_hash("who");
constexpr std::uint64_t about = word_hash("about");
constexpr std::uint64_t not_word = word_hash("not");
constexpr std::uint64_t thank = word_hash("thank");
constexpr std::uint64_t you = word_hash("you");
constexpr std::uint64_t to = word_hash("to");

/// Reads one sentence by the flags of its words.
class Shape {
 public:
  Shape(std::span<Token const> sentence, WordTable const& table) : sentence_(sentence), table_(table) {}

  bool asks() const {
    std::size_t const start = after_fillers();
    if (start == sentence_.size()) return false;
    if (asks_by_question_word(start) || asks_by_inversion(start)) return true;
    for (std::size_t at = start + 1; at + 1 < sentence_.size(); ++at) {
      if (is(at, WordFlag::asks_anywhere) && asks_in_the_middle(at)) return true;
    }
    return false;
  }

 private:
  bool is(std::size_t at, WordFlag flag) const {
    return at < sentence_.size() && table_.has(sentence_[at].word, flag);
  }
  bool is(std::size_t at, std::uint64_t hash) const {
    return at < sentence_.size() && sentence_[at].hash == hash;
  }

  /// The first word that is no filler; "thank you" is one, "you" alone is not.
  std::size_t after_fillers() const {
    std::size_t at = 0;
    while (is(at, WordFlag::filler)) at += is(at, thank) && is(at + 1, you) ? 2U : 1U;
    return at;
  }

  bool subject(std::size_t at) const { return is(at, WordFlag::pronoun) || is(at, WordFlag::determiner); }

  bool asks_by_question_word(std::size_t at) const {
    if (!is(at, WordFlag::question_word)) return false;
    std::size_t const next = at + 1;
    if (next == sentence_.size()) return true;  // "what"
    bool const verb = is(next, WordFlag::auxiliary);
    if (is(at, which)) return !verb && !subject(next);  // "which account", not "which is fine"
    if (is(at, how)) return verb || is(next, WordFlag::measure);
    if (is(at, what)) return verb || is(next, about) || (!subject(next) && !is(next, word_hash("a")) && !is(next, word_hash("an")));
    if (is(at, who)) return verb;
    if (is(at, why)) return verb || is(next, not_word);
    return verb;  // when, where, whose, whom
  }

  /// "can you", "do you not", "is there", "will the"; not "do the following", "have a nice day",
  /// "should you need anything".
  bool asks_by_inversion(std::size_t at) const {
    if (!is(at, WordFlag::auxiliary)) return false;
    std::size_t const next = is(at + 1, not_word) ? at + 2 : at + 1;
    bool const imperative_too = is(at, word_hash("do")) || is(at, word_hash("have"));
    if (imperative_too) return is(next, you) || is(next, word_hash("i")) || is(next, word_hash("we")) || is(next, word_hash("they"));
    if (is(at, word_hash("should")) && is(next, you)) return false;
    if (is(at, word_hash("had"))) return is(next, you);
    return subject(next);
  }

  /// An inversion in mid-utterance, where no word before it can be the auxiliary's own subject.
  bool asks_in_the_middle(std::size_t at) const {
    std::size_t const next = at + 1;
    bool const personal = is(next, you) || is(next, word_hash("i")) || is(next, word_hash("we"));
    if (is(at - 1, WordFlag::question_word)) return personal || is(next, word_hash("your"));
    bool const is_there = is(next, word_hash("there")) && (is(at, word_hash("is")) || is(at, word_hash("are")));
    return (personal || (is_there && of_something(next + 1))) && !belongs_before(at);
  }

  /// "is there anything", not "the problem is there".
  bool of_something(std::size_t at) const {
    return is(at, word_hash("a")) || is(at, word_hash("any")) || is(at, word_hash("anything")) ||
           is(at, word_hash("something")) || is(at, word_hash("anyone")) || is(at, word_hash("another"));
  }

  /// Whether the auxiliary goes with the words before it: "as you can | you …", "so do i".
  bool belongs_before(std::size_t at) const {
    std::size_t const before = at - 1;
    bool const object = is(before, you) && at >= 2 &&
                        (is(at - 2, thank) || is(at - 2, word_hash("for")) || is(at - 2, word_hash("help")) ||
                         is(at - 2, word_hash("with")) || is(at - 2, word_hash("to")));
    bool const own_subject = is(before, WordFlag::pronoun) && !object;
    bool const verb = is(before, WordFlag::auxiliary) || is(before, not_word) || is(before, to);
    bool const comparing = is(before, word_hash("so")) || is(before, word_hash("neither")) ||
                           is(before, word_hash("nor")) || is(before, word_hash("than")) || is(before, word_hash("as"));
    return own_subject || verb || comparing;
  }

  std::span<Token const> sentence_;
  WordTable const& table_;
};

}  // namespace

bool built_as_question(std::span<Token const> sentence, WordTable const& table) {
  return Shape{sentence, table}.asks();
}

}  // namespace rapport::signals

#include "signals/detectors/question_finder.hpp"

#include <algorithm>

#include "signals/detectors/question_kind.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr Traits subject_or_determiner{Trait::subject, Trait::determiner};
constexpr Traits auxiliary{Trait::modal, Trait::do_form, Trait::be_form, Trait::have_form};

/// Reads one sentence.
class Finder {
 public:
  Finder(TokenView view, Sentence const& sentence, std::vector<Question>& out)
      : view_(view), first_(sentence.first_token), end_(sentence.first_token + sentence.token_count), out_(out) {
    std::string_view const tail = view_.gap_after(end_ - 1);
    marked_ = tail.find('?') != std::string_view::npos || (sentence.asks && tail.find("\xEF\xBC\x9F") != std::string_view::npos);
    stopped_ = !marked_ && tail.find_first_of(".!") != std::string_view::npos;
  }

  void run() {
    std::size_t const before = out_.size();
    for (std::size_t at = first_; at < end_; ++at) {
      if (asks_at(at)) out_.push_back({static_cast<std::uint32_t>(at), 0, Question::Kind::closed, {}, marked_});
    }
    add_bare_items(before);
    if (out_.size() == before && marked_) {
      out_.push_back({static_cast<std::uint32_t>(first_), 0, Question::Kind::closed, {}, true});
    }
    finish(before);
  }

 private:
  bool asks_at(std::size_t at) const {
    if (clause_begins(at)) {
      return question_word(at) || inversion(at) || request(at);
    }
    return inversion_within(at) || question_word_within(at);
  }

  /// A clause may begin here: nothing before it, or a pause, a filler, a conjunction, thanks.
  bool clause_begins(std::size_t at) const {
    if (at == first_ || view_.pause_before(at)) return true;
    if (view_.has_any(at - 1, {Trait::filler, Trait::conjunction, Trait::title})) return true;
    return view_.is(at - 1, "you"_w) && at >= first_ + 2 && view_.is(at - 2, "thank"_w);
  }

  bool subject(std::size_t at) const { return view_.has_any(at, subject_or_determiner); }

  /// An auxiliary and its subject after it: "can you", "is the", "did not it".
  bool inverted(std::size_t at) const {
    if (!view_.has_any(at, auxiliary)) return false;
    std::size_t const next = view_.is(at + 1, "not"_w) ? at + 2 : at + 1;
    return next < end_ && subject(next);
  }

  bool question_word(std::size_t at) const {
    if (!view_.has(at, Trait::question_word)) return false;
    if (marked_ && last_clause(at)) return true;
    std::size_t const next = at + 1;
    if (next >= end_) return !stopped_ && at == first_;
    if (view_.is(at, "what"_w)) return what(next);
    if (view_.is(at, "how"_w)) return how(next);
    if (view_.is(at, "which"_w)) return which(next);
    if (view_.is(at, "why"_w)) return inverted(next) || view_.is(next, "not"_w);
    if (view_.is(at, "who"_w) || view_.is(at, "whom"_w)) {
      return inverted(next) || (at == opening() && !stopped_ && view_.has_any(next, auxiliary));
    }
    if (view_.is(at, "whose"_w)) return at == opening() && !stopped_;
    return inverted(next);  // where, when
  }

  bool what(std::size_t next) const {
    if (inverted(next)) return !begins_statement(next);
    if (view_.is_any(next, {"about"_w, "else"_w, "exactly"_w})) return !stopped_;
    if (view_.has_any(next, auxiliary)) {  // "what is happening", "what is wrong"; not "what is happening is"
      return !has_be_form(next + 1);
    }
    if (view_.is_any(next, {"happened"_w, "seems"_w, "brings"_w, "brought"_w, "made"_w, "caused"_w, "happens"_w, "sort"_w,
                            "kind"_w, "type"_w, "time"_w, "date"_w, "day"_w})) {
      return !stopped_ && !view_.has(next + 1, Trait::be_form);
    }
    bool const exclaims = view_.is_any(next, {"a"_w, "an"_w});
    return !stopped_ && !exclaims && !subject(next) && names_what_is_asked(next);
  }

  /// "what email (is it)", "which card would": a noun, and an auxiliary soon after or the end.
  bool names_what_is_asked(std::size_t next) const {
    for (std::size_t at = next + 1; at < std::min(end_, next + 4); ++at) {
      if (inverted(at) || view_.has(at, Trait::be_form)) return true;
    }
    return end_ - next <= 3;
  }

  bool how(std::size_t next) const {
    if (view_.is(next, "to"_w)) return false;
    if (inverted(next)) return true;
    if (view_.is_any(next, {"many"_w, "much"_w, "long"_w, "old"_w, "often"_w, "far"_w, "soon"_w, "big"_w, "large"_w,
                            "quickly"_w, "late"_w, "early"_w})) {
      return !stopped_ || inverted(next + 1) || inverted(next + 2);
    }
    return view_.is_any(next, {"about"_w, "come"_w}) && !stopped_;
  }

  bool which(std::size_t next) const {
    if (view_.is_any(next, {"one"_w, "ones"_w})) return !stopped_;
    if (view_.has_any(next, auxiliary) || subject(next)) return false;  // "which is fine", "which i like"
    return !stopped_ && names_what_is_asked(next);
  }

  /// "what is it is": the inversion belongs to a statement that goes on.
  bool begins_statement(std::size_t aux) const {
    return view_.is(aux + 1, "it"_w) && view_.has(aux + 2, Trait::be_form);
  }

  bool has_be_form(std::size_t from) const {
    for (std::size_t at = from; at < end_; ++at) {
      if (view_.has(at, Trait::be_form)) return true;
    }
    return false;
  }

  bool inversion(std::size_t at) const {
    if (!view_.has_any(at, auxiliary)) return false;
    std::size_t const next = view_.is(at + 1, "not"_w) ? at + 2 : at + 1;
    if (next >= end_ || !subject(next)) {
      return marked_ && last_clause(at) && view_.has_any(at, {Trait::modal, Trait::be_form});  // "is Gareth there?"
    }
    bool const pronoun = view_.is_any(next, {"you"_w, "i"_w, "we"_w, "they"_w});
    if (view_.is(at, "do"_w)) return pronoun;
    if (view_.is(at, "have"_w)) return pronoun || marked_;
    if (view_.is(at, "had"_w) || view_.is(at, "were"_w)) return marked_ || !view_.is_any(next, {"i"_w, "you"_w});
    if (view_.is(at, "should"_w) && view_.is(next, "you"_w)) return marked_ && at + 3 >= end_;
    if (view_.is(at, "does"_w)) return !view_.is(next, "the"_w) || marked_ || !stopped_;
    return !(view_.is(at, "may"_w) && view_.is(next, "your"_w));
  }

  /// An inversion in mid-clause, which no word before it can explain otherwise.
  bool inversion_within(std::size_t at) const {
    if (!view_.has_any(at, auxiliary)) return false;
    bool const personal = view_.is_any(at + 1, {"you"_w, "i"_w, "we"_w});
    bool const there = view_.is(at + 1, "there"_w) && view_.is_any(at, {"is"_w, "are"_w});
    if (at + 1 >= end_ || (!personal && !there)) return false;
    if (view_.is_any(at, {"has"_w, "had"_w, "should"_w, "were"_w, "am"_w, "is"_w, "was"_w}) && !there) return false;
    std::size_t const before = at - 1;
    if (view_.has(before, Trait::question_word)) return false;  // the question word decides
    if (view_.is_any(before, {"so"_w, "neither"_w, "nor"_w, "than"_w, "as"_w, "to"_w, "not"_w, "only"_w})) return false;
    if (view_.has_any(before, auxiliary)) return false;
    bool const object = before > first_ && view_.has(before - 1, Trait::preposition);
    return !view_.has(before, Trait::subject) || object;
  }

  /// "… my card what is the balance": after anything but what takes an indirect question.
  bool question_word_within(std::size_t at) const {
    if (!view_.is_any(at, {"what"_w, "when"_w, "where"_w, "why"_w, "how"_w}) || !inverted(at + 1)) return false;
    if (begins_statement(at + 1)) return false;
    std::size_t const before = at - 1;
    if (view_.is_any(before, {"check"_w, "see"_w, "know"_w, "understand"_w, "explain"_w, "out"_w, "look"_w, "verify"_w,
                              "confirm"_w, "sure"_w, "idea"_w, "exactly"_w, "knows"_w, "say"_w, "on"_w, "about"_w,
                              "of"_w, "at"_w, "into"_w})) {
      return false;
    }
    return !view_.has_any(before, auxiliary);
  }

  /// "tell me", "give me your number", "i will need your postcode", "if i could take your name".
  bool request(std::size_t at) const {
    if (view_.is(at + 1, "me"_w) && view_.is(at, "tell"_w)) return true;
    if (view_.is(at, "describe"_w) || (view_.is(at, "explain"_w) && !view_.is(at + 1, "that"_w))) return !view_.has(at - 1, Trait::subject);
    if (view_.is_any(at, {"walk"_w, "talk"_w}) && view_.is_any(at + 1, {"me"_w, "us"_w})) return true;
    std::size_t verb = at;
    if (view_.is_any(at, {"if"_w, "i"_w, "we"_w, "you"_w, "let"_w, "please"_w, "may"_w, "could"_w})) {
      while (verb < std::min(end_, at + 7) && !asking_verb(verb)) {
        bool const holds = view_.has(verb, Trait::negation) || view_.has_any(verb, {Trait::past}) ||
                           view_.has(verb, Trait::preposition);
        if (holds && !view_.is(verb, "to"_w)) return false;
        ++verb;
      }
      if (view_.is(verb, "have"_w) && verb > at && view_.is_any(verb - 1, {"i"_w, "we"_w})) return false;  // "i have your"
    }
    return asking_verb(verb) && object_is_item(verb + 1);
  }

  bool asking_verb(std::size_t at) const {
    return view_.is_any(at, {"need"_w, "require"_w, "get"_w, "take"_w, "have"_w, "grab"_w, "give"_w, "provide"_w,
                             "confirm"_w, "verify"_w, "spell"_w, "share"_w, "send"_w, "state"_w, "enter"_w, "ask"_w,
                             "supply"_w, "repeat"_w});
  }

  /// "[me] [for] [just] your account number", "[me] the postcode".
  bool object_is_item(std::size_t at) const {
    while (view_.is_any(at, {"me"_w, "us"_w, "for"_w, "with"_w, "just"_w, "please"_w, "out"_w, "to"_w, "take"_w, "get"_w,
                             "have"_w, "confirm"_w, "verify"_w, "ask"_w, "you"_w, "also"_w, "both"_w, "a"_w, "quick"_w})) {
      ++at;
    }
    if (!view_.is_any(at, {"your"_w, "the"_w, "that"_w, "some"_w, "an"_w}) || at + 1 >= end_) return false;
    for (std::size_t word = at + 1; word < std::min(end_, at + 4); ++word) {
      if (mention_at(view_.words(), word, end_)) return true;
    }
    return false;
  }

  /// "account number please", "and your date of birth?": clauses of nothing but items.
  void add_bare_items(std::size_t before) {
    std::size_t begin = first_;
    while (begin < end_) {
      std::size_t stop = begin + 1;
      while (stop < end_ && !view_.pause_before(stop)) ++stop;
      if (is_bare_item(begin, stop) && !covered(before, begin, stop)) {
        out_.push_back({static_cast<std::uint32_t>(begin), 0, Question::Kind::value, {}, marked_});
      }
      begin = stop;
    }
    std::sort(out_.begin() + static_cast<std::ptrdiff_t>(before), out_.end(),
              [](Question const& a, Question const& b) { return a.first < b.first; });
  }

  bool is_bare_item(std::size_t begin, std::size_t stop) const {
    bool item = false;
    bool asked = marked_ || view_.is(begin, "and"_w);
    for (std::size_t at = begin; at < stop;) {
      if (auto const mention = mention_at(view_.words(), at, stop)) {
        item = true;
        at += mention->length;
        continue;
      }
      bool const polite = view_.is_any(at, {"please"_w, "your"_w, "then"_w, "again"_w});
      bool const small = view_.has_any(at, {Trait::filler, Trait::conjunction}) || view_.is_any(at, {"the"_w, "a"_w, "full"_w, "customer"_w});
      if (!polite && !small) return false;
      asked = asked || polite;
      ++at;
    }
    return item && asked;
  }

  bool covered(std::size_t before, std::size_t begin, std::size_t stop) const {
    return std::any_of(out_.begin() + static_cast<std::ptrdiff_t>(before), out_.end(), [&](Question const& question) {
      return question.first >= begin && question.first < stop;
    });
  }

  /// Whether no later clause of the sentence asks: a question mark belongs to the last one.
  bool last_clause(std::size_t at) const {
    for (std::size_t later = at + 1; later < end_; ++later) {
      if (clause_begins(later) && (inverted(later) || view_.has(later, Trait::question_word))) return false;
    }
    return true;
  }

  /// The first word that is neither filler nor conjunction.
  std::size_t opening() const {
    std::size_t at = first_;
    while (at < end_ && view_.has_any(at, {Trait::filler, Trait::conjunction}) && !view_.has(at, Trait::question_word)) ++at;
    return at;
  }

  /// Sets each question's end, what it names and its kind.
  void finish(std::size_t before) {
    for (std::size_t index = before; index < out_.size(); ++index) {
      Question& question = out_[index];
      std::size_t const stop = index + 1 < out_.size() ? out_[index + 1].first : end_;
      question.last = static_cast<std::uint32_t>(stop) - 1;
      question.items = items_in(view_.words(), question.first, stop);
      question.kind = kind_of(view_, question);
    }
  }

  TokenView view_;
  std::size_t first_;
  std::size_t end_;
  std::vector<Question>& out_;
  bool marked_ = false;   ///< ends in a question mark
  bool stopped_ = false;  ///< ends in a full stop or exclamation mark
};

}  // namespace

void find_questions(TokenView view, std::vector<Question>& questions) {
  for (Sentence const& sentence : view.words().sentences) {
    if (sentence.token_count > 0) Finder{view, sentence, questions}.run();
  }
}

}  // namespace rapport::signals::detectors

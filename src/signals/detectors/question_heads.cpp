#include "signals/detectors/question_heads.hpp"

#include <algorithm>

#include "signals/detectors/data_items.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr Traits subject_or_determiner{Trait::subject, Trait::determiner};
constexpr Traits auxiliaries{Trait::modal, Trait::do_form, Trait::be_form, Trait::have_form};

}  // namespace

QuestionHeads::QuestionHeads(TokenView view, Sentence const& sentence)
    : view_(view), first_(sentence.first_token), end_(sentence.first_token + sentence.token_count) {
  std::string_view const tail = view_.gap_after(end_ - 1);
  marked_ = tail.find('?') != std::string_view::npos || tail.find("\xEF\xBC\x9F") != std::string_view::npos;
  stopped_ = !marked_ && tail.find_first_of(".!") != std::string_view::npos;
}

bool QuestionHeads::auxiliary(std::size_t at) const { return view_.has_any(at, auxiliaries); }
bool QuestionHeads::subject(std::size_t at) const { return at < end_ && view_.has_any(at, subject_or_determiner); }
bool QuestionHeads::is_pronoun(std::size_t at) const { return view_.is_any(at, {"you"_w, "i"_w, "we"_w, "they"_w}); }

bool QuestionHeads::clause_begins(std::size_t at) const {
  if (at == first_ || view_.pause_before(at)) return true;
  if (view_.has_any(at - 1, {Trait::filler, Trait::conjunction, Trait::title})) return true;
  return view_.is(at - 1, "you"_w) && at >= first_ + 2 && view_.is(at - 2, "thank"_w);
}

bool QuestionHeads::asks_at(std::size_t at) const {
  if (clause_begins(at)) return question_word(at) || inversion(at);
  return inversion_within(at) || check_within(at) || question_word_within(at);
}

/// An auxiliary and its subject after it: "can you", "is the", "did not it". Not "is that i …".
bool QuestionHeads::inverted(std::size_t at) const {
  if (!auxiliary(at)) return false;
  std::size_t const next = view_.is(at + 1, "not"_w) ? at + 2 : at + 1;
  bool const introduces = view_.is(next, "that"_w) && view_.has(next + 1, Trait::subject) && next + 2 < end_;
  return subject(next) && (!introduces || marked_);
}

bool QuestionHeads::question_word(std::size_t at) const {
  if (!view_.has(at, Trait::question_word)) return false;
  if (marked_ && last_clause(at)) return true;
  std::size_t const next = at + 1;
  if (next >= end_) return !stopped_ && at == first_;
  if (view_.is(at, "what"_w)) return what(next);
  if (view_.is(at, "how"_w)) return how(next);
  if (view_.is(at, "which"_w)) return which(next);
  if (view_.is(at, "why"_w)) return inverted(next) || view_.is(next, "not"_w);
  bool const opens = at == opening() && !stopped_;
  if (view_.is_any(at, {"who"_w, "whom"_w})) return inverted(next) || (opens && auxiliary(next));
  if (view_.is(at, "whose"_w)) return opens;
  return inverted(next);  // where, when
}

bool QuestionHeads::what(std::size_t next) const {
  if (inverted(next)) return !goes_on_as_statement(next);
  if (view_.is_any(next, {"about"_w, "else"_w, "exactly"_w})) return !stopped_;
  bool be_follows = false;
  for (std::size_t at = next + 1; at < std::min(end_, next + 5); ++at) be_follows = be_follows || view_.has(at, Trait::be_form);
  if (auxiliary(next)) return !be_follows;  // "what is wrong"; not "what is happening is"
  if (view_.is_any(next, {"happened"_w, "happens"_w, "seems"_w, "brings"_w, "brought"_w, "made"_w, "caused"_w, "makes"_w})) {
    return !stopped_ && !be_follows;
  }
  bool const exclaims = view_.is_any(next, {"a"_w, "an"_w});
  return !stopped_ && !exclaims && !subject(next) && noun_is_asked_for(next);
}

/// "what email (is it)", "which card would": a noun, and an auxiliary soon after or the end.
bool QuestionHeads::noun_is_asked_for(std::size_t next) const {
  for (std::size_t at = next + 1; at < std::min(end_, next + 4); ++at) {
    if (inverted(at) || view_.has(at, Trait::be_form)) return true;
  }
  return end_ - next <= 3;
}

bool QuestionHeads::how(std::size_t next) const {
  if (view_.is(next, "to"_w)) return false;
  if (inverted(next)) return true;
  if (view_.is_any(next, {"many"_w, "much"_w, "long"_w, "old"_w, "often"_w, "far"_w, "soon"_w, "big"_w, "large"_w,
                          "quickly"_w, "late"_w, "early"_w, "easy"_w})) {
    return !stopped_ || inverted(next + 1) || inverted(next + 2);
  }
  return view_.is_any(next, {"about"_w, "come"_w}) && !stopped_;
}

bool QuestionHeads::which(std::size_t next) const {
  if (view_.is_any(next, {"one"_w, "ones"_w})) return !stopped_;
  if (auxiliary(next) || subject(next)) return false;  // "which is fine", "which i like"
  return !stopped_ && noun_is_asked_for(next);
}

/// "what is it is", "what i can do is": the clause goes on as a statement.
bool QuestionHeads::goes_on_as_statement(std::size_t aux) const {
  return view_.is(aux + 1, "it"_w) && view_.has(aux + 2, Trait::be_form);
}

bool QuestionHeads::inversion(std::size_t at) const {
  if (!auxiliary(at)) return false;
  std::size_t const next = view_.is(at + 1, "not"_w) ? at + 2 : at + 1;
  if (!inverted(at)) {
    bool const been = view_.has(at, Trait::have_form) && view_.is_any(at + 2, {"been"_w, "got"_w});  // "has probate been"
    return next < end_ && ((marked_ && last_clause(at) && !view_.is(at, "do"_w)) || (been && !stopped_));
  }
  bool const agrees = at > first_ && view_.is_any(at - 1, {"so"_w, "neither"_w, "nor"_w}) && next + 1 >= end_ && !marked_;
  if (agrees) return false;  // "so do i"
  if (view_.is(at, "do"_w)) return is_pronoun(next);
  if (view_.has(at, Trait::have_form)) {
    bool const article = view_.is_any(next, {"a"_w, "an"_w, "the"_w});
    if (view_.is(at, "have"_w)) return is_pronoun(next) || (marked_ && !article);
    return !article && (marked_ || !view_.is(at, "had"_w) || !is_pronoun(next));
  }
  if (view_.is(at, "were"_w)) return marked_ || !view_.is_any(next, {"i"_w, "you"_w});
  if (view_.is(at, "should"_w) && view_.is(next, "you"_w)) return marked_ && at + 3 >= end_;
  if (view_.is(at, "does"_w)) return !view_.is(next, "the"_w) || !stopped_;
  return !(view_.is(at, "may"_w) && view_.is(next, "your"_w));
}

/// An inversion in mid-clause, which no word before it can explain otherwise.
bool QuestionHeads::inversion_within(std::size_t at) const {
  if (!auxiliary(at) || at + 1 >= end_) return false;
  bool const personal = view_.is_any(at + 1, {"you"_w, "i"_w, "we"_w}) &&
                        !view_.is_any(at, {"has"_w, "had"_w, "should"_w, "were"_w, "am"_w, "is"_w, "was"_w});
  bool const modal = view_.has(at, Trait::modal) && view_.is_any(at + 1, {"it"_w, "he"_w, "she"_w, "they"_w, "there"_w});
  bool const there = !stopped_ && view_.is_any(at, {"is"_w, "are"_w}) && view_.is(at + 1, "there"_w) &&
                     view_.is_any(at + 2, {"a"_w, "an"_w, "any"_w, "anything"_w, "anyone"_w, "anybody"_w, "something"_w,
                                           "some"_w, "another"_w, "someone"_w});
  if (!personal && !modal && !there) return false;
  std::size_t const before = at - 1;
  if (view_.has(before, Trait::question_word)) return false;  // the question word decides
  if (view_.is_any(before, {"so"_w, "neither"_w, "nor"_w, "than"_w, "as"_w, "to"_w, "not"_w, "only"_w})) return false;
  if (auxiliary(before)) return false;
  for (std::size_t back = 2; view_.has(at, Trait::do_form) && back <= 3 && at >= first_ + back; ++back) {
    if (view_.has(at - back, Trait::modal)) return false;  // "can maybe do"
  }
  bool const object = before > first_ && view_.has(before - 1, Trait::preposition);
  return !view_.has(before, Trait::subject) || object;
}

/// "… by friday is that right", "… does that make sense": a check without punctuation.
bool QuestionHeads::check_within(std::size_t at) const {
  if (stopped_ || !view_.is_any(at + 1, {"that"_w, "this"_w, "it"_w}) || at + 2 >= end_) return false;
  if (view_.has(at - 1, Trait::subject) || view_.has(at - 1, Trait::question_word) || auxiliary(at - 1)) return false;
  if (view_.is(at, "is"_w)) {
    return view_.is_any(at + 2, {"right"_w, "correct"_w, "okay"_w, "fine"_w, "all"_w, "clear"_w, "acceptable"_w,
                                 "convenient"_w, "everything"_w, "possible"_w, "good"_w, "enough"_w});
  }
  return view_.is_any(at, {"does"_w, "would"_w, "will"_w}) &&
         view_.is_any(at + 2, {"make"_w, "help"_w, "sound"_w, "work"_w, "answer"_w, "suit"_w, "be"_w, "seem"_w});
}

/// "… my card what is the balance": after anything but what takes an indirect question.
bool QuestionHeads::question_word_within(std::size_t at) const {
  if (view_.is(at, "which"_w) && view_.is_any(at + 1, {"one"_w, "ones"_w})) return !stopped_ && inverted(at + 2);
  if (!view_.is_any(at, {"what"_w, "when"_w, "where"_w, "why"_w, "how"_w}) || !inverted(at + 1)) return false;
  if (goes_on_as_statement(at + 1)) return false;
  std::size_t const before = at - 1;
  bool const indirect = view_.is_any(before, {"check"_w, "see"_w, "know"_w, "understand"_w, "explain"_w, "out"_w,
                                              "look"_w, "verify"_w, "confirm"_w, "sure"_w, "idea"_w, "exactly"_w,
                                              "knows"_w, "say"_w, "on"_w, "about"_w, "of"_w, "at"_w, "into"_w});
  return !indirect && !auxiliary(before);
}

std::size_t QuestionHeads::request_verb(std::size_t at) const {
  if (view_.is(at, "tell"_w) && view_.is_any(at + 1, {"me"_w, "us"_w})) return at;
  if (view_.is_any(at, {"walk"_w, "talk"_w}) && view_.is_any(at + 1, {"me"_w, "us"_w})) return at;
  if (view_.is_any(at, {"describe"_w, "explain"_w})) return view_.is(at + 1, "that"_w) ? end_ : at;
  std::size_t verb = at;
  bool const introduced = view_.is_any(at, {"if"_w, "i"_w, "we"_w, "let"_w, "please"_w, "kindly"_w});
  while (introduced && verb < std::min(end_, at + 7) && !asking_verb(verb)) {
    bool const other = view_.has_any(verb, {Trait::negation, Trait::past, Trait::preposition}) && !view_.is(verb, "to"_w);
    if (other) return end_;
    ++verb;
  }
  if (view_.is(verb, "have"_w) && verb > at && view_.is_any(verb - 1, {"i"_w, "we"_w})) return end_;  // "i have your …"
  return asking_verb(verb) && object_is_item(verb + 1) ? verb : end_;
}

bool QuestionHeads::asking_verb(std::size_t at) const { return at < end_ && view_.has(at, Trait::asking_verb); }

/// "[me] [for] [just] your account number", "[me] the postcode".
bool QuestionHeads::object_is_item(std::size_t at) const {
  while (view_.is_any(at, {"me"_w, "us"_w, "for"_w, "with"_w, "just"_w, "please"_w, "to"_w, "take"_w, "get"_w, "have"_w,
                           "confirm"_w, "verify"_w, "ask"_w, "you"_w, "also"_w, "both"_w, "a"_w, "quick"_w})) {
    ++at;
  }
  if (!view_.is_any(at, {"your"_w, "the"_w, "that"_w}) || at + 1 >= end_) return false;
  for (std::size_t word = at + 1; word < std::min(end_, at + 4); ++word) {
    if (mention_at(view_.words(), word, end_)) return true;
  }
  return false;
}

/// Whether no later clause of the sentence asks: a question mark belongs to the last one.
bool QuestionHeads::last_clause(std::size_t at) const {
  for (std::size_t later = at + 1; later < end_; ++later) {
    if (clause_begins(later) && (inverted(later) || view_.has(later, Trait::question_word))) return false;
  }
  return true;
}

/// The first word that is neither filler nor conjunction.
std::size_t QuestionHeads::opening() const {
  std::size_t at = first_;
  while (at < end_ && view_.has_any(at, {Trait::filler, Trait::conjunction}) && !view_.has(at, Trait::question_word)) ++at;
  return at;
}

}  // namespace rapport::signals::detectors

#include "signals/detectors/question_kind.hpp"

#include <algorithm>

namespace rapport::signals::detectors {
namespace {

using Kind = Question::Kind;

/// Nouns after "what" that a short datum answers.
bool names_a_value(TokenView view, std::size_t at) {
  return view.is_any(at, {"time"_w, "date"_w, "day"_w, "number"_w, "name"_w, "size"_w, "color"_w, "model"_w, "version"_w,
                          "amount"_w, "price"_w, "address"_w, "year"_w, "month"_w, "email"_w, "phone"_w, "account"_w,
                          "order"_w, "city"_w, "country"_w, "town"_w, "street"_w, "room"_w, "brand"_w, "make"_w,
                          "card"_w, "plan"_w, "branch"_w, "age"_w, "type"_w, "destination"_w, "airport"_w, "code"_w});
}

/// "what is your problem": nouns whose answer is a story.
bool names_a_matter(TokenView view, std::size_t at) {
  return view.is_any(at, {"problem"_w, "issue"_w, "matter"_w, "trouble"_w, "question"_w, "concern"_w, "reason"_w, "query"_w,
                          "inquiry"_w, "complaint"_w, "situation"_w, "story"_w, "point"_w, "difference"_w, "plan"_w,
                          "idea"_w, "opinion"_w, "experience"_w, "preference"_w, "request"_w, "worry"_w, "error"_w});
}

/// "is there a", "do you have any": whether there is anything of the kind, however many are named.
bool asks_whether_any(TokenView view, Question const& question) {
  std::size_t const at = question.first;
  if (view.has(at, Trait::be_form) && view.is(at + 1, "there"_w)) return true;
  bool const have = (view.is(at, "do"_w) && view.is(at + 2, "have"_w)) || view.is(at, "have"_w);
  return have && view.is_any(at + (view.is(at, "do"_w) ? 3 : 2), {"a"_w, "an"_w, "any"_w, "anything"_w});
}

/// "or" between things to choose from; not "or not", "or something", "or whatever".
bool offers_choice(TokenView view, Question const& question) {
  if (asks_whether_any(view, question)) return false;
  for (std::size_t at = question.first + 1; at < question.last; ++at) {
    if (!view.is(at, "or"_w)) continue;
    bool const vague = view.is_any(at + 1, {"not"_w, "anything"_w, "something"_w, "whatever"_w, "so"_w, "anyone"_w,
                                            "somebody"_w, "someone"_w, "any"_w, "anybody"_w, "like"_w, "are"_w}) &&
                       !(view.is(at + 1, "any"_w) && question.last - at > 6);
    bool const numbers = view.has(at - 1, Trait::number) && view.has(at + 1, Trait::number);
    if (!vague && !numbers) return true;
  }
  return false;
}

Kind kind_by_question_word(TokenView view, std::size_t at, std::size_t last, bool items);

/// The kind of the first embedded question: "can you tell me when …", "do you know how …".
Kind kind_of_embedded(TokenView view, std::size_t from, std::size_t last, bool items) {
  for (std::size_t at = from; at <= last; ++at) {
    if (view.has(at, Trait::question_word)) return kind_by_question_word(view, at, last, items);
  }
  return items ? Kind::value : Kind::open;
}

Kind kind_by_question_word(TokenView view, std::size_t at, std::size_t last, bool items) {
  if (view.is(at, "why"_w)) return Kind::open;
  if (view.is(at, "how"_w)) {
    bool const measure = view.is_any(at + 1, {"many"_w, "much"_w, "long"_w, "old"_w, "often"_w, "far"_w, "soon"_w, "big"_w,
                                              "large"_w, "late"_w, "early"_w, "quickly"_w});
    bool const spelling = items || std::ranges::any_of(view.tokens().subspan(at, last + 1 - at), [](Token const& token) {
                            return token.hash == "spell"_w || token.hash == "spelled"_w || token.hash == "spelt"_w;
                          });
    return measure || spelling ? Kind::value : Kind::open;
  }
  if (view.is(at, "which"_w)) {  // "which suits you", "which one", "which would you prefer"; "which card"
    bool const of_those = view.is_any(at + 1, {"one"_w, "ones"_w, "of"_w, "suits"_w, "works"_w, "way"_w, "option"_w}) ||
                          view.has_any(at + 1, {Trait::modal, Trait::do_form, Trait::be_form});
    return of_those && !items ? Kind::choice : Kind::value;
  }
  if (!view.is(at, "what"_w)) return Kind::value;  // who, where, when
  bool const noun = !view.has_any(at + 1, {Trait::modal, Trait::do_form, Trait::be_form, Trait::have_form, Trait::stop,
                                           Trait::past}) &&
                    at < last && !view.is(at + 1, "seems"_w) && !view.is(at + 1, "brings"_w);
  if (items || names_a_value(view, at + 1) || (noun && !names_a_matter(view, at + 1))) return Kind::value;
  bool const of_your = view.has(at + 1, Trait::be_form) && at + 3 <= last &&
                       view.is_any(at + 2, {"your"_w, "the"_w, "his"_w, "her"_w, "their"_w, "my"_w, "our"_w});
  for (std::size_t word = at + 3; word <= std::min(last, at + 5); ++word) {
    if (names_a_matter(view, word)) return Kind::open;
  }
  return of_your ? Kind::value : Kind::open;
}

/// What "can you", "could i", "do you have" go on to ask for.
Kind kind_of_inversion(TokenView view, Question const& question) {
  std::size_t at = question.first + 2;
  while (view.has(at, Trait::filler) || view.is_any(at, {"possibly"_w, "kindly"_w, "maybe"_w, "then"_w, "quickly"_w, "mind"_w})) ++at;
  bool const items = !question.items.empty();
  bool const you = view.is(question.first + 1, "you"_w);
  if (you && view.is_any(at, {"describe"_w, "explain"_w, "walk"_w, "talk"_w, "elaborate"_w, "describing"_w, "explaining"_w})) {
    return Kind::open;
  }
  if (you && view.is_any(at, {"tell"_w, "telling"_w, "know"_w, "remember"_w, "say"_w, "show"_w})) {
    std::size_t const after = view.is_any(at + 1, {"me"_w, "us"_w}) ? at + 2 : at + 1;
    bool const yes_or_no = view.is(after, "if"_w) || view.is(after, "whether"_w) || view.is(after, "that"_w);
    if (yes_or_no) return Kind::closed;
    bool const asks_more = view.is(at, "tell"_w) || view.is(at, "telling"_w) || items;
    for (std::size_t word = after; word <= question.last && word < after + 3; ++word) {
      if (view.has(word, Trait::question_word)) return kind_by_question_word(view, word, question.last, items);
    }
    return asks_more ? (items ? Kind::value : Kind::open) : Kind::closed;
  }
  bool const asks_for = view.is_any(at, {"have"_w, "get"_w, "take"_w, "grab"_w, "ask"_w, "give"_w, "provide"_w, "confirm"_w,
                                         "verify"_w, "spell"_w, "share"_w, "send"_w, "state"_w, "repeat"_w, "let"_w, "check"_w,
                                         "got"_w, "note"_w, "giving"_w, "confirming"_w, "providing"_w, "sharing"_w, "enter"_w,
                                         "supply"_w, "need"_w, "just"_w, "please"_w, "jot"_w, "know"_w, "reply"_w,
                                         "read"_w, "type"_w, "write"_w, "tell"_w});
  bool const has = view.has_any(question.first, {Trait::do_form, Trait::have_form});
  if (items && (asks_for || has)) return Kind::value;
  if (you && view.is(at, "give"_w)) return kind_of_embedded(view, at, question.last, items);
  return Kind::closed;
}

}  // namespace

Question::Kind kind_of(TokenView view, Question const& question) {
  if (offers_choice(view, question)) return Kind::choice;
  bool const items = !question.items.empty();
  std::size_t const at = question.first;
  if (view.has(at, Trait::question_word)) return kind_by_question_word(view, at, question.last, items);
  if (view.has_any(at, {Trait::modal, Trait::do_form, Trait::be_form, Trait::have_form})) return kind_of_inversion(view, question);
  if (view.is_any(at, {"tell"_w, "describe"_w, "explain"_w, "walk"_w, "talk"_w})) {
    return view.is(at, "tell"_w) ? kind_of_embedded(view, at, question.last, items) : Kind::open;
  }
  bool const request = view.is_any(at, {"give"_w, "let"_w, "i"_w, "we"_w, "if"_w, "you"_w, "please"_w, "provide"_w, "confirm"_w,
                                        "verify"_w, "state"_w, "send"_w, "spell"_w, "enter"_w, "need"_w, "share"_w, "get"_w,
                                        "take"_w, "repeat"_w, "require"_w, "kindly"_w, "furnish"_w, "quote"_w, "type"_w,
                                        "advise"_w, "forward"_w, "mention"_w, "supply"_w, "ask"_w, "have"_w});
  std::size_t const length = question.last + 1 - question.first;
  return items && (request || length <= 6) ? Kind::value : Kind::closed;
}

}  // namespace rapport::signals::detectors

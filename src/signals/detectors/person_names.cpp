#include "signals/detectors/person_names.hpp"

#include <algorithm>

#include "signals/detectors/data_items.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::size_t name_words_max = 3;
constexpr Traits function_word{Trait::subject, Trait::determiner, Trait::conjunction, Trait::preposition,
                               Trait::negation, Trait::be_form, Trait::do_form, Trait::have_form,
                               Trait::question_word, Trait::number, Trait::weekday, Trait::courtesy};

bool written_small(TokenView view, std::size_t at) { return uses_capitals(view.words().text) && !view.capitalised(at); }

/// Whether the word can be part of a name at all.
bool can_be_name(TokenView view, std::size_t at) {
  if (at >= view.size() || view.has_digit(at) || view.written(at).size() < 2) return false;
  if (view.has(at, Trait::given_name)) return true;
  if (view.has_any(at, function_word) || view.is_any(at, {"can"_w, "could"_w, "would"_w, "shall"_w, "should"_w, "might"_w, "must"_w})) return false;
  return !view.has(at, Trait::stop) || view.has(at, Trait::also_a_word);
}

/// Whether the word is surely a name: a given name, or a capital where a small letter would stand.
bool is_surely_name(TokenView view, std::size_t at) {
  if (!can_be_name(view, at)) return false;
  if (view.has(at, Trait::given_name)) return !written_small(view, at);
  return view.capitalised(at) && !view.has_any(at, {Trait::organisation, Trait::service_word});
}

/// From the first word of a name to its last. In a text without capitals a name has two words at
/// most and ends before anything that names a datum.
SpokenName extend(TokenView view, std::size_t first) {
  bool const capitals = view.capitalised(first);
  std::size_t last = first;
  while (last + 1 < view.size() && last + 1 - first < name_words_max) {
    std::size_t const next = last + 1;
    bool const apart = view.tokens()[next].sentence != view.tokens()[first].sentence || view.pause_before(next);
    if (apart || !can_be_name(view, next) || mention_at(view.words(), next, view.size())) break;
    if (capitals ? !view.capitalised(next) : next - first >= 2 || view.has(next, Trait::modal)) break;
    if (view.has_any(next, {Trait::organisation, Trait::service_word})) break;
    last = next;
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
}

bool clause_begins(TokenView view, std::size_t at) {
  if (at == 0 || view.pause_before(at)) return true;
  if (view.tokens()[at].sentence != view.tokens()[at - 1].sentence) return true;
  return view.has_any(at - 1, {Trait::filler, Trait::courtesy, Trait::conjunction}) ||
         view.is_any(at - 1, {"there"_w, "again"_w, "day"_w});
}

/// "… is X" with a subject that only a name follows.
std::optional<std::size_t> after_my_name(TokenView view, std::size_t at) {
  if (view.is_any(at, {"my"_w, "the"_w}) && view.is_any(at + 1, {"name"_w, "surname"_w}) && view.is(at + 2, "is"_w)) return at + 3;
  bool const part = view.is(at, "my"_w) && view.is_any(at + 1, {"first"_w, "last"_w, "full"_w, "family"_w, "given"_w});
  if (part && view.is(at + 2, "name"_w) && view.is(at + 3, "is"_w)) return at + 4;
  if (view.is(at, "name"_w) && view.is(at + 1, "is"_w) && clause_begins(view, at)) return at + 2;
  if (view.is(at, "am"_w) && view.is(at + 1, "called"_w)) return at + 2;
  return std::nullopt;
}

/// "i am her daughter tolu": a relation and a name.
std::optional<std::size_t> after_relation(TokenView view, std::size_t at) {
  bool const i_am = view.is_any(at, {"am"_w, "is"_w}) && at > 0 && view.is_any(at - 1, {"i"_w, "this"_w, "it"_w});
  if (!i_am || !view.is_any(at + 1, {"her"_w, "his"_w, "their"_w, "the"_w})) return std::nullopt;
  bool const relation = view.is_any(at + 2, {"daughter"_w, "son"_w, "wife"_w, "husband"_w, "mother"_w, "father"_w, "mum"_w, "mom"_w,
                                             "dad"_w, "sister"_w, "brother"_w, "partner"_w, "niece"_w, "nephew"_w, "carer"_w,
                                             "granddaughter"_w, "grandson"_w, "neighbor"_w, "tenant"_w, "executor"_w});
  return relation ? std::optional{at + 3} : std::nullopt;
}

std::size_t skip_fillers(TokenView view, std::size_t at) {
  while (view.is_any(at, {"um"_w, "uh"_w, "er"_w, "erm"_w, "mr"_w, "mrs"_w, "ms"_w, "miss"_w, "dr"_w, "ah"_w, "just"_w})) ++at;
  return at;
}

bool ends_clause(TokenView view, std::size_t next) {
  return next >= view.size() || view.pause_before(next) || view.tokens()[next].sentence != view.tokens()[next - 1].sentence;
}

/// What may stand behind a name that introduces its bearer.
bool introduces(TokenView view, std::size_t next) {
  return view.is_any(next, {"here"_w, "speaking"_w, "calling"_w, "from"_w, "with"_w, "at"_w, "again"_w, "ringing"_w, "in"_w,
                            "on"_w, "and"_w, "how"_w, "of"_w, "your"_w, "i"_w});
}

/// "this is X", "it's X here", "I'm X": the word must be a name beyond doubt, or what follows tell so.
std::optional<SpokenName> after_this_is(TokenView view, std::size_t at) {
  bool const this_is = view.is_any(at, {"this"_w, "it"_w}) && view.is(at + 1, "is"_w);
  bool const i_am = view.is(at, "i"_w) && view.is(at + 1, "am"_w);
  if (!this_is && !i_am) return std::nullopt;
  std::size_t const first = skip_fillers(view, at + 2);
  bool const apart = first < view.size() && (view.pause_before(first) || view.tokens()[first].sentence != view.tokens()[at].sentence);
  if (apart || !can_be_name(view, first) || view.has_any(first, {Trait::organisation, Trait::service_word})) return std::nullopt;
  SpokenName const name = extend(view, first);
  std::size_t const next = std::size_t{name.last} + 1;
  if (view.has(first - 1, Trait::title) && !written_small(view, first)) return name;  // "i am mrs sethi from …"
  if (view.has_any(next, {Trait::organisation, Trait::service_word}) && !ends_clause(view, next)) return std::nullopt;
  bool const sure = is_surely_name(view, first) && !(i_am && view.has(first, Trait::also_a_word) && !view.capitalised(first));
  if (sure && (ends_clause(view, next) || introduces(view, next) || view.has(first, Trait::given_name))) return name;
  bool const told = view.is_any(next, {"here"_w, "speaking"_w, "calling"_w}) ||
                    (view.is(next, "from"_w) && !i_am) || (this_is && view.is(at, "this"_w) && view.is_any(next, {"with"_w, "at"_w}));
  if (told && !written_small(view, first)) return name;
  return std::nullopt;
}

/// "Kev speaking", "Brody here": the name stands before.
std::optional<SpokenName> before_speaking(TokenView view, std::size_t at) {
  bool const speaking = view.is(at, "speaking"_w);
  if (at == 0 || (!speaking && !view.is(at, "here"_w)) || !can_be_name(view, at - 1)) return std::nullopt;
  if (view.tokens()[at].sentence != view.tokens()[at - 1].sentence || view.pause_before(at)) return std::nullopt;
  std::size_t first = at - 1;
  if (first > 0 && !clause_begins(view, first) && can_be_name(view, first - 1) && is_surely_name(view, first - 1)) --first;
  std::string_view const word = view.written(at - 1);
  bool const manner = word.ends_with("ly") || view.is_any(at - 1, {"english"_w, "spanish"_w, "french"_w, "hindi"_w});
  if (manner || view.has_any(at - 1, {Trait::organisation, Trait::service_word})) return std::nullopt;
  bool const sure = is_surely_name(view, at - 1);
  if (!sure && (written_small(view, at - 1) || !(speaking || clause_begins(view, first)))) return std::nullopt;
  return SpokenName{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(at) - 1};
}

/// "you're through to Dawn", "you are speaking with Moira", "Callum from Thistle Bank".
std::optional<SpokenName> introduced(TokenView view, std::size_t at) {
  bool const you_are = at >= 2 && view.is(at - 2, "you"_w) && view.is_any(at - 1, {"are"_w, "have"_w, "got"_w});
  bool const to_whom = you_are && view.is_any(at, {"through"_w, "speaking"_w, "talking"_w, "chatting"_w, "reached"_w, "connected"_w});
  if (to_whom) {
    std::size_t const first = skip_fillers(view, view.is_any(at + 1, {"to"_w, "with"_w}) ? at + 2 : at + 1);
    if (!can_be_name(view, first) || view.has_any(first, {Trait::organisation, Trait::service_word})) return std::nullopt;
    SpokenName const name = extend(view, first);
    bool const company = view.has_any(std::size_t{name.last} + 1, {Trait::organisation, Trait::service_word});
    bool const sure = is_surely_name(view, first) || view.has(first, Trait::also_a_word);
    // Two words of which none is a given name are as likely the company's.
    bool const whose = name.last > name.first && !view.has(first, Trait::given_name);
    if (company || whose || !sure || written_small(view, first)) return std::nullopt;
    return name;
  }
  if (!clause_begins(view, at) || !is_surely_name(view, at)) return std::nullopt;
  SpokenName const name = extend(view, at);
  std::size_t const next = std::size_t{name.last} + 1;
  bool const from = view.is_any(next, {"from"_w, "at"_w, "with"_w}) && next + 1 < view.size() &&
                    (view.capitalised(next + 1) || view.has(at, Trait::given_name)) && !view.has_any(next + 1, {Trait::subject});
  return from ? std::optional{name} : std::nullopt;
}

}  // namespace

void NameParts::add(TokenView view, std::size_t first, std::size_t last) {
  for (std::size_t at = first; at <= last && at < view.size(); ++at) {
    if (view.has(at, Trait::title) || view.written(at).size() < 2 || holds(view.hash(at))) continue;
    bool const ambiguous = view.has(at, Trait::also_a_word) || view.has(at, Trait::stop);
    parts_.push_back({view.hash(at), ambiguous});
  }
}

bool NameParts::is_meant_at(TokenView view, std::size_t at) const {
  auto const part = std::ranges::find(parts_, view.hash(at), &Part::hash);
  if (!part->also_a_word) return true;
  if (at > 0 && view.has(at - 1, Trait::title)) return true;
  bool const will_do = view.has(at, Trait::modal) && at > 0 && view.has(at - 1, Trait::subject);  // "i will mark it"
  bool const done_by = at > 1 && view.has(at - 1, Trait::modal) && view.has(at - 2, Trait::subject);
  if ((will_do || done_by) && !view.capitalised(at)) return false;
  bool const beside = (at > 0 && holds(view.hash(at - 1))) || (at + 1 < view.size() && holds(view.hash(at + 1)));
  if (beside) return true;
  bool const opens = at == 0 || view.tokens()[at].sentence != view.tokens()[at - 1].sentence;
  if (uses_capitals(view.words().text)) return view.capitalised(at) && (!opens || ends_clause(view, at + 1));
  bool const addressed = at > 0 && view.has(at - 1, Trait::courtesy);
  return addressed && !view.has_any(at, function_word);
}

std::optional<SpokenName> own_name(TokenView view, bool introducing) {
  for (std::size_t at = 0; at < view.size(); ++at) {
    if (!introducing && !view.has(at, Trait::self_lead)) continue;
    if (auto const name_at = after_my_name(view, at)) {
      std::size_t const first = skip_fillers(view, *name_at);
      if (can_be_name(view, first)) return extend(view, first);
    }
    if (auto const name_at = after_relation(view, at); name_at && can_be_name(view, *name_at)) return extend(view, *name_at);
    if (auto const name = after_this_is(view, at)) return name;
    if (auto const name = before_speaking(view, at)) return name;
  }
  // What is less sure goes behind: "you're through to Harbour, this is Moira".
  for (std::size_t at = 0; introducing && at < view.size(); ++at) {
    if (auto const name = introduced(view, at)) return name;
  }
  return std::nullopt;
}

std::optional<SpokenName> signed_name(TokenView view) {
  constexpr std::size_t signature_words_max = 4;
  std::size_t first = view.size();
  while (first > 0 && !(first < view.size() && (view.pause_before(first) || view.tokens()[first].sentence != view.tokens()[first - 1].sentence))) --first;
  while (view.has(first, Trait::title)) ++first;
  if (first >= view.size() || view.size() - first > signature_words_max || first == 0) return std::nullopt;
  for (std::size_t at = first; at < view.size(); ++at) {
    bool const part = view.capitalised(at) && !view.has_any(at, {Trait::courtesy, Trait::organisation, Trait::service_word, Trait::stop, Trait::time_word});
    if (!part || !can_be_name(view, at)) return std::nullopt;
  }
  return SpokenName{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(view.size()) - 1};
}

std::optional<SpokenName> answered_name(TokenView view, std::optional<SpokenName> own) {
  constexpr std::size_t answer_words_max = 4;
  if (own) return own;
  for (Sentence const& sentence : view.words().sentences) {
    std::size_t at = sentence.first_token;
    std::size_t const end = at + sentence.token_count;
    while (at < end && (view.has_any(at, {Trait::filler, Trait::title}) || view.is_any(at, {"it"_w, "is"_w, "that"_w, "the"_w, "name"_w}))) ++at;
    if (at >= end || !can_be_name(view, at) || written_small(view, at)) continue;
    SpokenName const name = extend(view, at);
    bool const whole = name.last + std::size_t{1} >= end || view.pause_before(name.last + std::size_t{1});
    bool const started_as_answer = at > sentence.first_token && view.is(at - 1, "is"_w);
    if (whole || started_as_answer || end - at <= answer_words_max || view.has(at, Trait::given_name)) return name;
  }
  return std::nullopt;
}

}  // namespace rapport::signals::detectors

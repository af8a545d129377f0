#include "signals/detectors/company_name.hpp"

#include <algorithm>

#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::size_t long_word = 6;  ///< bytes from which one slip is forgiven
constexpr std::size_t joined_words_max = 6;

std::string lower(std::string_view word) {
  std::string out;
  for (char const c : word) {
    if (c == '\'' || c == '-') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// The word as said, without the possessive's ending that the tokeniser leaves in the range.
std::string spelling(TokenView view, std::size_t at) {
  std::string word = lower(view.written(at));
  if (word.size() > 3 && word.ends_with('s') && view.written(at).find('\'') != std::string_view::npos) word.pop_back();
  return word;
}

/// Whether one insertion, deletion or change makes a of b.
bool nearly_equal(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t same = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  std::size_t tail = 0;
  while (tail < a.size() - same && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return same + tail + 1 >= b.size();
}

bool heard_as(std::string_view said, std::string_view name) {
  if (said == name) return true;
  return name.size() >= long_word && said.size() >= long_word - 1 && nearly_equal(said, name);
}

/// A word that a company may begin with and a talk is full of.
bool is_common(TokenView view, std::size_t at) {
  return view.has_any(at, {Trait::stop, Trait::also_a_word, Trait::organisation, Trait::service_word, Trait::number,
                           Trait::ordinal, Trait::time_word}) ||
         view.is_any(at, {"high"_w, "low"_w, "new"_w, "old"_w, "great"_w, "true"_w, "total"_w, "direct"_w, "simple"_w,
                          "smart"_w, "fresh"_w, "clear"_w, "open"_w, "united"_w, "national"_w, "general"_w, "american"_w,
                          "british"_w, "central"_w, "royal"_w, "city"_w, "home"_w, "red"_w, "blue"_w, "southern"_w,
                          "northern"_w, "eastern"_w, "western"_w, "river"_w, "mountain"_w, "sun"_w, "sea"_w, "ocean"_w,
                          "grand"_w, "super"_w, "express"_w, "premier"_w, "prime"_w, "ideal"_w, "modern"_w, "global"_w,
                          "world"_w, "local"_w, "family"_w, "quick"_w, "safe"_w, "secure"_w, "easy"_w, "revenue"_w});
}

bool article_or_and(TokenView view, std::size_t at) { return view.is_any(at, {"the"_w, "a"_w, "and"_w, "of"_w, "at"_w}); }

bool names_organisation(TokenView view, std::size_t at) { return view.has_any(at, {Trait::organisation, Trait::service_word}); }

/// Whether a name may begin here: no function word, no time of day, no person.
bool may_begin(TokenView view, std::size_t at) {
  if (at >= view.size() || view.has(at, Trait::service_word) || view.has(at, Trait::title)) return false;
  bool const plain = view.has(at, Trait::stop) || view.has_any(at, {Trait::courtesy, Trait::subject, Trait::determiner, Trait::time_word});
  return !plain || view.capitalised(at);
}

SpokenName run_from(TokenView view, std::size_t first) {
  std::size_t last = first;
  bool const capitals = view.capitalised(first);
  while (last + 1 < view.size() && last - first < joined_words_max) {
    std::size_t const next = last + 1;
    bool const apart = view.pause_before(next) || view.tokens()[next].sentence != view.tokens()[first].sentence;
    if (apart || (capitals && !view.capitalised(next) && !article_or_and(view, next))) break;
    if (!capitals && view.has(next, Trait::stop) && !names_organisation(view, next)) break;
    last = next;
  }
  return {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
}

PhraseTable const& leads() {
  static PhraseTable const phrases{
      "thank you for calling | thanks for calling | thank you for contacting | thanks for contacting | welcome to\n"
      "thank you for choosing | thanks for choosing | thank you for ringing | thanks for ringing | thank you for phoning\n"
      "thank you for reaching out to | thanks for reaching out to | thank you for writing to | thanks for messaging\n"
      "thank you for messaging | thanks for chatting with | thank you for chatting with | you are through to\n"
      "you have reached | you are speaking with | calling from | ringing from | phoning from | calling on behalf of\n"
      "on behalf of | greetings from | thank you for being with | writing from | here at | support at"};
  return phrases;
}

/// "Moira from Harbour Ferries": what stands behind the speaker's own name.
std::optional<SpokenName> after_own_name(TokenView view, SpokenName own) {
  std::size_t first = std::size_t{own.last} + 1;
  if (view.is_any(first, {"here"_w, "speaking"_w, "calling"_w, "ringing"_w})) ++first;
  if (view.is(first, "and"_w) && view.is(first + 1, "i"_w) && view.is_any(first + 2, {"am"_w, "work"_w})) first += 3;
  if (!view.is_any(first, {"from"_w, "at"_w, "with"_w, "for"_w, "of"_w})) return std::nullopt;
  ++first;
  if (view.is(first, "the"_w)) ++first;
  if (!may_begin(view, first)) return std::nullopt;
  SpokenName const name = run_from(view, first);
  bool const our_team = view.has(name.last, Trait::service_word) && !view.capitalised(name.last);  // "from the night team"
  bool const sure = view.capitalised(first) || names_organisation(view, name.last);
  return sure && !our_team ? std::optional{name} : std::nullopt;
}

/// "Harbour Ferries, how can I help?": a clause of nothing but two and more words with capitals.
std::optional<SpokenName> alone_in_clause(TokenView view, std::size_t at) {
  if (!uses_capitals(view.words().text) || !may_begin(view, at) || !view.capitalised(at)) return std::nullopt;
  SpokenName const name = run_from(view, at);
  std::size_t const next = std::size_t{name.last} + 1;
  bool const ends = next >= view.size() || view.pause_before(next) || view.tokens()[next].sentence != view.tokens()[at].sentence;
  if (!ends || name.last == name.first) return std::nullopt;
  for (std::size_t word = name.first; word <= name.last; ++word) {
    bool const person_or_greeting = view.has_any(word, {Trait::given_name, Trait::courtesy, Trait::title, Trait::time_word, Trait::subject});
    if (person_or_greeting) return std::nullopt;
  }
  return view.has(name.last, Trait::service_word) ? std::nullopt : std::optional{name};
}

}  // namespace

void CompanyName::add(TokenView view) {
  Name name;
  bool first_common = false;
  for (std::size_t at = 0; at < view.size(); ++at) {
    if (view.is(at, "and"_w)) continue;
    std::string const word = spelling(view, at);
    bool const legal_form = at > 0 && view.is_any(at, {"ltd"_w, "limited"_w, "inc"_w, "plc"_w, "llc"_w, "gmbh"_w, "corp"_w, "co"_w});
    if (legal_form) continue;
    bool const kind_first = names_organisation(view, at) && at + 1 < view.size();  // "Hotel Torre Blanca"
    if (name.first.empty() && !article_or_and(view, at) && !kind_first) {
      name.first = word;
      first_common = is_common(view, at) || word.size() < 3;
    }
    if (!article_or_and(view, at) || !name.whole.empty()) name.whole += word;
  }
  if (name.whole.empty()) return;
  name.first_suffices = !first_common || name.first == name.whole;
  names_.push_back(std::move(name));
}

std::optional<std::uint32_t> CompanyName::named_at(TokenView view, std::size_t at) const {
  if (at >= view.size() || article_or_and(view, at)) return std::nullopt;
  std::string said;
  for (std::size_t last = at; last < std::min(view.size(), at + joined_words_max); ++last) {
    if (view.tokens()[last].sentence != view.tokens()[at].sentence) break;
    if (view.is(last, "and"_w)) continue;
    said += spelling(view, last);
    for (Name const& name : names_) {
      if (heard_as(said, name.whole)) return static_cast<std::uint32_t>(last);
      bool const first = heard_as(said, name.first);
      if (first && name.first_suffices) return static_cast<std::uint32_t>(last);
      bool const inside = at > 0 && view.tokens()[at].sentence == view.tokens()[at - 1].sentence;
      if (first && inside && view.capitalised(at)) return static_cast<std::uint32_t>(last);
      // the first two words of a longer name
      bool const begins = last > at && said.size() > name.first.size() + 2 && name.whole.starts_with(said);
      if (begins) return static_cast<std::uint32_t>(last);
    }
  }
  return std::nullopt;
}

std::optional<SpokenName> unknown_company(TokenView view, bool introducing) {
  for (std::size_t at = 0; at < view.size(); ++at) {
    if (auto const lead = leads().match(view.tokens(), at, view.size())) {
      std::size_t first = at + lead.length;
      if (view.is(first, "the"_w)) ++first;
      bool const person = view.has(first, Trait::given_name) && !names_organisation(view, first + 1);
      if (may_begin(view, first) && !person) return run_from(view, first);
    }
  }
  if (!introducing) return std::nullopt;
  if (auto const own = own_name(view, true)) {
    if (auto const name = after_own_name(view, *own)) return name;
  }
  for (std::size_t at = 0; at < view.size(); ++at) {
    bool const begins = at == 0 || view.pause_before(at) || view.tokens()[at].sentence != view.tokens()[at - 1].sentence;
    if (!begins) continue;
    if (auto const name = alone_in_clause(view, at)) return name;
  }
  // "this is harper valley national bank", "halden energy kev speaking": a company's word soon after
  // the start, with a name before it.
  std::size_t const reach = std::min<std::size_t>(view.size(), 12);
  for (std::size_t at = 1; at < reach; ++at) {
    if (!names_organisation(view, at) || view.tokens()[at].sentence != view.tokens()[at - 1].sentence || view.pause_before(at)) continue;
    std::size_t first = at;
    while (first > 0 && may_begin(view, first - 1) && !view.pause_before(first) &&
           view.tokens()[first - 1].sentence == view.tokens()[at].sentence) {
      --first;
    }
    bool const led_in = first == 0 || view.pause_before(first) || view.has_any(first - 1, {Trait::be_form, Trait::courtesy, Trait::filler});
    if (first < at && led_in && !view.has(first, Trait::given_name)) return SpokenName{static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(at)};
  }
  return std::nullopt;
}

}  // namespace rapport::signals::detectors

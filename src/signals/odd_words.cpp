#include <algorithm>
#include <array>

#include "signals/characters.hpp"
#include "signals/scanner.hpp"
#include "signals/unicode.hpp"

/// The tokeniser's less common cases: letters beyond ASCII, apostrophes, numbers, dotted letters,
/// noise marks.
namespace rapport::signals {
namespace {

constexpr std::size_t noise_mark_bytes_max = 32;
constexpr std::size_t clitic_bytes_max = 6;

constexpr auto letter_units = std::to_array<std::string_view>(
    {"am", "cm", "day", "days", "ft", "gb", "hour", "hours", "hr", "hrs", "kg", "km", "kwh", "lb", "lbs", "mb",
     "mbps", "min", "mins", "minute", "minutes", "mm", "month", "months", "p", "pm", "pounds", "sec", "secs",
     "week", "weeks", "x", "year", "years", "yrs"});

struct Clitic {
  std::string_view ending;
  std::string_view word;
};
constexpr auto clitics = std::to_array<Clitic>({{"n't", "not"}, {"'m", "am"}, {"'re", "are"}, {"'ve", "have"}, {"'ll", "will"}, {"'d", "would"}, {"'s", ""}});

bool letter_follows(std::string_view rest) {
  if (rest.empty()) return false;
  if (kind_of(rest.front()) == CharKind::beyond_ascii) return unicode::glyph_at(rest).kind == unicode::Kind::letter;
  return is_letter(rest.front());
}

}  // namespace

void Scanner::beyond_ascii() {
  unicode::Glyph const glyph = unicode::glyph_at(rest(at_));
  switch (glyph.kind) {
    case unicode::Kind::letter:
      odd_word(at_);
      return;
    case unicode::Kind::apostrophe:
      leading_apostrophe(glyph.length);
      return;
    case unicode::Kind::sentence_end:
      end_sentence(true, false);
      break;
    case unicode::Kind::question_mark:
      end_sentence(true, true);
      break;
    case unicode::Kind::separator:
      break;
  }
  at_ += glyph.length;
}

/// Reads letters and digits of any script, and apostrophes between letters, from `begin` on.
void Scanner::odd_word(char const* begin) {
  spelling_.clear();
  at_ = begin;
  bool apostrophes = false;
  while (at_ < end_) {
    unicode::Glyph glyph{static_cast<unsigned char>(*at_), 1, unicode::Kind::separator};
    CharKind const kind = kind_of(*at_);
    if (kind == CharKind::beyond_ascii) glyph = unicode::glyph_at(rest(at_));
    if (kind == CharKind::apostrophe || glyph.kind == unicode::Kind::apostrophe) {
      if (!letter_follows(rest(at_ + glyph.length))) break;
      apostrophes = true;
      spelling_ += '\'';
    } else if (kind == CharKind::letter || kind == CharKind::digit) {
      spelling_ += lower_ascii(*at_);
    } else if (glyph.kind == unicode::Kind::letter) {
      unicode::append_lower(glyph.code, spelling_);
    } else {
      break;
    }
    at_ += glyph.length;
  }
  if (is_alnum(peek(1)) && address(begin)) return;
  if (apostrophes) {
    emit_contraction(spelling_, begin, at_);
  } else {
    emit_spelling(spelling_, begin, at_);
  }
}

/// Spells out what the table does not list: any word with n't, 'm, 're, 've, 'll or 'd. A
/// possessive loses its 's, names in O' stay one word, other words fall into their parts.
void Scanner::emit_contraction(std::string_view spelling, char const* begin, char const* end) {
  std::size_t const apostrophe = spelling.rfind('\'');
  if (apostrophe == std::string_view::npos) return emit_spelling(spelling, begin, end);
  if (WordTable::Entry const* const entry = table_.find(word_hash(spelling))) return emit_entry(*entry, begin, end);
  for (Clitic const& clitic : clitics) {
    if (!spelling.ends_with(clitic.ending) || spelling.size() == clitic.ending.size()) continue;
    emit_contraction(spelling.substr(0, spelling.size() - clitic.ending.size()), begin, end);
    if (!clitic.word.empty()) emit_spelling(clitic.word, begin, end);
    return;
  }
  if (spelling.substr(0, apostrophe) == "o") {
    return emit_spelling("o" + std::string{spelling.substr(apostrophe + 1)}, begin, end);
  }
  emit_contraction(spelling.substr(0, apostrophe), begin, end);
  emit_spelling(spelling.substr(apostrophe + 1), begin, end);
}

/// A clitic that stands alone ("i 'm", "tell 'em") or an opening quotation mark.
void Scanner::leading_apostrophe(std::size_t length) {
  char const* const begin = at_;
  at_ += length;
  std::string spelling{"'"};
  char const* end = at_;
  while (end < end_ && is_letter(*end) && spelling.size() < clitic_bytes_max) spelling += lower_ascii(*end++);
  bool const whole = end == end_ || kind_of(*end) < CharKind::letter || kind_of(*end) == CharKind::dot;
  WordTable::Entry const* const entry = whole && spelling.size() > 1 ? table_.find(word_hash(spelling)) : nullptr;
  if (entry == nullptr) return;
  emit_entry(*entry, begin, end);
  at_ = end;
}

void Scanner::number() {
  char const* const begin = at_;
  spelling_.clear();
  std::size_t group = 0;  // digits since the last comma
  bool plain = true;      // digits and thousands' commas only
  for (;;) {
    while (is_digit(peek(0))) {
      spelling_ += *at_++;
      ++group;
    }
    char const mark = peek(0);
    bool const thousands = mark == ',' && plain && group <= 3 && is_digit(peek(1)) && is_digit(peek(2)) &&
                           is_digit(peek(3)) && !is_digit(peek(4));
    bool const inside = (mark == '.' || mark == ':' || mark == '/') && is_digit(peek(1));
    if (!thousands && !inside) break;
    if (inside) {
      spelling_ += mark;
      plain = false;
    }
    group = 0;
    ++at_;
  }
  bool const joined = (kind_of(peek(0)) == CharKind::joiner || peek(0) == '.') && is_alnum(peek(1));
  if (joined && address(begin)) return;
  if (at_ < end_ && letter_follows(rest(at_)) && !unit_follows()) return odd_word(begin);
  std::uint64_t const hash = word_hash(spelling_);
  WordTable::Entry const* const entry = table_.find(hash);
  WordId const known = entry != nullptr ? entry->word : learn_ != nullptr ? learn_->intern(spelling_)
                                                                          : WordTable::number_word;
  push(known, hash, begin, at_);
}

bool Scanner::unit_follows() const {
  std::string letters;
  char const* end = at_;
  while (end < end_ && is_letter(*end) && letters.size() < clitic_bytes_max + 2) letters += lower_ascii(*end++);
  bool const whole = end == end_ || (kind_of(*end) != CharKind::digit && kind_of(*end) != CharKind::beyond_ascii && !is_letter(*end));
  return whole && std::ranges::binary_search(letter_units, letters);
}

/// "e.g.", "U.S.": single letters with full stops, at least two, are one word. The caller stands
/// after the first letter.
bool Scanner::dotted_letters(char const* begin) {
  if (at_ != begin + 1 || *at_ != '.') return false;
  std::string spelling{lower_ascii(*begin)};
  char const* end = at_;
  while (end + 1 < end_ && *end == '.' && is_letter(end[1]) && (end + 2 == end_ || !is_alnum(end[2]))) {
    spelling += lower_ascii(end[1]);
    end += 2;
  }
  if (spelling.size() < 2) return false;
  if (end < end_ && *end == '.') ++end;
  at_ = end;
  emit_spelling(spelling, begin, end);
  return true;
}

/// "e-mail", "x-ray": a single letter and its hyphen belong to the word; not "I-can't", which is a
/// stammer. The caller stands after the letter.
bool Scanner::hyphened_letter(char const* begin) {
  char const letter = lower_ascii(*begin);
  bool const joins = at_ == begin + 1 && *at_ == '-' && is_letter(peek(1)) && is_letter(peek(2));
  if (!joins || letter == 'i' || letter == 'a') return false;
  std::string spelling{letter};
  for (++at_; is_letter(peek(0)); ++at_) spelling += lower_ascii(*at_);
  emit_spelling(spelling, begin, at_);
  return true;
}

/// Skips "[noise]", "<unk>", "[background noise]".
bool Scanner::noise_mark() {
  char const closing = *at_ == '[' ? ']' : '>';
  if (closing == '>' && !is_letter(peek(1)) && peek(1) != '/') return false;
  for (std::size_t index = 1; index < noise_mark_bytes_max; ++index) {
    char const c = peek(index);
    if (c == closing) {
      at_ += index + 1;
      return true;
    }
    if (!is_letter(c) && c != ' ' && c != '_' && c != '-' && c != '/') return false;
  }
  return false;
}

}  // namespace rapport::signals

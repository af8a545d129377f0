#include "timeline/speech_text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace rapport::timeline {
namespace {

constexpr std::size_t noise_mark_bytes_max = 32;
constexpr std::size_t backchannel_words_max = 6;
constexpr std::size_t word_bytes_max = 24;  // longer words are in none of the lists below

constexpr bool is_ascii_alnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// What a byte is by itself; `other` asks for a look at what follows.
enum class ByteKind : std::uint8_t { separator,
                                     letter,
                                     other };

constexpr auto byte_kinds = [] {
  std::array<ByteKind, 256> kinds{};
  for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
    auto const c = static_cast<char>(byte);
    bool const plain = byte < 0x80 && c != '\'' && c != '[' && c != '<';
    kinds[byte] = !plain ? ByteKind::other : is_ascii_alnum(c) ? ByteKind::letter
                                                               : ByteKind::separator;
  }
  return kinds;
}();

/// Length of a noise mark ("[noise]", "<unk>") at the start of the text, or 0.
std::size_t noise_mark_length(std::string_view text) {
  char const closing = text.front() == '[' ? ']' : '>';
  if (text.front() != '[' && text.front() != '<') return 0;
  for (std::size_t index = 1; index < std::min(text.size(), noise_mark_bytes_max); ++index) {
    char const c = text[index];
    if (c == closing) return index + 1;
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' || c == '_' || c == '-' || c == '/';
    if (!plain) return 0;
  }
  return 0;
}

/// Eight bytes of a text, asked about together; bit 7 of each byte of a mask answers for one.
class EightBytes {
 public:
  static constexpr std::size_t size = 8;

  EightBytes(std::string_view text, std::size_t at) : there_(text.size() - at >= size) {
    if (there_) std::memcpy(&bytes_, text.data() + at, size);
  }

  /// They are there, and all of them separators or letters by themselves.
  bool plain() const {
    std::uint64_t const others = bytes_ | equal('\'') | equal('[') | equal('<');
    return there_ && (others & every(0x80)) == 0;
  }
  /// REQUIRES: plain. Words that begin here, where `in_word` tells of the byte before.
  std::int64_t words_begun(bool in_word) const {
    std::uint64_t const all = letters();
    std::uint64_t const before = std::endian::native == std::endian::little ? all << 8 | (in_word ? 0x80U : 0U)
                                                                            : all >> 8 | (in_word ? 0x80ULL << 56 : 0U);
    return static_cast<std::int64_t>(((all & ~before) >> 7) * every(1) >> 56);
  }
  bool ends_in_word() const {
    return (letters() & (std::endian::native == std::endian::little ? 0x80ULL << 56 : 0x80U)) != 0;
  }

 private:
  static constexpr std::uint64_t every(std::uint64_t byte) { return byte * 0x0101010101010101ULL; }
  /// REQUIRES for this and the next: no byte beyond ASCII (its answer is of no use then).
  std::uint64_t equal(char c) const {
    return ~((bytes_ ^ every(static_cast<unsigned char>(c))) + every(0x7F));
  }
  static std::uint64_t between(std::uint64_t bytes, unsigned low, unsigned high) {
    return (bytes + every(0x80 - low)) & ~(bytes + every(0x7F - high));
  }
  std::uint64_t letters() const {
    return (between(bytes_ | every(0x20), 'a', 'z') | between(bytes_, '0', '9')) & every(0x80);
  }

  bool there_;
  std::uint64_t bytes_ = 0;
};

struct Glyph {
  std::size_t length = 1;
  bool letter = false;
  bool apostrophe = false;
};

/// The character at the start of the text. Letters are ASCII letters and digits and everything
/// beyond ASCII but general punctuation, symbols and emoji.
Glyph glyph_at(std::string_view text) {
  auto const byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
  };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {1, is_ascii_alnum(text.front()), text.front() == '\''};
  if (lead < 0xE0) return {2, !(lead == 0xC2 && byte(1) < 0xC0), false};  // U+0080 to U+00BF are signs
  if (lead < 0xF0) {
    if (lead == 0xE2 && byte(1) == 0x80 && byte(2) == 0x99) return {3, false, true};  // ’
    bool const sign = (lead == 0xE2 && byte(1) < 0xB0) || (lead == 0xE3 && byte(1) == 0x80) ||
                      (lead == 0xEF && byte(1) == 0xB8);
    return {3, !sign, false};
  }
  return {4, lead == 0xF0 && byte(1) >= 0xA0, false};  // beyond the emoji: ideographs
}

/// A cursor over the words of a text, lower-cased (ASCII), apostrophes dropped.
class WordCursor {
 public:
  explicit WordCursor(std::string_view text) : rest_(text) {}

  bool next() {
    size_ = 0;
    bool in_word = false;
    while (!rest_.empty()) {
      if (!in_word) {
        if (std::size_t const mark = noise_mark_length(rest_); mark > 0) {
          rest_.remove_prefix(mark);
          continue;
        }
      }
      Glyph const glyph = glyph_at(rest_);
      std::size_t const length = std::min(glyph.length, rest_.size());
      if (!glyph.letter && !(in_word && glyph.apostrophe)) {
        if (in_word) return true;
      } else {
        in_word = true;
        if (!glyph.apostrophe) append(rest_.substr(0, length));
      }
      rest_.remove_prefix(length);
    }
    return in_word;
  }

  /// The word, cut at word_bytes_max.
  std::string_view word() const { return {word_.data(), size_}; }

 private:
  void append(std::string_view bytes) {
    for (char const c : bytes) {
      if (size_ == word_.size()) return;
      word_[size_++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
  }

  std::string_view rest_;
  std::array<char, word_bytes_max> word_{};
  std::size_t size_ = 0;
};

using WordList = std::span<std::string_view const>;

bool holds(WordList words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

// Single words, and pairs written as one entry "i see".
constexpr auto english = std::to_array<std::string_view>({"ah", "aha", "alright", "all right", "got it", "gotcha", "hm", "hmm", "hmmm",
                                                          "huh", "i see", "mhm", "mhmm", "mm", "mmhm", "mmhmm", "mmm", "oh", "ok", "okay", "k", "right",
                                                          "sure", "uh", "uhhuh", "uhuh", "um", "yeah", "yep", "yes", "yup"});
constexpr auto german = std::to_array<std::string_view>({"ach", "ach so", "achso", "aha", "genau", "hm", "hmm", "ja", "jo", "mhm", "mm", "ok", "okay", "richtig", "verstehe"});
constexpr auto french = std::to_array<std::string_view>({"ah", "bien", "bien sûr", "daccord", "exact", "hm", "hmm", "je vois", "mhm", "mm", "ok", "okay", "ouais", "oui", "voilà"});
constexpr auto spanish = std::to_array<std::string_view>({"ah", "ajá", "aja", "claro", "hm", "mhm", "mm", "ok", "okay", "si", "sí", "vale", "ya", "ya veo"});

bool is_language(std::string_view language, std::string_view code) {
  return language.starts_with(code) && (language.size() == code.size() || language[code.size()] == '-' || language[code.size()] == '_');
}

WordList list_for(std::string_view language) {
  if (is_language(language, "en")) return english;
  if (is_language(language, "de")) return german;
  if (is_language(language, "fr")) return french;
  if (is_language(language, "es")) return spanish;
  return {};
}

constexpr auto fillers = std::to_array<std::string_view>({"and", "okay", "ok", "so", "alright", "um", "uh", "well", "then", "great", "now"});
constexpr auto question_words = std::to_array<std::string_view>({"what", "whats", "how", "which", "who", "where", "when", "why"});
constexpr auto auxiliaries = std::to_array<std::string_view>({"can", "could", "would", "will", "do", "did", "does", "is", "are", "have", "may", "shall", "should"});
constexpr auto subjects = std::to_array<std::string_view>({"i", "you", "we", "it", "that", "there", "this", "your", "they", "he", "she"});

/// The text, without any punctuation, is built as an English question: a question word at its
/// start, an auxiliary before its subject, or "anything else", "right", "correct" at its end.
bool built_as_question(std::string_view text) {
  WordCursor cursor{text};
  std::string before;
  bool at_start = true;
  bool tagged = false;
  while (cursor.next()) {
    std::string_view const word = cursor.word();
    if (at_start && holds(question_words, word)) return true;
    if (holds(auxiliaries, before) && holds(subjects, word)) return true;
    if (before == "anything" && word == "else") return true;
    tagged = !at_start && (word == "right" || word == "correct");  // "that was ten, right"
    if (!holds(fillers, word)) at_start = false;
    before = word;
  }
  return tagged;
}

}  // namespace

/// As many as a WordCursor finds, without reading them: eight bytes at once, where each says by
/// itself whether it is a letter.
std::int64_t count_words(std::string_view text) {
  std::int64_t count = 0;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    if (EightBytes const eight{text, at}; eight.plain()) {
      count += eight.words_begun(in_word);
      in_word = eight.ends_in_word();
      at += EightBytes::size;
      continue;
    }
    ByteKind const kind = byte_kinds[static_cast<unsigned char>(text[at])];
    if (kind <= ByteKind::letter) {
      bool const letter = kind == ByteKind::letter;
      count += static_cast<std::int64_t>(letter && !in_word);
      in_word = letter;
      ++at;
      continue;
    }
    Glyph const glyph = glyph_at(text.substr(at));
    bool const inside = glyph.letter || (in_word && glyph.apostrophe);
    if (inside && !in_word) ++count;
    in_word = inside;
    at += inside ? glyph.length : std::max(glyph.length, noise_mark_length(text.substr(at)));
  }
  return count;
}

bool has_words(std::string_view text) { return WordCursor{text}.next(); }

bool is_backchannel(std::string_view text, std::string_view language) {
  WordList const list = list_for(language);
  if (list.empty()) return false;
  WordCursor cursor{text};
  std::string pending;  // a word that may begin a pair of the list
  std::size_t count = 0;
  while (cursor.next()) {
    if (++count > backchannel_words_max) return false;
    std::string const word{cursor.word()};
    if (!pending.empty()) {
      bool const paired = holds(list, pending + ' ' + word);
      if (!paired && !holds(list, pending)) return false;
      pending = paired ? std::string{} : word;
    } else {
      pending = word;
    }
  }
  return count > 0 && (pending.empty() || holds(list, pending));
}

bool ends_in_question(std::string_view text, std::string_view language) {
  auto const last = text.find_last_not_of(" \t\r\n\"')");
  if (last == std::string_view::npos) return false;
  if (text[last] == '?' || text.substr(0, last + 1).ends_with("？") || text.substr(0, last + 1).ends_with("؟")) return true;
  bool const punctuated = text.find_first_of(".!?;") != std::string_view::npos;
  return !punctuated && is_language(language, "en") && built_as_question(text);
}

}  // namespace rapport::timeline

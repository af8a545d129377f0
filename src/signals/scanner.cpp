#include "signals/scanner.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "base/assert.hpp"
#include "signals/builtin_words.hpp"
#include "signals/characters.hpp"
#include "signals/questions.hpp"

namespace rapport::signals {
namespace {

constexpr std::size_t sentences_max = 65'536;  // Token::sentence has 16 bits
constexpr std::size_t plain_word_max = 64;     // longer ones are spelt into a string

constexpr std::uint64_t every(std::uint64_t byte) { return byte * 0x0101010101010101ULL; }

/// The next eight bytes, the first in the lowest place; zero beyond the end.
std::uint64_t load(char const* at, char const* end) {
  std::uint64_t chunk = 0;
  auto const left = static_cast<std::size_t>(end - at);
  if (left >= 8) {
    std::memcpy(&chunk, at, 8);
    if constexpr (std::endian::native == std::endian::big) {
      chunk = __builtin_bswap64(chunk);
    }
  } else {
    for (std::size_t index = 0; index < left; ++index) {
      chunk |= std::uint64_t{static_cast<unsigned char>(at[index])} << 8U * index;
    }
  }
  return chunk;
}

/// The top bit of every byte that is no ASCII letter. Adding moves a letter's range to the top bit;
/// bytes beyond ASCII are taken out first, so that no sum carries into its neighbour.
constexpr std::uint64_t non_letters(std::uint64_t chunk) {
  std::uint64_t const low = (chunk | every(0x20)) & every(0x7F);
  std::uint64_t const from_a = low + every(0x80 - 'a');
  std::uint64_t const past_z = low + every(0x80 - 'z' - 1);
  return (~from_a | past_z | chunk) & every(0x80);
}

}  // namespace

Scanner::Scanner(std::string_view text, Words& words, WordTable const& table, WordTable* learn)
    : begin_(text.data()), end_(text.data() + text.size()), at_(begin_), words_(words), table_(table), learn_(learn) {
  words.text = text;
  words.tokens.clear();
  words.sentences.clear();
}

void Scanner::run() {
  while (at_ < end_) {
    switch (kind_of(*at_)) {
      case CharKind::letter: word(); break;
      case CharKind::separator:
      case CharKind::joiner: ++at_; break;
      case CharKind::digit: number(); break;
      case CharKind::dot:
      case CharKind::stop: stop(); break;
      case CharKind::apostrophe: leading_apostrophe(1); break;
      case CharKind::beyond_ascii: beyond_ascii(); break;
      case CharKind::opener:
        if (!noise_mark()) ++at_;
        break;
      case CharKind::symbol:
        emit_spelling(*at_ == '%' ? "percent" : "and", at_, at_ + 1);
        ++at_;
        break;
    }
  }
  end_sentence(false, false, true);
}

void Scanner::word() {
  char const* const begin = at_;
  std::uint64_t hash = hashing::seed;
  for (;;) {
    std::uint64_t const chunk = load(at_, end_);
    std::uint64_t const others = non_letters(chunk);
    if (others == 0) {
      hash = hashing::mix(hash, chunk | every(0x20));
      at_ += 8;
      continue;
    }
    auto const bits = static_cast<unsigned>(std::countr_zero(others)) - 7;  // 8 × letters
    if (bits > 0) hash = hashing::mix(hash, (chunk | every(0x20)) & ((std::uint64_t{1} << bits) - 1));
    at_ += bits / 8;
    break;
  }
  if (at_ == end_ || kind_of(*at_) < CharKind::letter) {
    emit(hash, begin, at_);
  } else {
    after_word(begin, hash);
  }
}

void Scanner::after_word(char const* begin, std::uint64_t hash) {
  CharKind const next = kind_of(*at_);
  if (next == CharKind::digit || next == CharKind::apostrophe || next == CharKind::beyond_ascii) {
    odd_word(begin);
    return;
  }
  bool const goes_on = is_alnum(peek(1)) || (peek(1) == '/' && peek(2) == '/');
  if (goes_on && (address(begin) || dotted_letters(begin) || hyphened_letter(begin))) return;
  char const* const end = at_;
  emit(hash, begin, end);
  if (next == CharKind::dot && table_.has(words_.tokens.back().word, WordFlag::abbreviation)) ++at_;
}

void Scanner::stop() {
  bool const line_end = *at_ == '\n' || *at_ == '\r' || *at_ == ';';
  end_sentence(!line_end, *at_ == '?');
  ++at_;
}

void Scanner::end_sentence(bool punctuated, bool asks, bool last) {
  auto const count = static_cast<std::uint32_t>(words_.tokens.size());
  if (count == sentence_first_) {  // a run of marks, "?!"
    if (asks && !words_.sentences.empty()) words_.sentences.back().asks = true;
    return;
  }
  if (!last && words_.sentences.size() + 1 == sentences_max) return;
  Sentence sentence{sentence_first_, count - sentence_first_, asks};
  if (!punctuated) {
    sentence.asks = built_as_question({words_.tokens.data() + sentence_first_, sentence.token_count}, table_);
  }
  words_.sentences.push_back(sentence);
  sentence_first_ = count;
}

void Scanner::emit(std::uint64_t hash, char const* begin, char const* end) {
  WordTable::Entry const* const entry = table_.find(hash);
  if (entry != nullptr && entry->rewrite == 0) {
    push(entry->word, hash, begin, end);
  } else if (entry != nullptr) {
    emit_entry(*entry, begin, end);
  } else {
    emit_unknown(hash, begin, end);
  }
}

void Scanner::emit_entry(WordTable::Entry const& entry, char const* begin, char const* end) {
  if (entry.rewrite == 0) {
    push(entry.word, entry.hash, begin, end);
    return;
  }
  WordTable::Rewrite const& rewrite = table_.rewrite(entry);
  for (std::size_t index = 0; index < rewrite.count; ++index) {
    push(rewrite.words[index], table_.hash_of(rewrite.words[index]), begin, end);
  }
}

void Scanner::emit_unknown(std::uint64_t hash, char const* begin, char const* end) {
  auto const size = static_cast<std::size_t>(end - begin);
  bool const special = learn_ != nullptr || size > plain_word_max ||
                       std::memchr(begin, 'z', size) != nullptr || std::memchr(begin, 'Z', size) != nullptr;
  std::array<char, plain_word_max> lower;
  if (special) {
    std::string spelling{begin, end};
    std::ranges::transform(spelling, spelling.begin(), lower_ascii);
    emit_spelling(spelling, begin, end);
    return;
  }
  std::transform(begin, end, lower.begin(), lower_ascii);
  push(table_.find_stem({lower.data(), size}), hash, begin, end);
}

void Scanner::emit_spelling(std::string_view spelling, char const* begin, char const* end) {
  std::uint64_t hash = word_hash(spelling);
  if (WordTable::Entry const* const entry = table_.find(hash)) {
    emit_entry(*entry, begin, end);
    return;
  }
  std::string respelt;
  if (spelling.find('z') != std::string_view::npos) {
    respelt = spelling;
    if (respell_ize(respelt)) {
      emit_spelling(respelt, begin, end);
      return;
    }
  }
  WordId const word = learn_ != nullptr ? learn_->intern(spelling) : table_.find_stem(spelling);
  push(word, hash, begin, end);
}

void Scanner::push(WordId word, std::uint64_t hash, char const* begin, char const* end) {
  words_.tokens.push_back({word, hash, static_cast<std::uint32_t>(begin - begin_),
                           static_cast<std::uint32_t>(end - begin_),
                           static_cast<std::uint16_t>(words_.sentences.size())});
}

}  // namespace rapport::signals

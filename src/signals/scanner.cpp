#include "signals/scanner.hpp"

#include <algorithm>
#include <bit>

#include "base/assert.hpp"
#include "signals/builtin_words.hpp"
#include "signals/characters.hpp"
#include "signals/questions.hpp"

namespace rapport::signals {
namespace {

constexpr std::size_t sentences_max = 65'536;  // Token::sentence has 16 bits

constexpr std::uint64_t every(std::uint64_t byte) { return byte * 0x0101010101010101ULL; }

/// The top bit of every byte that is no ASCII letter. Adding moves a letter's range to the top bit;
/// bytes beyond ASCII are taken out first, so that no sum carries into its neighbour.
constexpr std::uint64_t non_letters(std::uint64_t chunk) {
  std::uint64_t const low = (chunk | every(0x20)) & every(0x7F);
  std::uint64_t const from_a = low + every(0x80 - 'a');
  std::uint64_t const past_z = low + every(0x80 - 'z' - 1);
  return (~from_a | past_z | chunk) & every(0x80);
}

/// Bytes before the first whose top bit is set.
std::size_t letters_before(std::uint64_t others) { return static_cast<std::size_t>(std::countr_zero(others)) / 8; }

constexpr bool has_z(std::uint64_t lower) {
  std::uint64_t const difference = lower ^ every('z');
  return ((difference - every(0x01)) & ~difference & every(0x80)) != 0;
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
      case CharKind::letter:
        plain_words();
        break;
      case CharKind::separator:
      case CharKind::joiner:
        ++at_;
        break;
      case CharKind::digit:
        number();
        break;
      case CharKind::dot:
      case CharKind::stop:
        stop();
        break;
      case CharKind::apostrophe:
        leading_apostrophe(1);
        break;
      case CharKind::beyond_ascii:
        beyond_ascii();
        break;
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

/// Reads words that single spaces divide, until something else comes.
void Scanner::plain_words() {
  char const* at = at_;
  do {
    char const* const begin = at;
    std::uint64_t hash = hashing::seed;
    std::uint64_t others = 0;
    while (others == 0) {
      std::uint64_t const chunk = hashing::chunk_at(at, end_);
      others = non_letters(chunk);
      std::size_t const letters = letters_before(others);
      if (letters > 0) hash = hashing::mix(hash, hashing::first_bytes(chunk | every(0x20), letters));
      at += letters;
    }
    if (at != end_ && kind_of(*at) >= CharKind::letter) {
      at_ = at;
      after_word(begin, hash);
      return;
    }
    emit(hash, begin, at);
  } while (end_ - at > 1 && *at == ' ' && is_letter(*++at));
  at_ = at;
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
  ++sentence_;
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

/// A word of ASCII letters that is not in the table: it may begin with a stem, end in "-ize", or
/// be there to learn.
void Scanner::emit_unknown(std::uint64_t hash, char const* begin, char const* end) {
  auto const size = static_cast<std::size_t>(end - begin);
  std::uint64_t const chunk = size <= 8 ? hashing::first_bytes(hashing::chunk_at(begin, end_) | every(0x20), size) : 0;
  if (learn_ == nullptr && size <= 8 && !has_z(chunk)) {
    push(table_.find_stem(chunk, size), hash, begin, end);
    return;
  }
  spelling_.assign(begin, end);
  std::ranges::transform(spelling_, spelling_.begin(), lower_ascii);
  emit_spelling(spelling_, begin, end);
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
  words_.tokens.push_back({hash, word, static_cast<std::uint32_t>(begin - begin_),
                           static_cast<std::uint32_t>(end - begin_), sentence_});
}

}  // namespace rapport::signals

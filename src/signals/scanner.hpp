#pragma once

#include <string>
#include <string_view>

#include "signals/word_table.hpp"
#include "signals/words.hpp"

namespace rapport::signals {

/// The tokeniser's work on one text; for tokeniser.cpp only. The common case, a word of ASCII
/// letters with a space after it, is read eight bytes at a time (scanner.cpp); all else is in
/// odd_words.cpp and addresses.cpp.
class Scanner {
 public:
  /// `learn` is the table itself where new words are to be taken in, else null.
  Scanner(std::string_view text, Words& words, WordTable const& table, WordTable* learn);

  void run();

 private:
  // scanner.cpp
  void plain_words();
  void after_word(char const* begin, std::uint64_t hash);
  void stop();
  void end_sentence(bool punctuated, bool asks, bool last = false);
  void emit(std::uint64_t hash, char const* begin, char const* end);
  void emit_unknown(std::uint64_t hash, char const* begin, char const* end);
  void emit_entry(WordTable::Entry const& entry, char const* begin, char const* end);
  void emit_spelling(std::string_view spelling, char const* begin, char const* end);
  void push(WordId word, std::uint64_t hash, char const* begin, char const* end);

  // odd_words.cpp
  void beyond_ascii();
  void odd_word(char const* begin);
  void emit_contraction(std::string_view spelling, char const* begin, char const* end);
  void number();
  bool unit_follows() const;
  void leading_apostrophe(std::size_t length);
  bool dotted_letters(char const* begin);
  bool hyphened_letter(char const* begin);
  bool noise_mark();

  // addresses.cpp
  bool address(char const* begin);
  void emit_address(char const* begin, char const* end);

  std::string_view rest(char const* from) const { return {from, static_cast<std::size_t>(end_ - from)}; }
  char peek(std::size_t ahead) const {
    return static_cast<std::size_t>(end_ - at_) > ahead ? at_[ahead] : '\0';
  }

  char const* const begin_;
  char const* const end_;
  char const* at_;
  Words& words_;
  WordTable const& table_;
  WordTable* const learn_;
  std::uint32_t sentence_first_ = 0;  ///< its first token
  std::uint16_t sentence_ = 0;        ///< its index
  std::string spelling_;              ///< of the odd word at hand
};

}  // namespace rapport::signals

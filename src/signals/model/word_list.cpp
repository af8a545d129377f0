#include "signals/model/word_list.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/assert.hpp"
#include "signals/characters.hpp"
#include "signals/detectors/stems.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {
namespace {

/// Numbers of a shape are one word: a year or an amount says little, that it was one says much.
std::uint64_t number_shape(std::string_view spelling) {
  std::size_t const digits = static_cast<std::size_t>(std::ranges::count_if(spelling, is_digit));
  if (digits + static_cast<std::size_t>(std::ranges::count(spelling, ',')) < spelling.size()) return word_hash("#marks");
  if (digits <= 2) return word_hash("#12");
  return digits <= 4 ? word_hash("#34") : word_hash("#5up");
}

}  // namespace

void WordList::put(WordCode const& code) {
  RAPPORT_ASSERT(code.word != 0);
  if ((used_ + 1) * 2 > slots_.size()) {
    std::vector<WordCode> const old = std::exchange(slots_, std::vector<WordCode>(slots_.size() * 2));
    for (WordCode const& entry : old) {
      if (entry.word != 0) slots_[slot_of(entry.word)] = entry;
    }
  }
  WordCode& slot = slots_[slot_of(code.word)];
  std::uint32_t const number = slot.word == 0 ? static_cast<std::uint32_t>(used_++) : slot.number;
  slot = code;
  slot.number = number;
}

/// Where the word is, or the free slot where it belongs.
std::size_t WordList::slot_of(std::uint64_t word) const {
  std::size_t const mask = slots_.size() - 1;
  std::size_t slot = word & mask;
  while (slots_[slot].word != 0 && slots_[slot].word != word) slot = (slot + 1) & mask;
  return slot;
}

WordCode const* WordList::find(std::uint64_t word) const {
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t slot = word & mask;; slot = (slot + 1) & mask) {
    if (slots_[slot].word == word) return word == 0 ? nullptr : &slots_[slot];
    if (slots_[slot].word == 0) return nullptr;
  }
}

WordCode WordList::code(Token const& token, std::string_view text) const {
  if (WordCode const* const known = find(token.hash)) return *known;
  return unlisted(token, text);
}

WordCode WordList::unlisted(Token const& token, std::string_view text) const {
  if (begins_with_digit(token, text)) {
    std::uint64_t const shape = number_shape(text.substr(token.begin, token.end - token.begin));
    WordCode const* const known = find(shape);
    return known != nullptr ? *known : WordCode{shape, shape, {}};
  }
  std::string spelling{text.substr(token.begin, token.end - token.begin)};
  std::ranges::transform(spelling, spelling.begin(), lower_ascii);
  // A word that the tokeniser spelt in another way has no spelling of its own in the text.
  if (word_hash(spelling) != token.hash) return {token.hash, token.hash, {}};
  std::uint64_t const stem = detectors::stem_of(spelling);
  WordCode const* const known = find(stem);
  return {token.hash, stem, known != nullptr ? known->groups : std::array<GroupId, 2>{}};
}

void WordList::codes(Words const& words, std::vector<WordCode>& codes) const {
  codes.clear();
  for (Token const& token : words.tokens) __builtin_prefetch(&slots_[token.hash & (slots_.size() - 1)]);
  for (Token const& token : words.tokens) codes.push_back(code(token, words.text));
}

std::vector<WordCode> WordList::sorted() const {
  std::vector<WordCode> all;
  std::ranges::copy_if(slots_, std::back_inserter(all), [](WordCode const& entry) { return entry.word != 0; });
  std::ranges::sort(all, {}, &WordCode::word);
  return all;
}

}  // namespace rapport::signals::model

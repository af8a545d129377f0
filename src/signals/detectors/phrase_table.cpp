#include "signals/detectors/phrase_table.hpp"

#include <algorithm>
#include <bit>

#include "signals/tokeniser.hpp"

namespace rapport::signals::detectors {
namespace {

constexpr std::string_view separators = "|\n";

}  // namespace

PhraseTable::PhraseTable(std::span<List const> lists) {
  for (List const& list : lists) add(list);
  build_index();
}

PhraseTable::PhraseTable(std::string_view phrases) {
  add({0, phrases});
  build_index();
}

void PhraseTable::add(List const& list) {
  static WordTable const builtin;
  Tokeniser const tokeniser{builtin};
  std::string_view left = list.phrases;
  while (!left.empty()) {
    std::size_t const cut = std::min(left.find_first_of(separators), left.size());
    std::string_view const phrase = left.substr(0, cut);
    left.remove_prefix(std::min(cut + 1, left.size()));
    Words words;
    tokeniser.tokenise(phrase, words);
    if (words.tokens.empty()) continue;
    Entry entry{words.tokens.front().hash, words.tokens.size() > 1 ? words.tokens[1].hash : 0, static_cast<std::uint32_t>(rest_.size()),
                static_cast<std::uint32_t>(words.tokens.size() - 1), list.value};
    for (Token const& token : std::span{words.tokens}.subspan(1)) rest_.push_back(token.hash);
    entries_.push_back(entry);
  }
}

void PhraseTable::build_index() {
  std::ranges::stable_sort(entries_, [](Entry const& a, Entry const& b) {
    return a.first != b.first ? a.first < b.first : a.rest_length > b.rest_length;
  });
  index_.assign(std::bit_ceil(entries_.size() * 2 + 2), 0);
  std::size_t const mask = index_.size() - 1;
  for (std::size_t position = 0; position < entries_.size(); ++position) {
    beginnings_[entries_[position].first % beginnings_.size()] = true;
    if (position > 0 && entries_[position].first == entries_[position - 1].first) continue;
    std::size_t slot = entries_[position].first & mask;
    while (index_[slot] != 0) slot = (slot + 1) & mask;
    index_[slot] = static_cast<std::uint32_t>(position) + 1;
  }
}

PhraseTable::Match PhraseTable::match_from(std::span<Token const> tokens, std::size_t at, std::size_t end) const {
  std::uint64_t const hash = tokens[at].hash;
  std::size_t const mask = index_.size() - 1;
  std::size_t slot = hash & mask;
  while (index_[slot] != 0 && entries_[index_[slot] - 1].first != hash) slot = (slot + 1) & mask;
  if (index_[slot] == 0) return {};
  for (std::size_t position = index_[slot] - 1; position < entries_.size(); ++position) {
    Entry const& entry = entries_[position];
    if (entry.first != hash) break;
    if (entry.rest_length >= end - at) continue;
    bool equal = entry.rest_length == 0 || tokens[at + 1].hash == entry.second;
    for (std::uint32_t word = 1; equal && word < entry.rest_length; ++word) {
      equal = tokens[at + 1 + word].hash == rest_[entry.rest_begin + word];
    }
    if (equal) return {entry.rest_length + 1, entry.value};
  }
  return {};
}

std::size_t PhraseTable::find(std::span<Token const> tokens, std::size_t first, std::size_t end) const {
  for (std::size_t at = first; at < end; ++at) {
    if (match(tokens, at, end)) return at;
  }
  return end;
}

}  // namespace rapport::signals::detectors

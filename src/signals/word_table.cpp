#include "signals/word_table.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "signals/builtin_words.hpp"

namespace rapport::signals {
namespace {

constexpr std::size_t first_capacity = 4'096;
constexpr std::size_t first_stem_capacity = 64;
constexpr std::size_t stemmed_bytes_max = 63;  // bits of stem_lengths_
constexpr std::size_t stem_beginning_bytes = 3;
constexpr unsigned beginning_bits = 11;

/// Where a word's first three bytes are noted; several beginnings may share a place.
std::size_t place_of_beginning(std::uint64_t chunk) {
  return hashing::mix(0, hashing::first_bytes(chunk, stem_beginning_bytes)) >> (64 - beginning_bits);
}

/// Calls `visit` with every word of a list written with single spaces.
template <typename Visit>
void for_each_word(std::string_view list, Visit visit) {
  while (!list.empty()) {
    std::size_t const space = list.find(' ');
    visit(list.substr(0, space));
    list = space == std::string_view::npos ? std::string_view{} : list.substr(space + 1);
  }
}

/// The slot of the hash, or the empty one where it belongs.
std::size_t slot_of(std::vector<WordTable::Entry> const& entries, std::uint64_t hash) {
  std::size_t const mask = entries.size() - 1;
  std::size_t slot = hash & mask;
  while (entries[slot].hash != 0 && entries[slot].hash != hash) slot = (slot + 1) & mask;
  return slot;
}

/// Doubles a table before it is half full, so that a search ends soon and always.
void grow_if_needed(std::vector<WordTable::Entry>& entries, std::size_t used) {
  if (used * 2 < entries.size()) return;
  std::vector<WordTable::Entry> larger(entries.size() * 2);
  for (WordTable::Entry const& entry : entries) {
    if (entry.hash != 0) larger[slot_of(larger, entry.hash)] = entry;
  }
  entries = std::move(larger);
}

}  // namespace

WordTable::WordTable()
    : entries_(first_capacity), mask_(first_capacity - 1), rewrites_(1), stems_(first_stem_capacity), stem_lengths_(std::size_t{1} << beginning_bits) {
  spellings_ = {"", "<number>"};
  hashes_ = {0, 0};
  flags_ = {0, static_cast<std::uint16_t>(WordFlag::number)};
  for (FlaggedWords const& list : flagged_words()) add_flag(list.words, list.flag);
  for (Respelling const& respelling : respellings()) add_rewrite(respelling.spelling, respelling.words);
}

WordTable::Entry& WordTable::place(std::uint64_t hash) {
  RAPPORT_ASSERT(hash != 0);
  grow_if_needed(entries_, used_);
  mask_ = entries_.size() - 1;
  Entry& entry = entries_[slot_of(entries_, hash)];
  if (entry.hash == 0) {
    entry.hash = hash;
    ++used_;
  }
  return entry;
}

WordId WordTable::intern(std::string_view normalised) {
  Entry& entry = place(word_hash(normalised));
  RAPPORT_ASSERT(entry.rewrite == 0);  // a spelling that is spelt out is not normalised
  if (entry.word == unknown_word) {
    entry.word = static_cast<WordId>(spellings_.size());
    spellings_.emplace_back(normalised);
    hashes_.push_back(entry.hash);
    flags_.push_back(0);
  }
  return entry.word;
}

WordId WordTable::intern_stem(std::string_view prefix) {
  RAPPORT_ASSERT(!prefix.empty() && prefix.size() <= stemmed_bytes_max);
  grow_if_needed(stems_, stem_count_);
  Entry& entry = stems_[slot_of(stems_, word_hash(prefix))];
  if (entry.hash == 0) {
    entry.hash = word_hash(prefix);
    entry.word = static_cast<WordId>(spellings_.size());
    ++stem_count_;
    bool const is_short = prefix.size() < stem_beginning_bytes;
    std::uint64_t& lengths = is_short ? short_stem_lengths_ : stem_lengths_[place_of_beginning(hashing::chunk_of(prefix))];
    lengths |= std::uint64_t{1} << prefix.size();
    spellings_.emplace_back(std::string{prefix} + '*');
    hashes_.push_back(0);
    flags_.push_back(0);
  }
  return entry.word;
}

WordId WordTable::find_stem(std::string_view normalised) const {
  std::size_t const size = std::min(normalised.size(), stemmed_bytes_max);
  return find_stem(size, hashing::chunk_of(normalised), [&](std::size_t length) { return word_hash(normalised.substr(0, length)); });
}

WordId WordTable::find_stem(std::uint64_t chunk, std::size_t size) const {
  return find_stem(size, chunk, [&](std::size_t length) { return hashing::mix(hashing::seed, hashing::first_bytes(chunk, length)); });
}

/// Looks up the word's prefixes of those lengths that stems with its beginning have, longest first.
template <typename HashOfPrefix>
WordId WordTable::find_stem(std::size_t size, std::uint64_t chunk, HashOfPrefix hash_of_prefix) const {
  std::uint64_t lengths = stem_lengths_[place_of_beginning(chunk)] | short_stem_lengths_;
  lengths &= (std::uint64_t{2} << size) - 1;
  while (lengths != 0) {
    auto const length = static_cast<std::size_t>(63 - std::countl_zero(lengths));
    Entry const& entry = stems_[slot_of(stems_, hash_of_prefix(length))];
    if (entry.hash != 0) return entry.word;
    lengths &= ~(std::uint64_t{1} << length);
  }
  return unknown_word;
}

void WordTable::add_rewrite(std::string_view spelling, std::string_view words) {
  Rewrite rewrite;
  for_each_word(words, [&](std::string_view word) {
    RAPPORT_ASSERT(rewrite.count < rewrite.words.size());
    rewrite.words[rewrite.count++] = intern(word);
  });
  Entry& entry = place(word_hash(spelling));
  RAPPORT_ASSERT(entry.word == unknown_word && entry.rewrite == 0);
  entry.rewrite = static_cast<std::uint32_t>(rewrites_.size());
  rewrites_.push_back(rewrite);
}

void WordTable::add_flag(std::string_view words, WordFlag flag) {
  for_each_word(words, [&](std::string_view word) {
    flags_[intern(word)] |= static_cast<std::uint16_t>(flag);
  });
}

}  // namespace rapport::signals

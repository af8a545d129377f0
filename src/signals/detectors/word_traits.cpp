#include "signals/detectors/word_traits.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/assert.hpp"
#include "signals/detectors/word_lists.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::detectors {
namespace {

/// Hash to traits, by open addressing. Made once, then only read.
class TraitTable {
 public:
  TraitTable() : entries_(capacity) {
    for (TraitList const& list : trait_lists()) add(list);
  }

  Traits find(std::uint64_t hash) const {
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      Entry const& entry = entries_[slot];
      if (entry.hash == hash) return entry.traits;
      if (entry.hash == 0) return {};
    }
  }

 private:
  static constexpr std::size_t capacity = 8'192;
  static constexpr std::size_t mask = capacity - 1;

  struct Entry {
    std::uint64_t hash = 0;
    Traits traits;
  };

  void add(TraitList const& list) {
    for_each_word(list.words, [&](std::string_view word) {
      std::uint64_t const hash = word_hash(word);
      std::size_t slot = hash & mask;
      while (entries_[slot].hash != 0 && entries_[slot].hash != hash) slot = (slot + 1) & mask;
      if (entries_[slot].hash == 0) RAPPORT_ASSERT(++used_ * 2 < capacity);
      entries_[slot].hash = hash;
      entries_[slot].traits.add(list.traits);
    });
  }

  std::vector<Entry> entries_;
  std::size_t used_ = 0;
};

}  // namespace

void traits_of(std::span<Token const> tokens, std::vector<Traits>& traits) {
  static TraitTable const table;
  traits.resize(tokens.size());
  std::ranges::transform(tokens, traits.begin(), [](Token const& token) { return table.find(token.hash); });
}

}  // namespace rapport::signals::detectors

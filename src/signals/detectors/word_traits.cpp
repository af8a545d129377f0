#include "signals/detectors/word_traits.hpp"

#include "base/assert.hpp"
#include "signals/detectors/word_lists.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::detectors {

TraitTable::TraitTable() : entries_(capacity) {
  std::size_t used = 0;
  for (TraitList const& list : trait_lists()) {
    for_each_word(list.words, [&](std::string_view word) {
      std::uint64_t const hash = word_hash(word);
      std::size_t slot = hash & mask;
      while (entries_[slot].hash != 0 && entries_[slot].hash != hash) slot = (slot + 1) & mask;
      if (entries_[slot].hash == 0) RAPPORT_ASSERT(++used * 2 < capacity);
      entries_[slot].hash = hash;
      entries_[slot].traits.add(list.traits);
    });
  }
}

TraitTable const& TraitTable::shared() {
  static TraitTable const table;
  return table;
}

}  // namespace rapport::signals::detectors

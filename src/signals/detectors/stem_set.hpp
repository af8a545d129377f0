#pragma once

#include <bit>
#include <cstddef>
#include <span>
#include <vector>

#include "signals/detectors/stems.hpp"

namespace rapport::signals::detectors {

/// A set of stems, by open addressing. 0, which stands for no content, is never in it. A value.
class StemSet {
 public:
  bool empty() const { return used_ == 0; }
  std::size_t size() const { return used_; }

  bool contains(Stem stem) const {
    if (stem == 0 || slots_.empty()) return false;
    return slots_[slot_of(stem)] == stem;
  }

  void insert(Stem stem) {
    if (stem == 0) return;
    if (used_ * 2 >= slots_.size()) grow();
    Stem& slot = slots_[slot_of(stem)];
    if (slot == stem) return;
    slot = stem;
    ++used_;
  }

  void insert(std::span<Stem const> stems) {
    for (Stem const stem : stems) insert(stem);
  }

  void clear() {
    slots_.clear();
    used_ = 0;
  }

 private:
  /// Where the stem is, or the empty slot where it belongs.
  std::size_t slot_of(Stem stem) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t slot = stem & mask;
    while (slots_[slot] != 0 && slots_[slot] != stem) slot = (slot + 1) & mask;
    return slot;
  }

  void grow() {
    std::vector<Stem> const old = std::move(slots_);
    slots_.assign(old.empty() ? 32 : old.size() * 2, 0);
    for (Stem const stem : old) {
      if (stem != 0) slots_[slot_of(stem)] = stem;
    }
  }

  std::vector<Stem> slots_;   ///< a power of two, at most half full
  std::size_t used_ = 0;
};

}  // namespace rapport::signals::detectors

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace rapport::signals::detectors {

/// A set of hashes (of words, stems), by open addressing. 0, which stands for no content, is never in
/// it. A value.
class HashSet {
 public:
  bool empty() const { return used_ == 0; }
  std::size_t size() const { return used_; }

  bool contains(std::uint64_t hash) const {
    if (hash == 0 || slots_.empty()) return false;
    return slots_[slot_of(hash)] == hash;
  }

  void insert(std::uint64_t hash) {
    if (hash == 0) return;
    if (used_ * 2 >= slots_.size()) grow();
    std::uint64_t& slot = slots_[slot_of(hash)];
    if (slot == hash) return;
    slot = hash;
    ++used_;
  }

  void insert(std::span<std::uint64_t const> hashes) {
    for (std::uint64_t const hash : hashes) insert(hash);
  }

  void clear() {
    slots_.clear();
    used_ = 0;
  }

 private:
  /// Where the hash is, or the empty slot where it belongs.
  std::size_t slot_of(std::uint64_t hash) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0 && slots_[slot] != hash) slot = (slot + 1) & mask;
    return slot;
  }

  void grow() {
    std::vector<std::uint64_t> const old = std::move(slots_);
    slots_.assign(old.empty() ? 32 : old.size() * 2, 0);
    for (std::uint64_t const hash : old) {
      if (hash != 0) slots_[slot_of(hash)] = hash;
    }
  }

  std::vector<std::uint64_t> slots_;  ///< a power of two, at most half full
  std::size_t used_ = 0;
};

}  // namespace rapport::signals::detectors

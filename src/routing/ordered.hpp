#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <vector>

#include "base/assert.hpp"

namespace rapport::routing {

/// A sorted set for queues: keys mostly come at the end and go at the front. Sorted blocks in a row:
/// adding, removing and finding cost a binary search over the blocks and a move within one, with far
/// fewer cache misses than a tree; counting the keys before one adds up the blocks before it.
/// `Key` is a small value with a strict order. One owner.
template <typename Key>
class Ordered {
 public:
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  /// REQUIRES: not empty.
  Key const& front() const { return blocks_.front().keys[blocks_.front().begin]; }

  /// REQUIRES: not in it yet.
  void insert(Key const& key) {
    ++size_;
    if (blocks_.empty()) {
      blocks_.push_back({key, 0, {key}});
      return;
    }
    std::size_t const at = block_of(key);
    if (blocks_[at].keys.size() - blocks_[at].begin >= block_max) {
      split(at);
      return place(blocks_[at + 1].low < key || blocks_[at + 1].low == key ? at + 1 : at, key);
    }
    place(at, key);
  }

  /// REQUIRES: in it.
  void erase(Key const& key) {
    RAPPORT_ASSERT(size_ > 0);
    std::size_t const at = block_of(key);
    Block& block = blocks_[at];
    auto const first = block.keys.begin() + static_cast<std::ptrdiff_t>(block.begin);
    auto const found = *first == key ? first : std::lower_bound(first, block.keys.end(), key);
    RAPPORT_ASSERT(found != block.keys.end() && *found == key);
    if (found == first)
      ++block.begin;
    else
      block.keys.erase(found);
    --size_;
    if (block.begin == block.keys.size()) {
      blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(at));
    } else if (block.begin >= block_max) {  // what is gone is given up, lest a short queue grow for ever
      block.keys.erase(block.keys.begin(), block.keys.begin() + static_cast<std::ptrdiff_t>(block.begin));
      block.begin = 0;
    }
  }

  /// How many keys come before `key`, whether or not it is in the set.
  std::size_t count_before(Key const& key) const {
    if (empty()) return 0;
    std::size_t const at = block_of(key);
    std::size_t count = 0;
    for (std::size_t before = 0; before < at; ++before)
      count += blocks_[before].keys.size() - blocks_[before].begin;
    auto const first = blocks_[at].keys.begin() + static_cast<std::ptrdiff_t>(blocks_[at].begin);
    return count + static_cast<std::size_t>(std::lower_bound(first, blocks_[at].keys.end(), key) - first);
  }

  /// Calls `stop(key)` in order until it returns true; true if it did.
  template <typename Stop>
  bool walk(Stop&& stop) const {
    for (Block const& block : blocks_) {
      for (std::size_t i = block.begin; i < block.keys.size(); ++i) {
        if (stop(block.keys[i])) return true;
      }
    }
    return false;
  }

 private:
  static constexpr std::size_t block_max = 256;
  struct Block {
    Key low;                ///< not above any key of the block, above all keys of the one before
    std::size_t begin = 0;  ///< keys before it are gone: taking the first moves nothing
    std::vector<Key> keys;
  };

  /// The last block whose `low` is not above the key, or the first block.
  std::size_t block_of(Key const& key) const {
    if (!(key < blocks_.back().low)) return blocks_.size() - 1;  // most come at the end
    auto const after = std::upper_bound(blocks_.begin(), blocks_.end(), key,
                                        [](Key const& left, Block const& right) { return left < right.low; });
    return after == blocks_.begin() ? 0 : static_cast<std::size_t>(after - blocks_.begin()) - 1;
  }

  void place(std::size_t at, Key const& key) {
    Block& block = blocks_[at];
    if (key < block.low) block.low = key;
    auto const first = block.keys.begin() + static_cast<std::ptrdiff_t>(block.begin);
    if (block.keys.back() < key) {
      block.keys.push_back(key);
      return;
    }
    auto const where = std::lower_bound(first, block.keys.end(), key);
    if (where == first && block.begin > 0) {
      block.keys[--block.begin] = key;
      return;
    }
    block.keys.insert(where, key);
  }

  /// Halves a full block; the last one is kept whole, for there keys come at the end.
  void split(std::size_t at) {
    bool const last = at + 1 == blocks_.size();
    Block& full = blocks_[at];
    auto const first = full.keys.begin() + static_cast<std::ptrdiff_t>(full.begin);
    auto const keep = static_cast<std::ptrdiff_t>(last ? block_max - 1 : block_max / 2);
    Block rest{*(first + keep), 0, std::vector<Key>(first + keep, full.keys.end())};
    full.keys.erase(first + keep, full.keys.end());
    blocks_.insert(blocks_.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
  }

  std::deque<Block> blocks_;
  std::size_t size_ = 0;
};

}  // namespace rapport::routing

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/assert.hpp"
#include "routing/ids.hpp"

namespace rapport::routing {

/// From id to number: open addressing with linear probing and removal by shifting back, so that a
/// look-up is one cache miss. Never walked, so its order shows nowhere. One owner.
template <typename Id>
class IdTable {
 public:
  IdTable() : cells_(16) {}

  std::size_t size() const { return size_; }

  /// The id's number, or `none`.
  std::uint32_t find(Id id) const {
    for (std::size_t at = home(id);; at = next(at)) {
      if (cells_[at].number == none) return none;
      if (cells_[at].id == id) return cells_[at].number;
    }
  }

  /// REQUIRES: not in it yet.
  void insert(Id id, std::uint32_t number) {
    if ((size_ + 1) * 4 > cells_.size() * 3) grow();
    put({id, number});
    ++size_;
  }

  /// REQUIRES: in it.
  void erase(Id id) {
    std::size_t hole = home(id);
    while (cells_[hole].number == none || cells_[hole].id != id) {
      RAPPORT_ASSERT(cells_[hole].number != none);
      hole = next(hole);
    }
    for (std::size_t at = next(hole); cells_[at].number != none; at = next(at)) {
      // A cell moves into the hole if its home does not lie between the two.
      std::size_t const mask = cells_.size() - 1;
      if (((at - home(cells_[at].id)) & mask) >= ((at - hole) & mask)) {
        cells_[hole] = cells_[at];
        hole = at;
      }
    }
    cells_[hole] = {};
    --size_;
  }

 private:
  struct Cell {
    Id id;
    std::uint32_t number = none;
  };

  std::size_t home(Id id) const {
    // UUIDs of one millisecond differ in few bits: both words are mixed (splitmix64's finaliser).
    std::uint64_t mixed = id.high * 0x9E3779B97F4A7C15ULL ^ id.low;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return (mixed ^ (mixed >> 31U)) & (cells_.size() - 1);
  }
  std::size_t next(std::size_t at) const { return (at + 1) & (cells_.size() - 1); }
  void put(Cell cell) {
    std::size_t at = home(cell.id);
    while (cells_[at].number != none) at = next(at);
    cells_[at] = cell;
  }
  void grow() {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    for (Cell const& cell : old) {
      if (cell.number != none) put(cell);
    }
  }

  std::vector<Cell> cells_;
  std::size_t size_ = 0;
};

}  // namespace rapport::routing

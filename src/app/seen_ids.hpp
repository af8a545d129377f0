#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace rapport::app {

/// The ids met in a run, to refuse a second interaction of the same id. Keeps 128 bits of hash an
/// id (16 bytes, at most half full), so a million ids take about 32 MB; two different ids are taken
/// for one with a probability below 1e-25 then. One thread at a time.
class SeenIds {
 public:
  SeenIds();
  /// True if the id is new; remembers it.
  bool insert(std::string_view id);

 private:
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(Key const&) const = default;
  };

  Key& slot_for(Key const& key);
  void grow();

  std::vector<Key> slots_;  // {0, 0} is free; its size is a power of two
  std::size_t count_ = 0;
};

}  // namespace rapport::app

#include "app/seen_ids.hpp"

#include "base/hash.hpp"

namespace rapport::app {
namespace {

/// The finaliser of MurmurHash3 (Appleby): spreads every input bit over all output bits.
std::uint64_t spread(std::uint64_t bits) {
  bits ^= bits >> 33U;
  bits *= 0xff51afd7ed558ccdULL;
  bits ^= bits >> 33U;
  bits *= 0xc4ceb9fe1a85ec53ULL;
  return bits ^ (bits >> 33U);
}

}  // namespace

SeenIds::SeenIds() : slots_(1'024) {}

bool SeenIds::insert(std::string_view id) {
  // Two independent passes: the second hash starts from the first, over the id with its length.
  std::uint64_t const first = base::fnv1a(id);
  std::uint64_t second = first ^ id.size();
  for (char const c : id) second = spread(second + static_cast<unsigned char>(c));
  Key key{spread(first), second};
  if (key == Key{}) key.low = 1;
  Key& slot = slot_for(key);
  if (slot == key) return false;
  slot = key;
  if (++count_ * 2 > slots_.size()) grow();
  return true;
}

SeenIds::Key& SeenIds::slot_for(Key const& key) {
  std::size_t index = key.low & (slots_.size() - 1);
  while (slots_[index] != Key{} && slots_[index] != key) index = (index + 1) & (slots_.size() - 1);
  return slots_[index];
}

void SeenIds::grow() {
  std::vector<Key> old(slots_.size() * 2);
  old.swap(slots_);
  for (Key const& key : old) {
    if (key != Key{}) slot_for(key) = key;
  }
}

}  // namespace rapport::app

// What the numbers of the floor keep, and their entries of the floor's log: what can be read is written back
// to the same value, and numbers stand on whatever is not refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "centre/numbers_codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace rapport;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (auto const event = centre::decode_numbers_event(text)) {
    auto const again = centre::decode_numbers_event(centre::encode(*event));
    RAPPORT_ASSERT(again && *again == *event);
  }
  if (auto const kept = centre::decode_numbers(text)) {
    auto const again = centre::decode_numbers(centre::encode(*kept));
    RAPPORT_ASSERT(again && *again == *kept);
    centre::Numbers numbers;
    numbers.put_back(*kept);
    numbers.adopt(routing::State{}, centre::Directory{});
  }
  return 0;
}

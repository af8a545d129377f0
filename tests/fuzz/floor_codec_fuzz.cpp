// The floor's log and snapshot: what can be read is written back to the same value, and a floor stands
// on every snapshot that is not refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "centre/floor_codec.hpp"
#include "routing/floor.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace rapport;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (auto const event = centre::decode_floor_event(text)) {
    auto const again = centre::decode_floor_event(centre::encode(*event));
    RAPPORT_ASSERT(again && *again == *event);
  }
  if (auto const snapshot = centre::decode_snapshot(text)) {
    routing::Floor const floor{*snapshot};
    auto const again = centre::decode_snapshot(centre::encode(floor.state().snapshot()));
    RAPPORT_ASSERT(again && routing::State{*again} == floor.state());
  }
  return 0;
}

// What a peer sends as Opus: each packet is the length of its payload, the step of its timestamp (in 2.5 ms,
// signed) and its bytes; after each, 20 ms go by. Whatever comes, the sound stays within its bounds.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/assert.hpp"
#include "media/jitter_buffer.hpp"
#include "media/opus_line.hpp"

using namespace rapport::media;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto receiver = OpusReceiver::make();
  RAPPORT_ASSERT(receiver.has_value());
  JitterBuffer buffer;
  buffer.carry_upper(true);
  std::span<std::uint8_t const> rest{data, size};
  std::uint32_t timestamp = 0xFFFF'FF00U;
  while (rest.size() >= 2) {
    timestamp += static_cast<std::uint32_t>(static_cast<std::int8_t>(rest[1]) * 120);
    std::size_t const length = std::min<std::size_t>(rest[0], rest.size() - 2);
    auto const payload = rest.subspan(2, length);
    rest = rest.subspan(2 + length);
    receiver->put(timestamp, payload);
    static_cast<void>(repeats(payload));
    receiver->decode_into(buffer);
    Frame frame;
    buffer.take(frame);
    RAPPORT_ASSERT(buffer.depth() <= sample_rate);
  }
  return 0;
}

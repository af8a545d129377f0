// What a peer sends to a media port: each datagram is a length of one byte and its bytes; between them time
// goes by. Whatever comes, the bridge stays within its bounds and its packets are read as RTP.
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/assert.hpp"
#include "media/bridge.hpp"

using namespace rapport::media;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static auto const music = std::make_shared<HoldMusic const>();
  Bridge bridge{music};
  auto const customer = *bridge.add({{Codec::pcmu, 101}, Side::customer, 1, 2, 3});
  auto const agent = *bridge.add({{Codec::pcma, 96}, Side::agents, 4, 5, 6});
  bridge.connect(customer, agent);
  std::span<std::uint8_t const> rest{data, size};
  std::uint32_t arrival = 0;
  while (!rest.empty()) {
    std::size_t const length = std::min<std::size_t>(rest[0], rest.size() - 1);
    std::span<std::uint8_t const> const datagram = rest.subspan(1, length);
    rest = rest.subspan(1 + length);
    arrival += 160;
    if (is_rtcp(datagram))
      bridge.receive_rtcp(customer, datagram, std::uint64_t{arrival} << 24U);
    else
      bridge.receive(customer, datagram, arrival);
    bridge.tick();
    for (auto const place : {customer, agent}) RAPPORT_ASSERT(read_rtp(bridge.packet(place)).has_value());
    LineState const line = bridge.line(customer);
    RAPPORT_ASSERT(line.buffered_ms <= 1'000 && line.score >= 100 && line.score <= 450);
  }
  while (auto const key = bridge.next_key(customer)) RAPPORT_ASSERT(*key != 0);
  std::array<std::uint8_t, rtcp_bytes_max> report;
  std::size_t const written = bridge.write_report(customer, std::uint64_t{arrival} << 24U, "fuzz", report);
  RAPPORT_ASSERT(read_rtcp(std::span{report}.first(written)).has_value());
  return 0;
}

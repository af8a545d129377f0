#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// RTP packets (RFC 3550, section 5.1). Pure; any thread.
namespace rapport::media {

inline constexpr std::size_t rtp_header_bytes = 12;

struct RtpHeader {
  std::uint8_t payload_type = 0;  ///< 7 bits
  bool marker = false;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;

  bool operator==(RtpHeader const&) const = default;
};

struct RtpPacket {
  RtpHeader header;
  std::span<std::uint8_t const> payload;  ///< of the datagram, without padding
};

/// Nothing where the bytes are no RTP packet: another version, shorter than they say, or RTCP, which
/// is told by its second byte (RFC 5761, section 4).
std::optional<RtpPacket> read_rtp(std::span<std::uint8_t const> datagram);
bool is_rtcp(std::span<std::uint8_t const> datagram);

/// REQUIRES: payload_type < 128.
void write_rtp(RtpHeader const& header, std::span<std::uint8_t, rtp_header_bytes> bytes);

}  // namespace rapport::media

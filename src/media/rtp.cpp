#include "media/rtp.hpp"

#include "base/assert.hpp"
#include "media/network_order.hpp"

namespace rapport::media {
namespace {

constexpr std::uint8_t version_bits = 0x80;  // version 2 in the two highest
constexpr std::size_t extension_header_bytes = 4;

}  // namespace

bool is_rtcp(std::span<std::uint8_t const> datagram) {
  return datagram.size() >= 2 && (datagram[0] & 0xC0) == version_bits && datagram[1] >= 192 && datagram[1] <= 223;
}

std::optional<RtpPacket> read_rtp(std::span<std::uint8_t const> datagram) {
  if (datagram.size() < rtp_header_bytes || (datagram[0] & 0xC0) != version_bits || is_rtcp(datagram)) return std::nullopt;
  std::size_t begin = rtp_header_bytes + 4 * static_cast<std::size_t>(datagram[0] & 0x0F);  // contributing sources
  bool const extended = (datagram[0] & 0x10) != 0;
  if (extended) {
    if (datagram.size() < begin + extension_header_bytes) return std::nullopt;
    begin += extension_header_bytes + 4 * static_cast<std::size_t>(read_u16(datagram, begin + 2));
  }
  if (datagram.size() < begin) return std::nullopt;
  std::size_t end = datagram.size();
  bool const padded = (datagram[0] & 0x20) != 0;
  if (padded) {
    std::size_t const padding = datagram[end - 1];
    if (padding == 0 || padding > end - begin) return std::nullopt;
    end -= padding;
  }
  RtpHeader const header{static_cast<std::uint8_t>(datagram[1] & 0x7F), (datagram[1] & 0x80) != 0, read_u16(datagram, 2), read_u32(datagram, 4), read_u32(datagram, 8)};
  return RtpPacket{header, datagram.subspan(begin, end - begin)};
}

void write_rtp(RtpHeader const& header, std::span<std::uint8_t, rtp_header_bytes> bytes) {
  RAPPORT_ASSERT(header.payload_type < 128);
  bytes[0] = version_bits;
  bytes[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | header.payload_type);
  write_u16(bytes, 2, header.sequence);
  write_u32(bytes, 4, header.timestamp);
  write_u32(bytes, 8, header.ssrc);
}

}  // namespace rapport::media

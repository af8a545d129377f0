#include "media/rtcp.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "media/network_order.hpp"

namespace rapport::media {
namespace {

constexpr std::uint8_t sender_report = 200;
constexpr std::uint8_t receiver_report = 201;
constexpr std::uint8_t source_description = 202;
constexpr std::uint8_t goodbye = 203;
constexpr std::size_t header_bytes = 8;  // with the sender's SSRC
constexpr std::size_t sender_bytes = 20;
constexpr std::size_t block_bytes = 24;

ReportBlock read_block(std::span<std::uint8_t const> bytes) {
  ReportBlock block;
  block.ssrc = read_u32(bytes, 0);
  block.fraction_lost = bytes[4];
  block.cumulative_lost = static_cast<std::int32_t>(read_u32(bytes, 4) << 8U) >> 8;  // 24 bits with a sign
  block.highest_sequence = read_u32(bytes, 8);
  block.jitter = read_u32(bytes, 12);
  block.last_report = read_u32(bytes, 16);
  block.since_report = read_u32(bytes, 20);
  return block;
}

void write_block(ReportBlock const& block, std::span<std::uint8_t> bytes) {
  write_u32(bytes, 0, block.ssrc);
  write_u32(bytes, 4, (static_cast<std::uint32_t>(block.cumulative_lost) & 0xFF'FFFFU) | static_cast<std::uint32_t>(block.fraction_lost) << 24U);
  write_u32(bytes, 8, block.highest_sequence);
  write_u32(bytes, 12, block.jitter);
  write_u32(bytes, 16, block.last_report);
  write_u32(bytes, 20, block.since_report);
}

/// One report of a compound packet. False where it is shorter than it says.
bool read_report(std::span<std::uint8_t const> packet, RtcpReport& report) {
  if (packet.size() < header_bytes) return false;
  report.ssrc = read_u32(packet, 4);
  std::size_t at = header_bytes;
  if (packet[1] == sender_report) {
    if (packet.size() < at + sender_bytes) return false;
    std::uint64_t const seconds = read_u32(packet, at);
    report.sender = SenderReport{seconds << 32U | read_u32(packet, at + 4), read_u32(packet, at + 8), read_u32(packet, at + 12), read_u32(packet, at + 16)};
    at += sender_bytes;
  }
  std::size_t const count = packet[0] & 0x1F;
  if (packet.size() < at + count * block_bytes) return false;
  for (std::size_t i = 0; i < count && report.block_count < report_blocks_max; ++i) {
    report.blocks[report.block_count++] = read_block(packet.subspan(at + i * block_bytes, block_bytes));
  }
  return true;
}

}  // namespace

std::optional<RtcpReport> read_rtcp(std::span<std::uint8_t const> datagram) {
  RtcpReport report;
  bool first = true;
  while (!datagram.empty()) {
    if (datagram.size() < 4 || (datagram[0] & 0xC0) != 0x80) return std::nullopt;
    std::size_t const length = 4 * (static_cast<std::size_t>(read_u16(datagram, 2)) + 1);
    if (length > datagram.size()) return std::nullopt;
    std::uint8_t const type = datagram[1];
    bool const reports = type == sender_report || type == receiver_report;
    if (first && !reports) return std::nullopt;
    if (reports && !read_report(datagram.first(length), report)) return std::nullopt;
    if (type == goodbye) report.bye = true;
    first = false;
    datagram = datagram.subspan(length);
  }
  if (first) return std::nullopt;
  return report;
}

std::size_t write_rtcp(std::uint32_t ssrc, std::optional<SenderReport> const& sender, std::optional<ReportBlock> const& block,
                       std::string_view canonical_name, std::span<std::uint8_t, rtcp_bytes_max> bytes) {
  RAPPORT_ASSERT(canonical_name.size() <= 255);
  bytes[0] = static_cast<std::uint8_t>(0x80 | (block ? 1 : 0));
  bytes[1] = sender ? sender_report : receiver_report;
  write_u32(bytes, 4, ssrc);
  std::size_t at = header_bytes;
  if (sender) {
    write_u32(bytes, at, static_cast<std::uint32_t>(sender->ntp_time >> 32U));
    write_u32(bytes, at + 4, static_cast<std::uint32_t>(sender->ntp_time));
    write_u32(bytes, at + 8, sender->rtp_timestamp);
    write_u32(bytes, at + 12, sender->packets);
    write_u32(bytes, at + 16, sender->octets);
    at += sender_bytes;
  }
  if (block) {
    write_block(*block, bytes.subspan(at, block_bytes));
    at += block_bytes;
  }
  write_u16(bytes, 2, static_cast<std::uint32_t>(at / 4 - 1));

  std::size_t const description = at;
  bytes[at] = 0x81;
  bytes[at + 1] = source_description;
  write_u32(bytes, at + 4, ssrc);
  bytes[at + 8] = 1;  // CNAME
  bytes[at + 9] = static_cast<std::uint8_t>(canonical_name.size());
  std::copy(canonical_name.begin(), canonical_name.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at) + 10);
  std::size_t const text_end = at + 10 + canonical_name.size();
  std::size_t const end = (text_end + 4) / 4 * 4;  // at least one zero ends the list
  std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(text_end), bytes.begin() + static_cast<std::ptrdiff_t>(end), std::uint8_t{0});
  write_u16(bytes, description + 2, static_cast<std::uint32_t>((end - description) / 4 - 1));
  return end;
}

}  // namespace rapport::media

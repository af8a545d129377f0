#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// RTCP (RFC 3550, section 6). Pure; any thread.
namespace rapport::media {

inline constexpr std::size_t report_blocks_max = 31;                          ///< what five bits of a count can say
inline constexpr std::size_t rtcp_bytes_max = 8 + 20 + 24 + 8 + 2 + 255 + 4;  ///< that we write

/// What a sender says of itself (section 6.4.1).
struct SenderReport {
  std::uint64_t ntp_time = 0;       ///< seconds since 1900 and their fractions, 32 bits each
  std::uint32_t rtp_timestamp = 0;  ///< of that moment
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;

  /// The middle 32 bits, in 1/65536 s: what a receiver gives back.
  std::uint32_t compact_time() const { return static_cast<std::uint32_t>(ntp_time >> 16U); }
  bool operator==(SenderReport const&) const = default;
};

/// How a receiver finds a source's stream.
struct ReportBlock {
  std::uint32_t ssrc = 0;            ///< of the source
  std::uint8_t fraction_lost = 0;    ///< since the last report, in 1/256
  std::int32_t cumulative_lost = 0;  ///< 24 bits; less than 0 where packets came twice
  std::uint32_t highest_sequence = 0;
  std::uint32_t jitter = 0;        ///< in units of the RTP clock
  std::uint32_t last_report = 0;   ///< compact time of the source's last report; 0: none came
  std::uint32_t since_report = 0;  ///< in 1/65536 s

  bool operator==(ReportBlock const&) const = default;
};

/// All of one datagram.
struct RtcpReport {
  std::uint32_t ssrc = 0;  ///< whose report it is
  std::optional<SenderReport> sender;
  std::array<ReportBlock, report_blocks_max> blocks{};
  std::size_t block_count = 0;
  bool bye = false;
};

/// Reads a compound packet; what it does not know is passed over, of several reports the last sender's and
/// the first blocks count. Nothing where a length does not fit, or the first is no report (appendix A.2).
std::optional<RtcpReport> read_rtcp(std::span<std::uint8_t const> datagram);

/// A compound packet: a report (a sender's, if there is one) with at most one block, and the name by
/// which this end is known everywhere. Returns the bytes written.
/// REQUIRES: a name of at most 255 bytes.
std::size_t write_rtcp(std::uint32_t ssrc, std::optional<SenderReport> const& sender, std::optional<ReportBlock> const& block,
                       std::string_view canonical_name, std::span<std::uint8_t, rtcp_bytes_max> bytes);

}  // namespace rapport::media

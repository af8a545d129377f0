#pragma once

#include <cstdint>
#include <optional>

#include "media/rtcp.hpp"

/// How good a line is, from what RTP and RTCP tell. Pure; one thread a stream.
namespace rapport::media {

/// What came of one stream: lost packets (RFC 3550, appendices A.1 and A.3) and jitter (A.8).
class Reception {
 public:
  /// `arrival` is in units of the RTP clock, from any beginning. False for a packet that is not of this
  /// stream any more: its number is far from the last, and the next does not follow it.
  bool received(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t arrival);
  /// How the source is found; the next one's fraction counts from here. `ssrc` is the source's.
  ReportBlock report(std::uint32_t ssrc);

  std::uint64_t packets() const { return received_; }
  /// Of all that should have come; less than 0 where packets came twice.
  std::int64_t lost() const;
  /// In units of the RTP clock.
  std::uint32_t jitter() const { return jitter_sixteenths_ >> 4U; }

 private:
  void begin(std::uint16_t sequence);
  std::uint64_t expected() const;

  bool begun_ = false;
  std::uint16_t highest_ = 0;
  std::uint32_t cycles_ = 0;  ///< times that the number began anew, in steps of 65,536
  std::uint32_t first_ = 0;
  std::uint32_t jumped_to_ = jumped_nowhere;  ///< the number that would confirm a jump
  std::uint64_t received_ = 0;
  std::uint64_t expected_before_ = 0;  ///< at the last report
  std::uint64_t received_before_ = 0;
  std::optional<std::uint32_t> transit_;
  std::uint32_t jitter_sixteenths_ = 0;

  static constexpr std::uint32_t jumped_nowhere = 0x1'0000;
};

/// The time to the peer and back, in milliseconds, by a block that it sent about us (section 6.4.1).
/// `now` is compact NTP time. Nothing where it had no report of ours, or clocks contradict.
std::optional<std::uint32_t> round_trip_ms(ReportBlock const& block, std::uint32_t now);

/// A mean opinion score, in hundredths from 100 (bad) to 440 and some, as G.711 with concealment is heard:
/// the E-model of ITU-T G.107 with all but delay and loss at its defaults,
///   R = 93.2 - Id - Ie,eff
///   Ie,eff = 95 * loss / (loss + 25.1)                     G.113, appendix I: Ie 0, Bpl 25.1; loss in %
///   Id = 0.024 d + 0.11 (d - 177.3) [d > 177.3]            Cole and Rosenbluth (2001); d one way, in ms
///   MOS = 1 + 0.035 R + 7e-6 R (R - 60) (100 - R)          G.107, annex B
std::uint32_t mean_opinion_score(std::uint32_t loss_thousandths, std::uint32_t one_way_ms);

}  // namespace rapport::media

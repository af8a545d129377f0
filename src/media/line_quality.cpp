#include "media/line_quality.hpp"

#include <algorithm>
#include <cmath>

namespace rapport::media {
namespace {

constexpr std::uint32_t cycle = 0x1'0000;
constexpr std::uint16_t dropout_max = 3'000;  // RFC 3550, appendix A.1
constexpr std::uint16_t misorder_max = 100;

}  // namespace

void Reception::begin(std::uint16_t sequence) {
  begun_ = true;
  highest_ = sequence;
  cycles_ = 0;
  first_ = sequence;
  jumped_to_ = jumped_nowhere;
  received_ = expected_before_ = received_before_ = 0;
  transit_.reset();
}

bool Reception::received(std::uint16_t sequence, std::uint32_t timestamp, std::uint32_t arrival) {
  if (!begun_) begin(sequence);
  auto const ahead = static_cast<std::uint16_t>(sequence - highest_);
  if (ahead < dropout_max) {
    if (sequence < highest_) cycles_ += cycle;
    highest_ = sequence;
  } else if (ahead <= cycle - misorder_max) {
    if (sequence != jumped_to_) {
      jumped_to_ = static_cast<std::uint16_t>(sequence + 1);
      return false;
    }
    begin(sequence);  // two in a row: the peer began anew
  }
  ++received_;
  std::uint32_t const transit = arrival - timestamp;
  if (transit_) {
    auto const difference = static_cast<std::uint32_t>(std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(transit - *transit_))));
    jitter_sixteenths_ += difference - ((jitter_sixteenths_ + 8) >> 4U);
  }
  transit_ = transit;
  return true;
}

std::uint64_t Reception::expected() const {
  return begun_ ? std::uint64_t{cycles_} + highest_ - first_ + 1 : 0;
}

std::int64_t Reception::lost() const { return static_cast<std::int64_t>(expected()) - static_cast<std::int64_t>(received_); }

ReportBlock Reception::report(std::uint32_t ssrc) {
  constexpr std::int64_t lost_max = 0x7F'FFFF;
  ReportBlock block;
  block.ssrc = ssrc;
  block.cumulative_lost = static_cast<std::int32_t>(std::clamp(lost(), -lost_max - 1, lost_max));
  block.highest_sequence = cycles_ + highest_;
  block.jitter = jitter();
  auto const should = static_cast<std::int64_t>(expected() - expected_before_);
  auto const came = static_cast<std::int64_t>(received_ - received_before_);
  if (should > 0 && should > came) block.fraction_lost = static_cast<std::uint8_t>(std::min<std::int64_t>(((should - came) << 8) / should, 255));
  expected_before_ = expected();
  received_before_ = received_;
  return block;
}

std::optional<std::uint32_t> round_trip_ms(ReportBlock const& block, std::uint32_t now) {
  if (block.last_report == 0) return std::nullopt;
  std::uint32_t const units = now - block.last_report - block.since_report;
  if (units >= 0x8000'0000U) return std::nullopt;
  return static_cast<std::uint32_t>((std::uint64_t{units} * 1'000) >> 16U);
}

std::uint32_t mean_opinion_score(std::uint32_t loss_thousandths, std::uint32_t one_way_ms) {
  double const loss = std::min<std::uint32_t>(loss_thousandths, 1'000) / 10.0;
  double const delay = one_way_ms;
  double const loss_impairment = 95 * loss / (loss + 25.1);
  double const delay_impairment = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0);
  double const rating = std::clamp(93.2 - delay_impairment - loss_impairment, 0.0, 100.0);
  double const score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
  return static_cast<std::uint32_t>(std::lround(100 * std::max(score, 1.0)));
}

}  // namespace rapport::media

#include "media/rtcp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "media/line_quality.hpp"

namespace rapport::media {
namespace {

using Datagram = std::vector<std::uint8_t>;

Datagram written(std::optional<SenderReport> const& sender, std::optional<ReportBlock> const& block, std::string_view name) {
  std::array<std::uint8_t, rtcp_bytes_max> bytes{};
  std::size_t const size = write_rtcp(77, sender, block, name, bytes);
  return {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)};
}

TEST(Rtcp, ReadsWhatItWrote) {
  SenderReport const sender{0x1122'3344'5566'7788, 160, 3, 480};
  ReportBlock const block{5, 128, -3, 70'000, 12, 0x3344'5566, 0x1'8000};
  auto const read = read_rtcp(written(sender, block, "a name of no round length"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->ssrc, 77U);
  EXPECT_EQ(read->sender, sender);
  ASSERT_EQ(read->block_count, 1U);
  EXPECT_EQ(read->blocks[0], block);
  EXPECT_FALSE(read->bye);
}

TEST(Rtcp, EveryLengthOfTheNameFitsIntoWords) {
  for (std::size_t length = 0; length <= 255; ++length) {
    Datagram const bytes = written({}, ReportBlock{}, std::string(length, 'n'));
    EXPECT_EQ(bytes.size() % 4, 0U);
    ASSERT_TRUE(read_rtcp(bytes)) << length;
  }
  EXPECT_LE(written(SenderReport{}, ReportBlock{}, std::string(255, 'n')).size(), rtcp_bytes_max);
}

TEST(Rtcp, RefusesWhatIsNoCompoundPacket) {
  Datagram const whole = written(SenderReport{}, ReportBlock{}, "name");
  for (std::size_t cut = 1; cut < whole.size(); ++cut) {
    auto const read = read_rtcp(std::span{whole}.first(cut));
    EXPECT_EQ(read.has_value(), cut == 52U) << cut;  // the report alone is one
  }
  EXPECT_FALSE(read_rtcp({}));
  EXPECT_FALSE(read_rtcp(Datagram{0x80, 202, 0, 1, 0, 0, 0, 1})) << "the first must be a report";
  EXPECT_FALSE(read_rtcp(Datagram{0x81, 201, 0, 1, 0, 0, 0, 1})) << "a block is said to be there";
}

TEST(Rtcp, SeesAGoodbye) {
  auto const read = read_rtcp(Datagram{0x80, 201, 0, 1, 0, 0, 0, 1, 0x81, 203, 0, 1, 0, 0, 0, 1});
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->bye);
}

RC_GTEST_PROP(Rtcp, AnyBytesAreReadOrRefused, (Datagram bytes)) {
  if (bytes.size() >= 2) bytes[0] = static_cast<std::uint8_t>(bytes[0] | 0x80U), bytes[1] = static_cast<std::uint8_t>(200 + bytes[1] % 5);
  auto const read = read_rtcp(bytes);
  RC_ASSERT(!read || read->block_count <= report_blocks_max);
}

TEST(Reception, CountsLossAndFractionSinceTheLastReport) {
  Reception line;
  std::uint32_t clock = 0;
  for (std::uint16_t i = 65'500; i != 64; ++i, clock += 160) {  // 100 packets over the wrap
    if (i % 10 == 0) continue;
    EXPECT_TRUE(line.received(i, clock, clock));
  }
  EXPECT_GE(line.lost(), 9);
  EXPECT_LE(line.lost(), 11);
  ReportBlock const block = line.report(1);
  EXPECT_NEAR(block.fraction_lost, 25, 3);
  EXPECT_GT(block.highest_sequence, 65'536U);
  EXPECT_EQ(line.report(1).fraction_lost, 0) << "nothing came since";
}

TEST(Reception, SmoothsJitterAsTheRfcSays) {
  Reception line;
  std::uint32_t clock = 0;
  for (std::uint16_t i = 0; i < 1'000; ++i, clock += 160) line.received(i, clock, clock + (i % 2 == 0 ? 0 : 80));
  EXPECT_NEAR(line.jitter(), 80, 6);
  Reception even;
  clock = 0;
  for (std::uint16_t i = 0; i < 100; ++i, clock += 160) even.received(i, clock, clock + 7'777);
  EXPECT_EQ(even.jitter(), 0U);
}

TEST(Reception, TakesAJumpOnlyWhenItIsConfirmed) {
  Reception line;
  EXPECT_TRUE(line.received(10, 0, 0));
  EXPECT_FALSE(line.received(30'000, 0, 0));
  EXPECT_TRUE(line.received(11, 160, 160));
  EXPECT_FALSE(line.received(40'000, 0, 0));
  EXPECT_TRUE(line.received(40'001, 160, 160));
  EXPECT_EQ(line.lost(), 0);
}

TEST(LineQuality, RoundTripIsWhatTheReportsLeaveOver) {
  // RFC 3550, figure 2: 0xb44db705 - 0xb44db705's block: 6.125 s
  ReportBlock block;
  block.last_report = 0xB705'2000;
  block.since_report = 0x0005'4000;
  EXPECT_EQ(round_trip_ms(block, 0xB710'8000), 6'125U);
  block.last_report = 0;
  EXPECT_FALSE(round_trip_ms(block, 0xB710'8000));
}

TEST(LineQuality, ScoresAsTheEModelDoes) {
  EXPECT_NEAR(mean_opinion_score(0, 0), 441, 1);    // R 93.2
  EXPECT_NEAR(mean_opinion_score(0, 150), 434, 2);  // R 89.6
  EXPECT_NEAR(mean_opinion_score(50, 20), 389, 6);  // 5 % lost: R 76.9
  EXPECT_EQ(mean_opinion_score(1'000, 2'000), 100U);
  EXPECT_GT(mean_opinion_score(10, 50), mean_opinion_score(20, 50));
  EXPECT_GT(mean_opinion_score(10, 50), mean_opinion_score(10, 400));
}

}  // namespace
}  // namespace rapport::media

// When a line counts as bad, and what is said of it at the end.
#include "app/phone_quality.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

using Became = centre::TellLine::Became;

Became after(PhoneQuality& quality, std::uint32_t score, std::string const& agent = {}) {
  media::LineState line;
  line.score = score;
  line.loss = score < 300 ? 100 : 0;
  line.packets = 250;
  return quality.measured("i-1", agent, line).became;
}

TEST(PhoneQuality, OneBadReportIsNoBadLineAndOneGoodNoneThatIsMended) {
  PhoneQuality quality;
  EXPECT_EQ(after(quality, 200), Became::same);
  EXPECT_EQ(after(quality, 420), Became::same);
  EXPECT_EQ(after(quality, 200), Became::same);
  EXPECT_EQ(after(quality, 200), Became::bad);
  EXPECT_EQ(after(quality, 200), Became::same) << "it is told once";
  EXPECT_EQ(after(quality, 420), Became::same);
  EXPECT_EQ(after(quality, 320), Became::same) << "not good enough to count";
  EXPECT_EQ(after(quality, 420), Became::same);
  EXPECT_EQ(after(quality, 420), Became::same);
  EXPECT_EQ(after(quality, 420, "ana"), Became::same) << "of another leg";
  EXPECT_EQ(after(quality, 420), Became::good);
}

TEST(PhoneQuality, ALegThatIsOverSaysOnceHowItsLineWas) {
  PhoneQuality quality;
  EXPECT_FALSE(quality.ended("i-1", {}, "over"));
  after(quality, 200);
  after(quality, 400);
  auto const ended = quality.ended("i-1", {}, "hung_up");
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->kind, domain::EventKind::leg_ended);
  EXPECT_EQ(ended->leg, "customer");
  EXPECT_EQ(ended->text_of("reason"), "hung_up");
  EXPECT_EQ(ended->find("score")->number, 3'000);
  EXPECT_EQ(ended->find("worst_score")->number, 2'000);
  EXPECT_EQ(ended->find("loss_percent")->number, 5'000);
  EXPECT_FALSE(quality.ended("i-1", {}, "hung_up"));
}

}  // namespace
}  // namespace rapport::app

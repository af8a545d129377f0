#include "training/measure.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace rapport::training {
namespace {

std::vector<Scored> scored(std::vector<float> const& yes, std::vector<float> const& no) {
  std::vector<Scored> all;
  for (float const score : yes) all.push_back({score, true});
  for (float const score : no) all.push_back({score, false});
  return all;
}

TEST(Counts, TellPrecisionAndRecall) {
  Counts const counts{6, 2, 4};
  EXPECT_DOUBLE_EQ(counts.precision(), 0.75);
  EXPECT_DOUBLE_EQ(counts.recall(), 0.6);
  EXPECT_DOUBLE_EQ(counts.f1(), 12.0 / 18.0);
  EXPECT_EQ(counts.positives(), 10U);
  EXPECT_DOUBLE_EQ(Counts{}.precision(), 0.0);
  EXPECT_DOUBLE_EQ(Counts{}.f1(), 0.0);
}

TEST(Threshold, LiesBetweenWhatHoldsAndWhatDoesNot) {
  auto const all = scored({3, 3, 3, 3, 3, 3, 3, 2}, {1, 0, -1, -2});
  float const threshold = best_threshold(all);
  EXPECT_FLOAT_EQ(threshold, 1.5F);
  EXPECT_DOUBLE_EQ(counts_at(all, threshold).f1(), 1.0);
}

TEST(Threshold, IsNeverReachedOfTooFewOrTooPoor) {
  EXPECT_TRUE(std::isinf(best_threshold({})));
  EXPECT_TRUE(std::isinf(best_threshold(scored({3, 3, 3, 3, 3, 3, 3}, {1, 0}))));  // seven positives
  std::vector<float> const many(200, 1.0F);
  EXPECT_TRUE(std::isinf(best_threshold(scored({0, 0, 0, 0, 0, 0, 0, 0}, many))));
}

TEST(Threshold, TakesEqualScoresTogether) {
  auto const all = scored({1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, -5, -5});
  Counts const counts = counts_at(all, best_threshold(all));
  EXPECT_EQ(counts.hits, 8U);
  EXPECT_EQ(counts.extra, 2U);
}

TEST(CurveFit, RisesThroughTheMiddle) {
  std::vector<Scored> all;
  for (int step = -20; step <= 20; ++step) {
    float const score = static_cast<float>(step) / 5;
    for (float times = 0.5F; times < 100; ++times) all.push_back({score, times < 100 / (1 + std::exp(-2 * score))});
  }
  Curve const curve = fit_curve(all);
  EXPECT_NEAR(curve.slope, 2.0, 0.25);
  EXPECT_NEAR(curve.at(0), 0.5, 0.06);
  EXPECT_LT(curve.at(-3), 0.05);
  EXPECT_GT(curve.at(3), 0.95);
}

TEST(CurveFit, IsFiniteOfNothingAndOfOneKind) {
  for (auto const& all : {scored({}, {}), scored({1, 2, 3}, {}), scored({}, {1, 2, 3})}) {
    Curve const curve = fit_curve(all);
    EXPECT_TRUE(std::isfinite(curve.slope) && std::isfinite(curve.offset));
    EXPECT_GT(curve.slope, 0.0);
  }
}

}  // namespace
}  // namespace rapport::training

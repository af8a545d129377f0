#include "base/metrics.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace rapport::base {
namespace {

TEST(Metrics, WritesEveryKindInPrometheusText) {
  Metrics metrics;
  metrics.gauge("rapport_open", "Open things.").set(-3);
  metrics.counter("rapport_done_total", "Things done.", {{"route", "/a"}, {"method", "GET"}}).add(2);
  metrics.counter("rapport_done_total", "ignored", {{"route", "/a"}, {"method", "DELETE"}}).add();
  EXPECT_EQ(metrics.text(),
            "# HELP rapport_done_total Things done.\n"
            "# TYPE rapport_done_total counter\n"
            "rapport_done_total{method=\"DELETE\",route=\"/a\"} 1\n"
            "rapport_done_total{method=\"GET\",route=\"/a\"} 2\n"
            "# HELP rapport_open Open things.\n"
            "# TYPE rapport_open gauge\n"
            "rapport_open -3\n");
}

TEST(Metrics, LabelsInAnyOrderAreOneSeries) {
  Metrics metrics;
  Counter& one = metrics.counter("a_total", "", {{"x", "1"}, {"y", "2"}});
  Counter& other = metrics.counter("a_total", "", {{"y", "2"}, {"x", "1"}});
  EXPECT_EQ(&one, &other);
  EXPECT_NE(&one, &metrics.counter("a_total", "", {{"x", "1"}}));
}

TEST(Metrics, LabelValuesAndHelpAreEscaped) {
  Metrics metrics;
  metrics.counter("a_total", "a \\ and\nmore", {{"x", "say \"a\\b\"\n"}}).add();
  EXPECT_EQ(metrics.text(), "# HELP a_total a \\\\ and\\nmore\n# TYPE a_total counter\na_total{x=\"say \\\"a\\\\b\\\"\\n\"} 1\n");
}

TEST(Metrics, HistogramCountsCumulativelyWithInclusiveBounds) {
  Metrics metrics;
  Histogram& histogram = metrics.histogram("a_seconds", "Time.", {{"of", "x"}});
  histogram.observe(-5);          // 0
  histogram.observe(100);         // the first bound itself
  histogram.observe(101);         // the second bucket
  histogram.observe(11'000'000);  // past all bounds
  std::string const text = metrics.text();
  EXPECT_NE(text.find("a_seconds_bucket{of=\"x\",le=\"0.0001\"} 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a_seconds_bucket{of=\"x\",le=\"0.00025\"} 3\n"), std::string::npos);
  EXPECT_NE(text.find("a_seconds_bucket{of=\"x\",le=\"10\"} 3\n"), std::string::npos);
  EXPECT_NE(text.find("a_seconds_bucket{of=\"x\",le=\"+Inf\"} 4\n"), std::string::npos);
  EXPECT_NE(text.find("a_seconds_sum{of=\"x\"} 11.000201\n"), std::string::npos);
  EXPECT_NE(text.find("a_seconds_count{of=\"x\"} 4\n"), std::string::npos);
}

TEST(Metrics, ThreadsThatMakeTheSameSeriesShareIt) {
  Metrics metrics;
  constexpr int rounds = 200;
  auto const work = [&metrics] {
    for (int round = 0; round < rounds; ++round) metrics.counter("a_total", "", {{"round", std::to_string(round)}}).add();
  };
  std::thread one{work};
  std::thread two{work};
  std::thread three{work};
  one.join();
  two.join();
  three.join();
  for (int round = 0; round < rounds; ++round) {
    EXPECT_EQ(metrics.counter("a_total", "", {{"round", std::to_string(round)}}).value(), 3U);
  }
}

}  // namespace
}  // namespace rapport::base

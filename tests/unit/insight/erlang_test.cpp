// The staffing formulas against the design's vectors, to their last digit, and against each other.
#include "insight/erlang.hpp"

#include <gtest/gtest.h>

namespace rapport::insight {
namespace {

TEST(ErlangB, Recursion) {
  EXPECT_EQ(erlang_b(10, 0), 1);
  EXPECT_DOUBLE_EQ(erlang_b(1, 1), 0.5);
  EXPECT_DOUBLE_EQ(erlang_b(2, 2), 0.4);  // (2^2/2!) / (1 + 2 + 2)
}

struct CRow {
  Load load;
  std::uint32_t agents;
  double waits, service_level, asa_s;
};

TEST(ErlangC, KnownNumbers) {
  for (CRow const& row : {CRow{{100, 360}, 14, .1741, .8606, 15.67}, CRow{{200, 300}, 20, .3381, .7293, 30.43},
                          CRow{{600, 300}, 55, .3845, .7245, 23.07}, CRow{{1200, 300}, 110, .2370, .8783, 7.11}}) {
    auto const result = erlang_c(row.load, row.agents);
    ASSERT_TRUE(result.has_value());
    EXPECT_NEAR(result->wait_probability, row.waits, .00005) << row.agents;
    EXPECT_NEAR(result->service_level(20), row.service_level, .00005) << row.agents;
    EXPECT_NEAR(result->asa_s, row.asa_s, .005) << row.agents;
  }
}

TEST(ErlangC, NothingWhereTheQueueGrowsWithoutEnd) {
  EXPECT_EQ(erlang_c({100, 360}, 10), std::nullopt);
  EXPECT_EQ(erlang_c({100, 360}, 9), std::nullopt);
  EXPECT_EQ(erlang_c({0, 360}, 9), std::nullopt);
  EXPECT_TRUE(erlang_c({100, 360}, 11).has_value());
}

struct ARow {
  std::uint32_t agents;
  double waits, abandons, mean_wait_s;
};

TEST(ErlangA, KnownNumbers) {
  for (ARow const& row : {ARow{48, .6015, .0476, 5.72}, ARow{50, .4678, .0309, 3.71}}) {
    auto const result = erlang_a({2880, 60}, row.agents, 120);
    ASSERT_TRUE(result.has_value());
    EXPECT_NEAR(result->wait_probability, row.waits, .00005) << row.agents;
    EXPECT_NEAR(result->abandon_probability, row.abandons, .00005) << row.agents;
    EXPECT_NEAR(result->mean_wait_s, row.mean_wait_s, .005) << row.agents;
  }
}

TEST(ErlangA, EndlessPatienceIsErlangC) {
  auto const patient = erlang_a({600, 300}, 55, 1e9);
  auto const endless = erlang_c({600, 300}, 55);
  ASSERT_TRUE(patient && endless);
  EXPECT_NEAR(patient->wait_probability, endless->wait_probability, 1e-4);
  EXPECT_NEAR(patient->mean_wait_s, endless->asa_s, 1e-2);
}

TEST(ErlangA, BearsMoreLoadThanAgentsCanServe) {
  auto const result = erlang_a({1'200, 300}, 50, 60);  // twice what fifty can do: half must go
  ASSERT_TRUE(result.has_value());
  EXPECT_NEAR(result->abandon_probability, .5, .005);
  auto const patient = erlang_a({12'000, 300}, 50, 3'600);  // twenty times: thousands wait, most in vain
  ASSERT_TRUE(patient.has_value());
  EXPECT_NEAR(patient->wait_probability, 1, 1e-9);
  EXPECT_NEAR(patient->abandon_probability, .95, 1e-6);
  EXPECT_NEAR(patient->mean_wait_s, .95 * 3'600, 1e-2);
  EXPECT_EQ(erlang_a({12'000, 300}, 50, 1e9), std::nullopt);
  EXPECT_EQ(erlang_a({1'200, 300}, 0, 60), std::nullopt);
  EXPECT_EQ(erlang_a({1'200, 300}, 50, 0), std::nullopt);
}

}  // namespace
}  // namespace rapport::insight

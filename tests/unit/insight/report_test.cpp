// The reported numbers against the design's vectors, and against legs worked out by hand.
#include "insight/report.hpp"

#include <gtest/gtest.h>

#include "insight/leg_book.hpp"

namespace rapport::insight {
namespace {

TEST(ServiceLevel, FiveFormulasOnTheSameData) {
  Counters counters;
  counters.offered = 1'060;
  counters.answered = 1'000;
  counters.answered_in_time = 860;
  counters.abandoned_in_time = 20;
  counters.abandoned_short = 10;
  counters.abandoned_long = 50;
  auto const percent = [&](ServiceLevelFormula formula) { return (*service_level(counters, formula) + 5) / 10; };
  EXPECT_EQ(percent(ServiceLevelFormula::abandons_in_time_credited), 83);
  EXPECT_EQ(percent(ServiceLevelFormula::answered_only), 86);
  EXPECT_EQ(percent(ServiceLevelFormula::all_contacts), 81);
  EXPECT_EQ(percent(ServiceLevelFormula::late_abandons_only), 83);
  EXPECT_EQ(percent(ServiceLevelFormula::short_abandons_credited), 82);
}

TEST(ServiceLevel, CountedFromLegsTheVectorIsTheSame) {
  Counters counters;
  auto const legs = [&](int number, bool answered, base::Millis wait_ms) {
    Leg leg;
    leg.wait_ms = wait_ms;
    if (answered) leg.answered_at = leg.entered_at;
    leg.end = answered ? LegEnd::ended : LegEnd::abandoned;
    for (int i = 0; i < number; ++i) count_wait(counters, leg, Targets{});
  };
  legs(860, true, 20'000);
  legs(140, true, 20'001);
  legs(10, false, 5'000);
  legs(10, false, 5'001);
  legs(40, false, 60'000);
  EXPECT_EQ(counters.offered, 1'060);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::abandons_in_time_credited), 830);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::answered_only), 860);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::all_contacts), 811);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::late_abandons_only), 827);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::short_abandons_credited), 821);
  EXPECT_EQ(report(counters, {}).abandonment, 47);  // 50 of 1,060
}

TEST(ServiceLevel, EveryFormulaHasANameAndReadsBack) {
  for (int i = 0; i < 5; ++i) {
    auto const formula = static_cast<ServiceLevelFormula>(i);
    EXPECT_EQ(parse_service_level_formula(name(formula)), formula);
    EXPECT_NE(written(formula).find("answered within T"), std::string_view::npos);
  }
  EXPECT_EQ(parse_service_level_formula("the usual"), std::nullopt);
}

TEST(Report, NoDataIsNothingAndNeverZero) {
  Report const empty = report({}, {});
  EXPECT_EQ(empty.service_level, std::nullopt);
  EXPECT_EQ(empty.asa_ms, std::nullopt);
  EXPECT_EQ(empty.wait_p50_ms, std::nullopt);
  EXPECT_EQ(empty.wait_p90_ms, std::nullopt);
  EXPECT_EQ(empty.wait_max_ms, std::nullopt);
  EXPECT_EQ(empty.aht_ms, std::nullopt);
  EXPECT_EQ(empty.occupancy, std::nullopt);
  EXPECT_EQ(empty.abandonment, std::nullopt);
  EXPECT_EQ(empty.transfer_rate, std::nullopt);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(service_level({}, static_cast<ServiceLevelFormula>(i)), std::nullopt);
}

TEST(Report, AllShortAbandonsAreAServiceLevelOfTheirOwn) {
  Counters counters;
  counters.offered = 3;
  counters.abandoned_short = 3;
  counters.abandoned_in_time = 3;
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::answered_only), std::nullopt);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::late_abandons_only), std::nullopt);
  EXPECT_EQ(service_level(counters, ServiceLevelFormula::abandons_in_time_credited), 1'000);
  EXPECT_EQ(report(counters, {}).abandonment, 0) << "none was beyond the short limit";
}

TEST(Report, MeansAndShares) {
  Counters counters;
  counters.offered = counters.answered = 3;
  for (base::Millis const wait_ms : {4'000, 12'000, 92'000}) {
    counters.waits.add(wait_ms);
    counters.wait_ms += wait_ms;
  }
  counters.wait_max_ms = 92'000;
  counters.handled = 3;
  counters.transferred = 1;
  counters.talk_ms = 500'000;
  counters.hold_ms = 60'000;
  counters.wrap_up_ms = 40'000;
  counters.states.of(AgentState::talking) = 500'000;
  counters.states.of(AgentState::on_hold) = 60'000;
  counters.states.of(AgentState::wrap_up) = 40'000;
  counters.states.of(AgentState::idle) = 200'000;
  counters.states.of(AgentState::on_break) = 900'000;
  Report const made = report(counters, {ServiceLevelFormula::answered_only, {}});
  EXPECT_EQ(made.asa_ms, 36'000);
  EXPECT_EQ(made.wait_p50_ms, 15'000) << "the bound of the bucket that holds 12 s";
  EXPECT_EQ(made.wait_p90_ms, 92'000) << "never beyond the longest";
  EXPECT_EQ(made.wait_max_ms, 92'000);
  EXPECT_EQ(made.aht_ms, 200'000);
  EXPECT_EQ(made.occupancy, 750) << "a break is neither busy nor idle";
  EXPECT_EQ(made.transfer_rate, 333);
  EXPECT_EQ(made.settings.formula, ServiceLevelFormula::answered_only);
}

}  // namespace
}  // namespace rapport::insight

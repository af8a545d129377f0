#include "evaluation/statistics.hpp"

#include <gtest/gtest.h>

#include "evaluation/agreement.hpp"

namespace rapport::evaluation {
namespace {

constexpr double close = 5e-4;

Table table_of(std::initializer_list<std::int64_t> cells, std::size_t classes) {
  Table table(classes);
  std::size_t i = 0;
  for (std::int64_t const times : cells) {
    table.add(i / classes, i % classes, times);
    ++i;
  }
  return table;
}

TEST(Statistics, KappaAndAc1OfTheTableOfTheMetricsPage) {
  Table const table = table_of({85, 5, 5, 5}, 2);
  EXPECT_NEAR(*cohen_kappa(table).value, 0.444, close);
  EXPECT_NEAR(*gwet_ac1(table).value, 0.878, close);
}

// Fleiss, Levin and Paik, "Statistical Methods for Rates and Proportions", 3rd ed., section 18.1:
// two raters, 100 subjects, diagnoses psychotic, neurotic, organic; kappa .676, standard error .088.
TEST(Statistics, KappaAndItsErrorOfATextbookTable) {
  Estimate const kappa = cohen_kappa(table_of({75, 1, 4, 5, 4, 1, 0, 0, 10}, 3));
  EXPECT_NEAR(*kappa.value, 0.676, close);
  EXPECT_NEAR((kappa.interval->high - kappa.interval->low) / 2 / 1.959964, 0.088, close);
}

TEST(Statistics, PerfectAgreementIsOneAndChanceIsZero) {
  EXPECT_DOUBLE_EQ(*cohen_kappa(table_of({10, 0, 0, 10}, 2)).value, 1.0);
  EXPECT_NEAR(*cohen_kappa(table_of({25, 25, 25, 25}, 2)).value, 0.0, 1e-12);
  EXPECT_NEAR(*gwet_ac1(table_of({10, 0, 0, 10}, 2)).value, 1.0, 1e-12);
}

TEST(Statistics, KappaIsUndefinedWhereBothAlwaysSayTheSame) {
  Estimate const kappa = cohen_kappa(table_of({40, 0, 0, 0}, 2));
  EXPECT_FALSE(kappa.value);
  EXPECT_FALSE(kappa.interval);
  EXPECT_NEAR(*gwet_ac1(table_of({40, 0, 0, 0}, 2)).value, 1.0, 1e-12);
}

TEST(Statistics, NothingIsKnownOfNoCases) {
  EXPECT_FALSE(cohen_kappa(Table(2)).value);
  EXPECT_FALSE(gwet_ac1(Table(2)).value);
  EXPECT_FALSE(proportion(0, 0).value);
}

// Newcombe (1998), Statistics in Medicine 17:857, table I: 81/263 has the score interval
// .2553 to .3662, and 0/20 has 0 to .1611.
TEST(Statistics, WilsonIntervalsOfAPublishedTable) {
  Estimate const some = proportion(81, 263);
  EXPECT_NEAR(some.interval->low, 0.2553, 1e-4);
  EXPECT_NEAR(some.interval->high, 0.3662, 1e-4);
  Estimate const none = proportion(0, 20);
  EXPECT_DOUBLE_EQ(none.interval->low, 0.0);
  EXPECT_NEAR(none.interval->high, 0.1611, 1e-4);
}

TEST(Agreement, CountsWhatEachNumberIsDefinedOver) {
  using enum Verdict;
  Agreement agreement({"a.one", "a.two"});
  auto const add = [&](Verdict label, Verdict verdict, int times) {
    for (int i = 0; i < times; ++i) agreement.add(0, label, verdict);
  };
  add(met, met, 6);
  add(met, missed, 1);
  add(missed, missed, 3);
  add(missed, met, 1);
  add(missed, not_applicable, 1);
  add(not_applicable, not_applicable, 5);
  add(not_applicable, missed, 1);
  add(met, not_assessed, 2);
  add(not_assessed, met, 4);
  Comparison const& one = agreement.practices()[0];
  EXPECT_EQ(one.labelled(), 20);
  EXPECT_EQ(one.assessed(), 18);
  EXPECT_DOUBLE_EQ(*one.coverage().value, 18.0 / 20);
  EXPECT_DOUBLE_EQ(*one.prevalence().value, 5.0 / 12);
  EXPECT_DOUBLE_EQ(*one.accuracy().value, 14.0 / 18);
  EXPECT_DOUBLE_EQ(*one.precision().value, 3.0 / 5);
  EXPECT_DOUBLE_EQ(*one.recall().value, 3.0 / 5);
  EXPECT_DOUBLE_EQ(*one.applies_f1().value, 22.0 / 24);
  double const low = proportion(11, 13).interval->low;
  EXPECT_DOUBLE_EQ(one.applies_f1().interval->low, 2 * low / (1 + low));
  EXPECT_DOUBLE_EQ(*one.kappa().value, *cohen_kappa(table_of({6, 1, 1, 3}, 2)).value);
  EXPECT_DOUBLE_EQ(*one.kappa_of_three().value, *cohen_kappa(table_of({6, 1, 0, 1, 3, 1, 0, 1, 5}, 3)).value);
  EXPECT_EQ(agreement.overall().labelled(), 20);
  EXPECT_EQ(agreement.practices()[1].labelled(), 0);
}

}  // namespace
}  // namespace rapport::evaluation

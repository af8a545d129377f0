// Who may be called, when, and how often.
#include "app/call_rules.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

constexpr base::Instant noon{1'772'452'800'000};  // 2026-03-02T12:00Z, winter
constexpr std::string_view table =
    "# comment\nGB\t+513030-0000731\tEurope/London\nUS\t+404251-0740023\tAmerica/New_York\tEastern (most areas)\nUS\t+340308-1181434\tAmerica/Los_Angeles\tPacific\nno line\n";

struct Rules {
  explicit Rules(Settings::Phone phone = {}) : settings(std::move(phone)), rules(settings, read_country_zones(table), metrics) {}

  /// The number that is called, or the refusal's name.
  std::string look(std::string const& to, base::Instant now = noon, std::string const& agent = "ana") {
    auto const granted = rules.look({agent, to, [this](std::string const& number) { return number == listed; }}, "GB", now);
    return granted ? granted->to + granted->trunk : granted.error().code;
  }

  Settings::Phone settings;
  base::Metrics metrics;
  std::string listed;
  CallRules rules;
};

TEST(CallRules, OrdinaryNumbersOfTheOwnCountryAreCalledOthersByNameRefused) {
  Rules rules;
  EXPECT_EQ(rules.look("020 7946 0123"), "+442079460123");
  EXPECT_EQ(rules.look("+1 212 555 0123"), "country_not_allowed");
  EXPECT_EQ(rules.look("0909 879 0000"), "premium_number");
  EXPECT_EQ(rules.look("+44 20 7946 01234"), "unknown_number");
  EXPECT_EQ(rules.look("hello"), "number_not_readable");
  rules.listed = "+442079460123";
  EXPECT_EQ(rules.look("020 7946 0123"), "do_not_call");
  EXPECT_EQ(rules.metrics.counter("rapport_calls_refused_total", "", {{"why", "do_not_call"}}).value(), 1U);
}

TEST(CallRules, CallsOfBeforeTheStartCount) {
  Settings::Phone phone;
  phone.calls_per_agent_hour = 2;
  Rules rules{phone};
  rules.rules.remember("ana", noon + -10 * base::minute);
  rules.rules.remember("ana", noon + -50 * base::minute);
  rules.rules.remember("bea", noon + -2 * base::hour);
  EXPECT_EQ(rules.look("020 7946 0123"), "too_many_calls");
  EXPECT_EQ(rules.look("020 7946 0123", noon + 11 * base::minute), "+442079460123");  // the older one is no more of this hour
  EXPECT_EQ(rules.look("020 7946 0123", noon + 11 * base::minute), "too_many_calls");
  EXPECT_EQ(rules.look("020 7946 0123", noon, "bea"), "+442079460123");
}

TEST(CallRules, AListsWindowIsWithinTheHoursOfCalls) {
  Rules rules;
  auto const open = [&](base::Millis from, base::Millis to) { return rules.rules.within("GB", noon, from, to); };
  EXPECT_TRUE(open(0, base::day));
  EXPECT_TRUE(open(12 * base::hour, 13 * base::hour));
  EXPECT_FALSE(open(13 * base::hour, 14 * base::hour));
  EXPECT_FALSE(rules.rules.within("GB", noon + 9 * base::hour, 0, base::day));  // 21:00
  EXPECT_FALSE(rules.rules.within("FR", noon, 0, base::day));                   // nobody knows its clock
}

TEST(CallRules, CountriesAreThoseOfTheList) {
  Settings::Phone phone;
  phone.countries = {"US"};
  phone.call_hours = "00:00-24:00";
  Rules rules{phone};
  EXPECT_EQ(rules.look("+1 212 555 0123"), "+12125550123");
  EXPECT_EQ(rules.look("020 7946 0123"), "country_not_allowed");
}

TEST(CallRules, TheClockIsTheCalleesInAllZonesOfTheirCountry) {
  Settings::Phone phone;
  phone.countries = {"US", "GB", "FR"};
  Rules rules{phone};
  EXPECT_EQ(rules.look("020 7946 0123", noon + -4 * base::hour), "+442079460123");  // 8:00
  EXPECT_EQ(rules.look("020 7946 0123", noon + (-4 * base::hour - 1)), "outside_call_hours");
  EXPECT_EQ(rules.look("020 7946 0123", noon + 8 * base::hour), "outside_call_hours");    // 20:00
  EXPECT_EQ(rules.look("+1 212 555 0123", noon + 3 * base::hour), "outside_call_hours");  // 10:00 in New York, 7:00 in Los Angeles
  EXPECT_EQ(rules.look("+1 212 555 0123", noon + 4 * base::hour), "+12125550123");
  EXPECT_EQ(rules.look("+33 1 42 68 53 00"), "outside_call_hours");  // its clock is not known
  phone.zones = {"US=America/New_York"};
  Rules one{phone};
  EXPECT_EQ(one.look("+1 212 555 0123", noon + 3 * base::hour), "+12125550123");
}

TEST(CallRules, AnAgentsHourAndAllAtOnce) {
  Settings::Phone phone;
  phone.calls_per_agent_hour = 2;
  phone.calls_at_once = 3;
  Rules rules{phone};
  EXPECT_EQ(rules.look("020 7946 0123"), "+442079460123");
  EXPECT_EQ(rules.look("020 7946 0123", noon + base::minute), "+442079460123");
  EXPECT_EQ(rules.look("020 7946 0123", noon + 2 * base::minute), "too_many_calls");
  EXPECT_EQ(rules.look("020 7946 0123", noon + 2 * base::minute, "ben"), "+442079460123");
  EXPECT_EQ(rules.look("020 7946 0123", noon + 2 * base::minute, "ben"), "calls_at_once");
  rules.rules.over();
  EXPECT_EQ(rules.look("020 7946 0123", noon + base::hour), "+442079460123");  // ana's first is an hour ago
}

TEST(CallRules, EmergencyNumbersGoTheirOwnWay) {
  Rules refused;
  EXPECT_EQ(refused.look("999"), "emergency_number");
  Settings::Phone phone;
  phone.emergency = "city";
  phone.countries = {"FR"};
  phone.calls_at_once = 1;
  Rules rules{phone};
  EXPECT_EQ(rules.look("999", noon + 12 * base::hour), "999city");
  EXPECT_EQ(rules.look("112"), "112city");
  EXPECT_EQ(rules.rules.look_callback("999", "GB").error().code, "emergency_number");
}

TEST(CallRules, WhoAskedToBeCalledBackIsCalledAtAnyTimeButNotAnywhere) {
  Rules rules;
  EXPECT_EQ(rules.rules.look_callback("020 7946 0123", "GB")->to, "+442079460123");
  EXPECT_EQ(rules.rules.look_callback("0909 879 0000", "GB").error().code, "premium_number");
  EXPECT_EQ(rules.rules.look_callback("+1 212 555 0123", "GB").error().code, "country_not_allowed");
}

TEST(CallRules, WhereSomebodyIsSentTheHourDoesNotMatterButTheNumberDoes) {
  Rules rules;
  rules.listed = "+442079460124";
  auto const send = [&](std::string const& to) {
    auto const granted = rules.rules.look({"ana", to, [&](std::string const& number) { return number == rules.listed; }, true}, "GB", noon + 12 * base::hour);
    return granted ? granted->to : granted.error().code;
  };
  EXPECT_EQ(send("020 7946 0123"), "+442079460123");
  EXPECT_EQ(send("020 7946 0124"), "do_not_call");
  EXPECT_EQ(send("0909 879 0000"), "premium_number");
}

}  // namespace
}  // namespace rapport::app

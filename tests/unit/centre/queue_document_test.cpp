// What administrators write becomes rules of the floor, and back; what is wrong is named.
#include "centre/queue_document.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>

#include "centre/agent_document.hpp"
#include "centre/disposition_document.hpp"
#include "centre/hours_document.hpp"
#include "centre/zone_table.hpp"

namespace rapport::centre {
namespace {

using rc::gen::element;
using rc::gen::inRange;
using routing::QueueId;
using routing::SkillId;
using routing::SkillLevel;

constexpr base::Instant queue_now{1'772'442'000'000};  // 2026-03-02

/// Three skills and three queues.
Numbering numbering() {
  static std::map<std::string, std::uint16_t, std::less<>> const skills{{"billing", 0}, {"french", 1}, {"tech", 7}};
  static std::map<std::string, std::uint32_t, std::less<>> const queues{{"backup", 1}, {"night", 2}, {"front", 3}};
  auto const number = []<typename Id>(auto const& names, std::string_view slug) -> std::optional<Id> {
    auto const found = names.find(slug);
    return found == names.end() ? std::nullopt : std::optional{static_cast<Id>(found->second)};
  };
  auto const slug = [](auto const& names, auto id) -> std::string {
    for (auto const& [name, one] : names) {
      if (one == static_cast<std::remove_cvref_t<decltype(one)>>(id)) return name;
    }
    return {};
  };
  return {[=](std::string_view text) { return number.operator()<SkillId>(skills, text); },
          [=](std::string_view text) { return number.operator()<QueueId>(queues, text); },
          [=](SkillId id) { return slug(skills, id); }, [=](QueueId id) { return slug(queues, id); }};
}

std::string queue_error(std::string_view text) {
  auto const queue = parse_queue(text, numbering(), queue_now);
  return queue ? "read" : queue.error().message;
}

TEST(QueueDocument, WhatIsLeftOutIsAsTheFloorHasIt) {
  auto const queue = parse_queue("{\"number\": 5}", numbering(), queue_now);
  ASSERT_TRUE(static_cast<bool>(queue)) << queue.error().message;
  routing::Queue plain;
  plain.id = QueueId{5};
  EXPECT_EQ(queue->rules, plain);
  EXPECT_EQ(queue->dispositions, nullptr);
}

TEST(QueueDocument, EveryField) {
  auto const queue = parse_queue(R"({"number": 5, "label": "Billing", "priority": 2, "needs": {"billing": 3, "french": 1},
    "relax": [{"after_seconds": 30, "skill": "billing", "level": 2}, {"after_seconds": 60.5, "skill": "french"}],
    "strategy": "most_skilled", "age_every_seconds": 60, "target_seconds": 30, "target_percent": 82.5,
    "hours": {"zone": "Europe/London", "week": {"mon": ["09:00-12:30", "13:30-17:00"], "sun": ["10:00-24:00"]},
              "holidays": [{"date": "2026-12-25"}, {"date": "2026-12-24", "open": ["09:00-12:00"]}]},
    "accepts_when_closed": true, "closed_to": "night", "waiting_max": 50, "offer_seconds": 15, "acknowledge_seconds": 45,
    "wrap_up_seconds": 0, "refusal_pause_seconds": 5, "not_responding_seconds": 90, "affinity_seconds": 12, "fair_load": 2,
    "directed_seconds": 33, "unanswered_max": 3, "overflow_after_seconds": 120, "overflow_to": "backup",
    "transfer_keeps_entry": false, "callback_retry_seconds": 300, "callback_attempts_max": 4,
    "dispositions": {"reasons": [{"id": "refund", "label": "Refund"}]}})",
                                 numbering(), queue_now);
  ASSERT_TRUE(static_cast<bool>(queue)) << queue.error().message;
  routing::Queue const& rules = queue->rules;
  EXPECT_EQ(rules.needs.skills()[0], (SkillLevel{SkillId{0}, 3}));
  EXPECT_EQ(rules.relax, (std::vector<routing::RelaxStep>{{30'000, {SkillId{0}, 2}}, {60'500, {SkillId{1}, 0}}}));
  EXPECT_EQ(rules.strategy, routing::Strategy::most_skilled);
  EXPECT_EQ(rules.target_thousandths, 825);
  EXPECT_EQ(rules.closed_to, QueueId{2});
  EXPECT_EQ(rules.overflow_to, QueueId{1});
  EXPECT_EQ(rules.wrap_up_ms, 0);
  EXPECT_EQ(rules.callback_retry_ms, 300'000);
  EXPECT_TRUE(queue->dispositions->allows("refund"));
  EXPECT_EQ(routing::check(rules), std::nullopt);
  // Summer time in London from 2026-03-29 01:00 UTC: half past eight by UTC is half past nine by the clock.
  auto const at = [](char const* text) { return *base::parse_rfc3339(text); };
  EXPECT_FALSE(routing::is_open(rules.hours, at("2026-03-23T08:30:00Z")));
  EXPECT_TRUE(routing::is_open(rules.hours, at("2026-03-30T08:30:00Z")));
  EXPECT_FALSE(routing::is_open(rules.hours, at("2026-03-30T11:45:00Z")));
  EXPECT_TRUE(routing::is_open(rules.hours, at("2026-12-24T09:30:00Z")));
  EXPECT_FALSE(routing::is_open(rules.hours, at("2026-12-25T09:30:00Z")));
  EXPECT_TRUE(routing::is_open(rules.hours, at("2027-01-03T23:59:00Z")));
  // And back, also through text.
  auto const document = queue_json(*queue, numbering());
  auto const again = read_queue(document, numbering(), queue_now);
  ASSERT_TRUE(static_cast<bool>(again)) << again.error().message;
  EXPECT_EQ(*again, *queue);
  EXPECT_EQ(document.at("hours").at("week").at("mon"), json::parse(R"(["09:00-12:30","13:30-17:00"])"));
  EXPECT_EQ(document.at("hours").at("holidays"), json::parse(R"([{"date":"2026-12-25"},{"date":"2026-12-24","open":["09:00-12:00"]}])"));
}

QueueDocument any_queue() {
  QueueDocument queue;
  routing::Queue& rules = queue.rules;
  auto const span = [](bool or_off) -> base::Millis {
    if (or_off && *inRange(0, 2) == 0) return 0;
    return *inRange<base::Millis>(base::second, 7 * base::day);
  };
  rules.id = QueueId{*inRange<std::uint32_t>(4, 1'000'000)};
  queue.label = *element<std::string>("", "Billing", "Größe \"x\"");
  queue.music = *element<std::string>("", "calm");
  rules.priority = static_cast<std::uint8_t>(*inRange(0, 11));
  for (std::uint16_t const skill : std::array<std::uint16_t, 3>{0, 1, 7}) {
    if (*inRange(0, 2) == 0) RC_ASSERT(rules.needs.add({SkillId{skill}, static_cast<std::uint8_t>(*inRange(1, 11))}));
  }
  base::Millis after = 0;
  for (int steps = *inRange(0, 8); steps > 0; --steps) {
    after += *inRange<base::Millis>(base::second, base::minute);
    rules.relax.push_back({after, {SkillId{*element<std::uint16_t>(0, 1, 7)}, static_cast<std::uint8_t>(*inRange(0, 11))}});
  }
  rules.strategy = static_cast<routing::Strategy>(*inRange(0, 3));
  rules.age_every_ms = span(true);
  rules.target_ms = *inRange<base::Millis>(0, base::hour);
  rules.target_thousandths = *inRange(0, 1'001);
  rules.accepts_when_closed = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) rules.closed_to = QueueId{2};
  if (*rc::gen::arbitrary<bool>()) rules.overflow_to = QueueId{3};
  rules.waiting_max = *inRange<std::uint32_t>(0, 1'000);
  rules.offer_ms = span(false);
  rules.acknowledge_ms = span(false);
  rules.wrap_up_ms = span(true);
  rules.refusal_pause_ms = span(false);
  rules.not_responding_ms = span(false);
  rules.affinity_ms = span(true);
  rules.fair_load = static_cast<std::uint8_t>(*inRange(1, 256));
  rules.directed_ms = span(false);
  rules.unanswered_max = static_cast<std::uint8_t>(*inRange(0, 101));
  rules.overflow_after_ms = span(true);
  rules.transfer_keeps_entry = *rc::gen::arbitrary<bool>();
  rules.callback_retry_ms = span(false);
  rules.callback_attempts_max = static_cast<std::uint8_t>(*inRange(1, 21));
  if (*rc::gen::arbitrary<bool>()) {
    queue.zone = *element<std::string>("UTC", "Europe/London", "America/New_York", "Asia/Kolkata");
    rules.hours.zone = *zone_table(queue.zone, queue_now);
    rules.hours.week = {{0, 0, *inRange(1, 1'440)}, {*inRange(1, 7), *inRange(0, 600), *inRange(601, 1'441)}};
    if (*rc::gen::arbitrary<bool>()) rules.hours.holidays = {{*inRange(0, 40'000), 0, 0}, {40'001, 60, 120}, {40'001, 180, 240}};
  }
  return queue;
}

RC_GTEST_PROP(QueueDocument, WrittenAndReadIsTheSame, ()) {
  QueueDocument const queue = any_queue();
  RC_ASSERT(!routing::check(queue.rules));
  std::string const text = json::serialize(queue_json(queue, numbering()));
  auto const back = parse_queue(text, numbering(), queue_now);
  RC_LOG() << text;
  if (!back) RC_LOG() << back.error().message;
  RC_ASSERT(static_cast<bool>(back));
  RC_ASSERT(*back == queue);
}

TEST(QueueDocument, SaysWhatIsWrong) {
  EXPECT_EQ(queue_error("{").rfind("queue: not valid JSON", 0), 0U);
  EXPECT_EQ(queue_error("[]"), "found a list; expected an object");
  EXPECT_EQ(queue_error("{}"), "field \"number\" is missing");
  EXPECT_EQ(queue_error(R"({"number":1,"offer_secs":20})"), "offer_secs: unknown field");
  EXPECT_EQ(queue_error(R"({"number":1,"offer_seconds":"20s"})"),
            "offer_seconds: found \"20s\"; expected seconds from 1 to 604800, with at most three decimals");
  EXPECT_EQ(queue_error(R"({"number":1,"wrap_up_seconds":0.5})"),
            "wrap_up_seconds: found 5E-1; expected 0 or seconds from 1 to 604800, with at most three decimals");
  EXPECT_EQ(queue_error(R"({"number":1,"priority":11})"), "priority: found 11; expected a whole number from 0 to 10");
  EXPECT_EQ(queue_error(R"({"number":1,"needs":{"frnch":1}})"), "needs.frnch: unknown skill; expected the slug of a skill");
  EXPECT_EQ(queue_error(R"({"number":1,"needs":{"french":0}})"), "needs.french: found 0; expected a whole number from 1 to 10");
  EXPECT_EQ(queue_error(R"({"number":1,"overflow_to":"nowhere"})"), "overflow_to: found \"nowhere\"; expected the slug of a queue");
  EXPECT_EQ(queue_error(R"({"number":1,"overflow_to":"backup"})"), "overflow_to: a queue cannot overflow to itself");
  EXPECT_EQ(queue_error(R"({"number":1,"relax":[{"after_seconds":9,"skill":"tech"},{"after_seconds":8,"skill":"tech"}]})"),
            "relax[1].after_seconds: comes before the step above it; expected steps in order of time");
  EXPECT_EQ(queue_error(R"({"number":1,"relax":[{"after_seconds":9,"skill":"tech","levle":1}]})"), "relax[0].levle: unknown field");
  EXPECT_EQ(queue_error(R"({"number":1,"relax":[{"skill":"tech"}]})"), "relax[0]: field \"after_seconds\" is missing");
  EXPECT_EQ(queue_error(R"({"number":1,"target_percent":101})"), "target_percent: found 101; expected a number from 0 to 100");
  EXPECT_EQ(queue_error(R"({"number":1,"strategy":"random"})"),
            "strategy: found \"random\"; expected one of longest_idle, most_skilled, least_loaded");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"zone":"Europe/Lunnon"}})"),
            "hours.zone: found \"Europe/Lunnon\"; expected an IANA time zone such as Europe/London");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{"monday":[]}}})"), "hours.week.monday: unknown field");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{"mon":["17:00-09:00"]}}})").rfind("hours.week.mon[0]: found \"17:00-09:00\"; expected hours", 0), 0U);
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{"mon":["09:00-12:00","11:59-13:00"]}}})"),
            "hours.week.mon[1]: 11:59-13:00 overlaps with other hours of that day");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{}}})"),
            "hours: no day of the week has hours; leave the field out for a queue that is always open");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{"mon":["09:00-10:00"]},"holidays":[{"date":"2026-02-30"}]}})"),
            "hours.holidays[0].date: found \"2026-02-30\"; expected a date such as 2026-12-25");
  EXPECT_EQ(queue_error(R"({"number":1,"hours":{"week":{"mon":["09:00-10:00"]},"holidays":[{"date":"2026-12-25"},{"date":"2026-12-25"}]}})"),
            "hours.holidays[1].date: 2026-12-25 stands in the list twice");
}

TEST(ZoneTable, KnowsTheYearsAround) {
  EXPECT_TRUE(is_zone("UTC"));
  EXPECT_TRUE(is_zone("Europe/London"));
  EXPECT_FALSE(is_zone("Europe/Lunnon"));
  EXPECT_EQ(zone_table("Europe/Lunnon", queue_now), std::nullopt);
  EXPECT_TRUE(zone_table("UTC", queue_now)->empty());
  auto const london = *zone_table("Europe/London", queue_now);
  EXPECT_EQ(london.front(), (routing::ZoneChange{*base::parse_rfc3339("2025-01-01T00:00:00Z"), 0}));
  EXPECT_EQ(london[1], (routing::ZoneChange{*base::parse_rfc3339("2025-03-30T01:00:00Z"), base::hour}));
  EXPECT_EQ(london.size(), 25U) << "twelve summers";
}

TEST(AgentDocument, ThereAndBack) {
  routing::AgentId const id{1, 2};
  auto const plain = parse_agent("{}", id, numbering());
  ASSERT_TRUE(static_cast<bool>(plain));
  EXPECT_EQ(plain->capacity, (routing::Capacities{1, 0, 0, 0}));
  auto const agent = parse_agent(R"({"skills":{"french":5,"billing":3},"capacity":{"chat":3},"mixes_channels":true})", id, numbering());
  ASSERT_TRUE(static_cast<bool>(agent)) << agent.error().message;
  EXPECT_EQ(agent->capacity, (routing::Capacities{0, 3, 0, 0}));
  auto const again = read_agent(agent_json(*agent, numbering()), id, numbering());
  ASSERT_TRUE(static_cast<bool>(again)) << again.error().message;
  EXPECT_EQ(*again, *agent);
}

TEST(AgentDocument, SaysWhatIsWrong) {
  auto const queue_error = [](std::string_view text, routing::AgentId id = {1, 2}) {
    auto const agent = parse_agent(text, id, numbering());
    return agent ? std::string{"read"} : agent.error().message;
  };
  EXPECT_EQ(queue_error(R"({"skills":{"german":5}})"), "skills.german: unknown skill; expected the slug of a skill");
  EXPECT_EQ(queue_error(R"({"skills":["billing"]})"), "skills: found a list; expected skills with levels such as {\"billing\": 3}");
  EXPECT_EQ(queue_error(R"({"capacity":{"voice":21}})"), "capacity.voice: found 21; expected a whole number from 0 to 20");
  EXPECT_EQ(queue_error(R"({"capacity":{"phone":1}})"), "capacity.phone: unknown field");
  EXPECT_EQ(queue_error("{}", {}), "this agent has no id, or one skill twice");
}

TEST(Dispositions, OnlyReasonsWithoutChildrenAreAllowed) {
  auto const text = R"({"reasons":[{"id":"billing","label":"Billing","outcomes":["resolved","follow_up"],"children":[
    {"id":"billing.refund","label":"Refund"},{"id":"billing.wrong","label":"Wrong bill","outcomes":["unresolved"]}]},
    {"id":"other","label":"Other"}]})";
  auto const tree = read_dispositions(json::parse(text));
  ASSERT_TRUE(static_cast<bool>(tree)) << tree.error().message;
  EXPECT_FALSE(tree->allows("billing"));
  EXPECT_TRUE(tree->allows("billing.refund"));
  EXPECT_FALSE(tree->allows("unheard-of"));
  EXPECT_TRUE(tree->allows("billing.refund", "follow_up")) << "from the reason above";
  EXPECT_FALSE(tree->allows("billing.refund", "unresolved"));
  EXPECT_TRUE(tree->allows("billing.wrong", "unresolved"));
  EXPECT_FALSE(tree->allows("billing.wrong", "resolved"));
  EXPECT_TRUE(tree->allows("other", "unresolved"));
  EXPECT_FALSE(tree->allows("other", "sold"));
  auto const again = read_dispositions(dispositions_json(*tree));
  ASSERT_TRUE(static_cast<bool>(again));
  EXPECT_EQ(*again, *tree);
}

TEST(Dispositions, SaysWhatIsWrong) {
  auto const queue_error = [](std::string const& reasons) {
    auto const tree = read_dispositions(json::parse("{\"reasons\":" + reasons + "}"));
    return tree ? std::string{"read"} : tree.error().message;
  };
  EXPECT_EQ(queue_error(R"([{"id":"Has Space","label":"x"}])").rfind("reasons[0].id: found \"Has Space\"; expected a short name", 0), 0U);
  EXPECT_EQ(queue_error(R"([{"id":"a","label":"x","children":[{"id":"a","label":"y"}]}])"), "reasons[0].children[0].id: \"a\" stands in the tree twice");
  EXPECT_EQ(queue_error(R"([{"id":"a","label":""}])"), "reasons[0].label: found \"\"; expected text of 1 to 100 bytes");
  EXPECT_EQ(queue_error(R"([{"id":"a","label":"x","outcomes":["won"]}])"),
            "reasons[0].outcomes[0]: found \"won\"; expected resolved, unresolved or follow_up, each once");
  std::string deep = R"([{"id":"l0","label":"x"}])";
  for (std::size_t level = 1; level <= limits::disposition_depth_max; ++level)
    deep = "[{\"id\":\"l" + std::to_string(level) + "\",\"label\":\"x\",\"children\":" + deep + "}]";
  EXPECT_NE(queue_error(deep).find("disposition_depth_max"), std::string::npos);
  std::string many;
  for (std::size_t number = 0; number <= limits::dispositions_max; ++number)
    many += (many.empty() ? "[" : ",") + std::string{"{\"label\":\"x\",\"id\":\"r"} + std::to_string(number) + "\"}";
  EXPECT_NE(queue_error(many + "]").find("dispositions_max"), std::string::npos);
}

}  // namespace
}  // namespace rapport::centre

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "support/imports.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::EventKind;
using domain::Role;
using domain::Source;
using domain::Value;
using rapport::test::read_bytes;
using rapport::test::read_one;

constexpr char const* whole = R"({
  "format": 1, "id": "i-001", "channel": "voice", "direction": "outbound",
  "started_at": "2026-03-02T09:15:00Z", "time_zone": "Europe/London", "language": "en-GB",
  "brand": "northwind", "company": "Northwind Energy", "queue": "billing", "case": "k-77",
  "observed": ["words", "timing", "desk"],
  "participants": [
    {"id": "p1", "role": "agent", "person": "a-dana", "name": "Dana", "team": "blue"},
    {"id": "p2", "role": "customer", "person": "c-118", "name": "Pat Brown", "preferred_channel": "chat",
     "identifiers": [{"type": "tel", "value": "+15550100", "verified": true}], "known": {"account_number": "88123", "years": 4}}],
  "history": [{"at": "2026-03-01T00:00:00Z", "channel": "chat", "summary": "asked for a refund"}],
  "weather": {"sky": "grey"},
  "events": [
    {"at_ms": 1200, "kind": "utterance", "by": "agent", "participant": "p1", "end_ms": 3400, "text": "Good morning",
     "id": "e1", "seq": 3, "confidence": 0.875, "recorded_at": "2026-03-02T09:15:05Z", "revises": "e0", "leg": "a", "source": "asr-2", "language": "de"},
    {"at_ms": 5000, "kind": "remedy", "by": "agent", "what": "refund", "amount": 12.5, "currency": "EUR", "limit": 50, "approved_by": null},
    {"at_ms": 6000, "kind": "context", "known": {"name": "Pat", "deep": {"a": [1, 2]}}, "consent_required": true, "limits": {}},
    {"at_ms": 7000, "kind": "mood_ring", "colour": "blue"}
  ]})";

TEST(InteractionFormat, ReadsTheHead) {
  Imported const imported = read_one(whole, "f.json");
  domain::Interaction const& head = imported.head;
  EXPECT_EQ(head.id, "i-001");
  EXPECT_EQ(head.channel, domain::Channel::voice);
  EXPECT_EQ(head.direction, domain::Direction::outbound);
  EXPECT_EQ(head.started_at.since_epoch, 1'772'442'900'000);
  EXPECT_EQ(head.time_zone, "Europe/London");
  EXPECT_EQ(head.language, "en-GB");
  EXPECT_EQ(head.brand, "northwind");
  EXPECT_EQ(head.company, "Northwind Energy");
  EXPECT_EQ(head.queue, "billing");
  EXPECT_EQ(head.case_id, "k-77");
  EXPECT_EQ(head.observed, (domain::SourceSet{Source::words, Source::timing, Source::desk}));
  ASSERT_EQ(head.history.size(), 1U);
  EXPECT_EQ(head.history[0].summary, "asked for a refund");
  EXPECT_EQ(head.extra, (std::vector<domain::Attribute>{{"weather", "sky", Value::of_text("grey")}}));
}

TEST(InteractionFormat, ReadsParticipants) {
  Imported const imported = read_one(whole, "f.json");
  ASSERT_EQ(imported.head.participants.size(), 2U);
  domain::Participant const& agent = imported.head.participants[0];
  EXPECT_EQ(agent.role, Role::agent);
  EXPECT_EQ(agent.person, "a-dana");
  EXPECT_EQ(agent.extra, (std::vector<domain::Attribute>{{{}, "team", Value::of_text("blue")}}));
  domain::Participant const& customer = imported.head.participants[1];
  EXPECT_EQ(customer.preferred_channel, "chat");
  ASSERT_EQ(customer.identifiers.size(), 1U);
  EXPECT_TRUE(customer.identifiers[0].verified);
  ASSERT_EQ(customer.known.size(), 2U);
  EXPECT_EQ(customer.known[0].value, Value::of_text("88123"));
  EXPECT_EQ(customer.known[1].value, Value::of_thousandths(4'000));
}

TEST(InteractionFormat, ReadsEvents) {
  Imported const imported = read_one(whole, "f.json");
  ASSERT_EQ(imported.events.size(), 4U);
  domain::Event const& words = imported.events[0];
  EXPECT_EQ(words.kind, EventKind::utterance);
  EXPECT_EQ(words.by, Role::agent);
  EXPECT_EQ(words.participant, 0);
  EXPECT_EQ(words.at_ms, 1'200);
  EXPECT_EQ(words.end_ms, 3'400);
  EXPECT_EQ(words.text, "Good morning");
  EXPECT_EQ(words.id, "e1");
  EXPECT_EQ(words.seq, 3);
  EXPECT_EQ(words.confidence, 875);
  EXPECT_EQ(words.recorded_at, base::Instant{1'772'442'905'000});
  EXPECT_EQ(words.revises, "e0");
  EXPECT_EQ(words.leg, "a");
  EXPECT_EQ(words.source, "asr-2");
  EXPECT_EQ(words.language, "de");
  EXPECT_EQ(imported.events[1].find("amount")->number, 12'500);
  EXPECT_EQ(imported.events[1].find("approved_by")->text, "null");
  domain::Event const& context = imported.events[2];
  EXPECT_EQ(context.find("known", "name")->text, "Pat");
  EXPECT_EQ(*context.find("known", "deep"), Value::of_json(R"({"a":[1,2]})"));
  EXPECT_EQ(*context.find("consent_required"), Value::of_boolean(true));
  EXPECT_EQ(*context.find("limits"), Value::of_json("{}"));
  EXPECT_EQ(imported.events[3].kind, EventKind::other);
  EXPECT_EQ(imported.events[3].text_of("kind"), "mood_ring");
}

TEST(InteractionFormat, KeepsAndReportsWhatItDoesNotKnow) {
  Imported const imported = read_one(whole, "f.json");
  EXPECT_EQ(imported.warnings, (std::vector<std::string>{"unknown field \"team\" in a participant kept", "unknown field \"weather\" in the head kept",
                                                         "unknown field \"approved_by\" in remedy events kept",
                                                         "unknown event kind \"mood_ring\" kept"}));
  EXPECT_EQ(read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "events": [{"at_ms": 0, "kind": "mesage", "by": "agent", "text": "x"}]})", "f.json").warnings,
            (std::vector<std::string>{"unknown event kind \"mesage\" kept; did you mean \"message\"?"}));
}

TEST(InteractionFormat, AcceptsTheShorthandForTheTwoUsualParticipants) {
  Imported const imported = read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z",
    "agent": {"id": "a-dana", "name": "Dana"}, "customer": {"name": "Pat", "preferred_channel": "chat", "known": {"plan": "gold"}},
    "events": [{"at_ms": 0, "kind": "message", "by": "agent", "participant": "a-dana", "text": "hi"}]})",
                                     "f.json");
  ASSERT_EQ(imported.head.participants.size(), 2U);
  EXPECT_EQ(imported.head.participants[0].id, "a-dana");
  EXPECT_EQ(imported.head.participants[0].person, "a-dana");
  EXPECT_EQ(imported.head.participants[0].role, Role::agent);
  EXPECT_EQ(imported.head.participants[1].id, "customer");
  EXPECT_EQ(imported.head.participants[1].role, Role::customer);
  EXPECT_EQ(imported.head.participants[1].known.size(), 1U);
  EXPECT_TRUE(imported.warnings.empty());
}

TEST(InteractionFormat, OfAKindNamedTwiceTheLastCounts) {
  Imported const imported = read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "events": [
    {"at_ms": 0, "kind": "mood_ring", "kind": "note", "colour": "blue"}, {"at_ms": 0, "kind": "a", "kind": "b"}]})",
                                     "f.json");
  EXPECT_EQ(imported.events[0].kind, EventKind::note);
  EXPECT_EQ(imported.events[0].attributes.size(), 1U);
  EXPECT_EQ(imported.events[1].text_of("kind"), "b");
  EXPECT_EQ(imported.events[1].attributes.size(), 1U);
}

TEST(InteractionFormat, HasItsDefaults) {
  Imported const imported = read_one(R"({"id": "i", "channel": "email", "started_at": "2026-03-02T09:15:00Z", "brand": null})", "f.json");
  EXPECT_EQ(imported.head.direction, domain::Direction::inbound);
  EXPECT_EQ(imported.head.time_zone, "UTC");
  EXPECT_EQ(imported.head.language, "en");
  EXPECT_EQ(imported.head.observed, std::nullopt);
  EXPECT_TRUE(imported.events.empty());
}

TEST(InteractionFormat, KeepsNumbersThatThousandthsCannotHold) {
  Imported const imported = read_one(R"({"id": "i", "channel": "email", "started_at": "2026-03-02T09:15:00Z", "pi": 3.14159, "big": 123456789012345678, "huge": 18446744073709551615, "small": -0.125})", "f.json");
  EXPECT_EQ(imported.head.extra[0].value, Value::of_json("3.14159"));
  EXPECT_EQ(imported.head.extra[1].value, Value::of_json("123456789012345678"));
  EXPECT_EQ(imported.head.extra[2].value, Value::of_json("18446744073709551615"));
  EXPECT_EQ(imported.head.extra[3].value, Value::of_thousandths(-125));
}

// A mistake in one event or head field, and what the error says of it.
struct Mistake {
  char const* json;
  char const* error;
};

class AWrongEvent : public testing::TestWithParam<Mistake> {};

TEST_P(AWrongEvent, IsNamedWithLineFieldAndWhatWasExpected) {
  std::string const text = fmt::format(
      "{{\"id\": \"i-1\",\n \"channel\": \"voice\",\n \"started_at\": \"2026-03-02T09:15:00Z\",\n"
      " \"participants\": [{{\"id\": \"p1\", \"role\": \"agent\"}}],\n \"events\": [\n  {}]}}",
      GetParam().json);
  auto const read = read_bytes(text, "calls/f.json");
  EXPECT_TRUE(read.interactions.empty());
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0], GetParam().error);
}

#define AT(line) "calls/f.json:" line ": interaction \"i-1\": "
#define MILLIS "expected a whole number of milliseconds from the start, up to interaction_span_max, 10 years"

INSTANTIATE_TEST_SUITE_P(
    Table, AWrongEvent,
    testing::Values(
        Mistake{"7", AT("6") "events[0]: found 7; expected an object"},
        Mistake{"{\"kind\": \"note\"}", AT("6") "events[0]: field \"at_ms\" is missing; " MILLIS},
        Mistake{"{\"at_ms\": 5}", AT("6") "events[0]: field \"kind\" is missing; expected an event kind such as utterance"},
        Mistake{"{\"at_ms\": 5, \"kind\": 7}", AT("6") "events[0].kind: found 7; expected an event kind such as utterance"},
        Mistake{"{\"at_ms\": -5, \"kind\": \"note\"}", AT("6") "events[0].at_ms: found -5; " MILLIS},
        Mistake{"{\"at_ms\": 1.5, \"kind\": \"note\"}", AT("6") "events[0].at_ms: found 1.5; " MILLIS},
        Mistake{"{\"at_ms\": \"5\", \"kind\": \"note\"}", AT("6") "events[0].at_ms: found \"5\"; " MILLIS},
        Mistake{"{\"at_ms\": 315360000001, \"kind\": \"note\"}", AT("6") "events[0].at_ms: found 315360000001; " MILLIS},
        Mistake{"{\"at_ms\": null, \"kind\": \"note\"}", AT("6") "events[0].at_ms: found null; " MILLIS},
        Mistake{"{\"at_ms\": 5, \"kind\": \"hold\",\n   \"end_ms\": 4}", AT("7") "events[0].end_ms: found 4; expected no less than at_ms, 5"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"utterance\", \"text\": \"x\"}", AT("6") "events[0]: field \"by\" is missing; expected customer, agent, supervisor or bot"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"utterance\", \"by\": \"agent\"}", AT("6") "events[0]: field \"text\" is missing; expected what was said or written"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"message\", \"by\": \"clerk\", \"text\": \"\"}", AT("6") "events[0].by: found \"clerk\"; expected customer, agent, supervisor or bot"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"message\", \"by\": \"agent\", \"text\": 12}", AT("6") "events[0].text: found 12; expected text"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"speech\", \"by\": \"agent\"}", AT("6") "events[0]: field \"end_ms\" is missing; " MILLIS},
        Mistake{"{\"at_ms\": 5, \"kind\": \"note\"},\n {\"at_ms\": 6, \"kind\": \"note\",\n \"participant\": \"p9\"}", AT("8") "events[1].participant: found \"p9\"; expected the id of one of the participants"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"note\", \"confidence\": 1.5}", AT("6") "events[0].confidence: found 1.5; expected a number from 0 to 1"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"note\", \"recorded_at\": \"today\"}", AT("6") "events[0].recorded_at: found \"today\"; expected an RFC 3339 date and time such as 2026-03-02T09:15:00Z"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"transfer\", \"mode\": \"tepid\"}", AT("6") "events[0].mode: found \"tepid\"; expected cold or warm"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"disposition\", \"outcome\": \"fine\"}", AT("6") "events[0].outcome: found \"fine\"; expected resolved, unresolved or follow_up"},
        Mistake{"{\"amount\": \"fifty\", \"at_ms\": 5, \"kind\": \"remedy\"}", AT("6") "events[0].amount: found \"fifty\"; expected a number"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"consent\", \"given\": \"yes\"}", AT("6") "events[0].given: found \"yes\"; expected true or false"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"context\", \"known\": [1]}", AT("6") "events[0].known: found a list; expected an object"},
        Mistake{"{\"at_ms\": 5, \"kind\": \"note\", \"seq\": 99999999999999999999}", "calls/f.json:6: not valid JSON: column 39: found \"9\"; expected a number that 64 bits hold"}));

class AWrongHead : public testing::TestWithParam<Mistake> {};

TEST_P(AWrongHead, IsNamedWithLineFieldAndWhatWasExpected) {
  auto const read = read_bytes(GetParam().json, "f.json");
  EXPECT_TRUE(read.interactions.empty());
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_EQ(read.errors[0], GetParam().error);
}

#define START "\"started_at\": \"2026-03-02T09:15:00Z\""

INSTANTIATE_TEST_SUITE_P(
    Table, AWrongHead,
    testing::Values(
        Mistake{"{}", "f.json:1: field \"id\" is missing; expected the interaction's id"},
        Mistake{"{\"id\": \"\", \"channel\": \"voice\", " START "}", "f.json:1: id: found \"\"; expected text that is not empty"},
        Mistake{"{\"id\": 17, \"channel\": \"voice\", " START "}", "f.json:1: id: found 17; expected text"},
        Mistake{"{\"id\": \"i\", " START "}", "f.json:1: interaction \"i\": field \"channel\" is missing; expected voice, chat, email or message"},
        Mistake{"{\"id\": \"i\",\n\"channel\": \"fax\", " START "}", "f.json:2: interaction \"i\": channel: found \"fax\"; expected voice, chat, email or message"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\"}", "f.json:1: interaction \"i\": field \"started_at\" is missing; expected an RFC 3339 date and time such as 2026-03-02T09:15:00Z"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", \"started_at\": \"2 March\"}", "f.json:1: interaction \"i\": started_at: found \"2 March\"; expected an RFC 3339 date and time such as 2026-03-02T09:15:00Z"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"format\": 2}", "f.json:1: interaction \"i\": format: found 2; expected 1, the only version of this format"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"time_zone\": \"Mars/Phobos\"}", "f.json:1: interaction \"i\": time_zone: found \"Mars/Phobos\"; expected an IANA time zone such as Europe/London"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"language\": \"english please\"}", "f.json:1: interaction \"i\": language: found \"english please\"; expected a BCP 47 language such as en or de-AT"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"direction\": \"up\"}", "f.json:1: interaction \"i\": direction: found \"up\"; expected inbound or outbound"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"observed\": [\"words\", \"thoughts\"]}", "f.json:1: interaction \"i\": observed[1]: found \"thoughts\"; expected words, timing, telephony, desk, journey, audio or survey"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"events\": {}}", "f.json:1: interaction \"i\": events: found an object; expected a list"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"participants\": [{\"id\": \"p\"}]}", "f.json:1: interaction \"i\": participants[0]: field \"role\" is missing; expected customer, agent, supervisor or bot"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"participants\": [{\"id\": \"p\", \"role\": \"agent\"},\n{\"id\": \"p\", \"role\": \"agent\"}]}", "f.json:2: interaction \"i\": participants[1]: a second participant has the id \"p\"; expected one each"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"agent\": \"Dana\"}", "f.json:1: interaction \"i\": agent: found \"Dana\"; expected an object"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"agent\": {\"role\": \"customer\"}}", "f.json:1: interaction \"i\": agent.role: found \"customer\"; expected agent"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"customer\": {\"identifiers\": [{\"type\": \"tel\"}]}}", "f.json:1: interaction \"i\": customer.identifiers[0]: field \"value\" is missing; expected the identifier itself"},
        Mistake{"{\"id\": \"i\", \"channel\": \"voice\", " START ", \"history\": [{\"at\": 5}]}", "f.json:1: interaction \"i\": history[0].at: found 5; expected an RFC 3339 date and time such as 2026-03-02T09:15:00Z"}));

TEST(InteractionFormat, WarnsWhereParticipantAndRoleDisagree) {
  Imported const imported = read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "participants": [{"id": "p1", "role": "customer"}],
    "events": [{"at_ms": 0, "kind": "message", "by": "agent", "participant": "p1", "text": "hi"}]})",
                                     "f.json");
  EXPECT_EQ(imported.warnings, std::vector<std::string>{"an event is by the agent, but its participant \"p1\" is a customer"});
}

}  // namespace
}  // namespace rapport::timeline::formats

#include <gtest/gtest.h>

#include <algorithm>

#include "support/imports.hpp"
#include "timeline/formats/writer.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Channel;
using domain::EventKind;
using domain::Role;
using domain::Source;
using rapport::test::read_bytes;
using rapport::test::read_one;

Imported read(std::string fields) { return read_one("{\"vcon\": \"0.0.2\", \"uuid\": \"u-1\", " + std::move(fields) + "}", "v.json"); }

constexpr char const* two_parties = R"("parties": [{"tel": "tel:+15550100", "name": "Pat"}, {"mailto": "dana@example.org", "name": "Dana", "role": "agent"}])";

TEST(Vcon, OfTextsIsAChat) {
  Imported const imported = read(std::string{two_parties} + R"(, "subject": "A bill", "dialog": [
    {"type": "text", "start": "2026-03-02T09:15:00Z", "parties": [0, 1], "mediatype": "text/plain", "encoding": "none", "body": "My bill is wrong"},
    {"type": "text", "start": "2026-03-02T09:15:30.500Z", "parties": [0, 1], "originator": 1, "mimetype": "text/html", "encoding": "base64url", "body": "PHA-SSBhbSBzb3JyeTwvcD4"}])");
  EXPECT_EQ(imported.head.id, "u-1");
  EXPECT_EQ(imported.head.channel, Channel::chat);
  EXPECT_EQ(imported.head.started_at.since_epoch, 1'772'442'900'000);
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[0].kind, EventKind::message);
  EXPECT_EQ(imported.events[0].by, Role::customer);
  EXPECT_EQ(imported.events[1].by, Role::agent);
  EXPECT_EQ(imported.events[1].at_ms, 30'500);
  EXPECT_EQ(imported.events[1].text, "I am sorry\n");
  EXPECT_EQ(imported.head.extra[0].value.text, "A bill");
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::words, Source::timing}));
}

TEST(Vcon, TellsItsChannelByWhatItHolds) {
  auto const channel = [](std::string_view parties, std::string_view dialog) {
    return read("\"parties\": [" + std::string{parties} + "], \"dialog\": [{\"type\": \"text\", \"parties\": [0], \"body\": \"hi\", " + std::string{dialog} + "}]").head.channel;
  };
  EXPECT_EQ(channel(R"({"tel": "1"}, {"tel": "2"})", R"("mimetype": "text/plain")"), Channel::message);
  EXPECT_EQ(channel(R"({"mailto": "a@b"}, {"mailto": "c@d"})", R"("mimetype": "text/plain")"), Channel::email);
  EXPECT_EQ(channel(R"({"name": "a"}, {"tel": "2"})", R"("mimetype": "text/plain")"), Channel::chat);
  EXPECT_EQ(channel(R"({"name": "a"})", R"("mediatype": "message/rfc822")"), Channel::email);
  EXPECT_EQ(channel(R"({"name": "a"})", R"("mediatype": "text/plain", "application": "whatsapp")"), Channel::message);
}

TEST(Vcon, WithoutDialogsIsAnInteractionWithoutEvents) {
  for (char const* text : {R"({"vcon": "0.0.1", "parties": [], "dialog": []})", R"({"vcon": "0.4.0"})", R"({"uuid": "x", "parties": null, "dialog": null, "analysis": null, "attachments": null})",
                           R"({"parties": [{}], "analysis": []})"}) {
    Imported const imported = read_one(text, "v.json");
    EXPECT_EQ(imported.format, Format::vcon) << text;
    EXPECT_TRUE(imported.events.empty());
    EXPECT_FALSE(imported.head.id.empty());
    EXPECT_FALSE(imported.head.has_date());
  }
}

TEST(Vcon, KnowsPartiesByWhateverTheySayOfThemselves) {
  Imported const imported = read(R"("parties": [{"tel": "tel:+15550100", "mailto": "mailto:pat@example.org", "uuid": "c-118", "validation": "date of birth", "meta": {"role": "customer"}},
    {"name": "Dana", "mailto": "support@example.org"}, {"name": "Voice menu", "role": "ivr"}], "dialog": [])");
  ASSERT_EQ(imported.head.participants.size(), 3U);
  domain::Participant const& customer = imported.head.participants[0];
  EXPECT_EQ(customer.role, Role::customer);
  EXPECT_EQ(customer.person, "c-118");
  ASSERT_EQ(customer.identifiers.size(), 2U);
  EXPECT_EQ(customer.identifiers[0].value, "+15550100");
  EXPECT_EQ(customer.identifiers[1].type, "email");
  EXPECT_TRUE(customer.identifiers[1].verified);
  EXPECT_EQ(imported.head.participants[1].role, Role::agent);
  EXPECT_EQ(imported.head.participants[2].role, Role::bot);
}

TEST(Vcon, GuessesRolesByTheOriginatorAndTheWords) {
  auto const roles = [](std::string_view dialog, std::string_view analysis) {
    Imported const imported = read("\"parties\": [{\"tel\": \"1\"}, {\"tel\": \"2\"}], \"dialog\": [{\"type\": \"recording\", \"duration\": 30, " + std::string{dialog} + "}], \"analysis\": [" + std::string{analysis} + "]");
    return std::pair{imported.head.participants[0].role, imported.head.participants[1].role};
  };
  using Roles = std::pair<Role, Role>;
  EXPECT_EQ(roles(R"("parties": [0, 1])", ""), (Roles{Role::customer, Role::agent}));
  EXPECT_EQ(roles(R"("parties": [0, 1], "originator": 1)", ""), (Roles{Role::agent, Role::customer}));
  EXPECT_EQ(roles(R"("parties": [0, 1], "meta": {"direction": "out"})", ""), (Roles{Role::agent, Role::customer}));
  EXPECT_EQ(roles(R"("parties": [0, 1])", R"({"type": "transcript", "dialog": 0, "body": [{"party": 0, "text": "Thank you for calling Northwind"}, {"party": 1, "text": "hello"}]})"), (Roles{Role::agent, Role::customer}));
}

TEST(Vcon, ARecordingWithoutWordsIsATimelineWithoutWords) {
  Imported const imported = read(std::string{two_parties} + R"(, "dialog": [
    {"type": "recording", "start": "2026-03-02T09:15:00Z", "duration": 20.5, "parties": [0], "url": "https://example.org/a.wav"},
    {"type": "recording", "start": "2026-03-02T09:15:05Z", "duration": 10, "parties": 1, "mimetype": "audio/x-wav", "body": "UklGRg"}])");
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[0].kind, EventKind::speech);
  EXPECT_EQ(imported.events[0].by, Role::customer);
  EXPECT_EQ(imported.events[0].end_ms, 20'500);
  EXPECT_EQ(imported.events[1].by, Role::agent);
  EXPECT_EQ(imported.events[1].at_ms, 5'000);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::timing}));
}

TEST(Vcon, AMixedRecordingShowsNobodySpeaking) {
  Imported const imported = read(std::string{two_parties} + R"(, "dialog": [{"type": "recording", "start": "2026-03-02T09:15:00Z", "duration": 20, "parties": [0, 1]}])");
  ASSERT_EQ(imported.events.size(), 1U);
  EXPECT_EQ(imported.events[0].kind, EventKind::recording_started);
  EXPECT_EQ(imported.head.observed, domain::SourceSet{});
}

TEST(Vcon, PartyHistoryAndTransfersAreTelephony) {
  Imported const imported = read(std::string{two_parties} + R"(, "dialog": [{"type": "recording", "start": "2026-03-02T09:15:00Z", "duration": 60, "parties": [[0, 1]], "party_history": [
      {"party": 0, "event": "join", "time": "2026-03-02T09:15:00Z"}, {"party": 1, "event": "join", "time": "2026-03-02T09:15:03Z"},
      {"party": 0, "event": "hold", "time": "2026-03-02T09:15:10Z"}, {"party": 0, "event": "unhold", "time": "2026-03-02T09:15:20Z"},
      {"party": 0, "event": "drop", "time": "2026-03-02T09:16:00Z"}]},
    {"type": "transfer", "start": "2026-03-02T09:15:40Z", "transferor": 1, "transferee": 0, "transfer_target": 1, "consultation": 0}, {"type": "incomplete", "start": "2026-03-02T09:15:50Z", "disposition": "no-answer"}])");
  std::vector<EventKind> kinds;
  for (domain::Event const& event : imported.events) kinds.push_back(event.kind);
  EXPECT_EQ(kinds, (std::vector<EventKind>{EventKind::leg_started, EventKind::recording_started, EventKind::answered, EventKind::hold, EventKind::transfer, EventKind::ended, EventKind::leg_ended}));
  auto const hold = std::ranges::find(imported.events, EventKind::hold, &domain::Event::kind);
  EXPECT_EQ(hold->at_ms, 10'000);
  EXPECT_EQ(hold->end_ms, 20'000);
  auto const transfer = std::ranges::find(imported.events, EventKind::transfer, &domain::Event::kind);
  EXPECT_EQ(transfer->text_of("mode"), "warm");
  EXPECT_EQ(transfer->text_of("to"), "party-1");
  EXPECT_TRUE(imported.head.observed->has(Source::telephony));
}

TEST(Vcon, FindsAConversationInAnAnalysisOfAnotherName) {
  Imported const imported = read(std::string{two_parties} + R"(, "dialog": [{"type": "recording", "duration": 9, "parties": [0, 1]}], "analysis": [
    {"type": "summary", "body": [{"speaker": "Agent", "message": "not this"}, {"speaker": "Customer", "message": "nor this"}]},
    {"type": "analysis_info", "dialog": 0, "body": [{"speaker": "Agent", "message": "Hello"}, {"speaker": "Customer", "message": "Hi"}]}])");
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[0].text, "Hello");
}

/// A link to a transcript does not hide the one that is there.
TEST(Vcon, FindsAConversationBesideAnAttachmentThatOnlyNamesATranscript) {
  Imported const imported = read(std::string{two_parties} + R"(, "dialog": [{"type": "recording", "duration": 9, "parties": [0, 1]}],
    "attachments": [{"type": "file", "purpose": "transcript", "url": "https://example.org/t.json"}],
    "analysis": [{"type": "speech_to_text", "dialog": 0, "body": [{"speaker": "Agent", "message": "Hello"}, {"speaker": "Customer", "message": "Hi"}]}])");
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[1].text, "Hi");
  EXPECT_EQ(imported.warnings, std::vector<std::string>{"attachments[0]: the transcript is not in the file; left out"});
}

TEST(Vcon, ToleratesWhatPartsOfItGetWrong) {
  Imported const imported = read(std::string{two_parties} + R"(, "created_at": "2026-03-02T09:00:00", "dialog": [
    {"type": "text", "start": "soon", "parties": [0, 7], "body": "hello"}, {"type": "text", "parties": [1]}, {"type": "text", "body": "whose?"}, {}, {"type": 5}],
    "analysis": [5, {"type": "transcript", "dialog": 9, "body": []}, {"type": "transcript", "dialog": 0}, {"type": "transcript", "dialog": 0, "body": {"a": 1}}], "attachments": [5, {"purpose": "rapport", "body": {"id": 5}}])");
  ASSERT_EQ(imported.events.size(), 1U);
  EXPECT_EQ(imported.events[0].text, "hello");
  EXPECT_EQ(imported.warnings, (std::vector<std::string>{
                                   "dialog[0].start: found \"soon\"; expected a date and time; left out",
                                   "dialog[0] names party 7, which is none of the 2 parties; left out",
                                   "analysis[1] is of dialog 9, which is none of the 5 dialogs; left out",
                                   "analysis[2]: the transcript is not in the file; left out",
                                   "analysis[3]: found no list of what was said; left out",
                                   "the attachment of purpose \"rapport\" cannot be read: id: found 5; expected text; left out",
                                   "dialog[1] is a text without a body; left out",
                                   "dialog[2] is a text without a party; left out"}));
}

TEST(Vcon, RefusesWhatIsNone) {
  using Errors = std::vector<std::string>;
  EXPECT_EQ(read_bytes(R"({"vcon": "0.0.1",
 "parties": {}})",
                       "v.json")
                .errors,
            Errors{"v.json:2: interaction \"v\": parties: found an object; expected a list"});
  EXPECT_EQ(read_bytes(R"({"vcon": "0.0.1", "uuid": "u", "dialog": [5]})", "v.json").errors, Errors{"v.json:1: interaction \"u\": dialog[0]: found 5; expected an object"});
  EXPECT_EQ(read_bytes(R"({"payload": "abc", "signatures": []})", "v.json").errors, Errors{"v.json:1: interaction \"v\": a signed or encrypted vCon; expected an unsigned one"});
  EXPECT_EQ(read_bytes(R"({"vcon": "0.0.1", "payload": "abc", "signatures": []})", "v.json").errors, Errors{"v.json:1: interaction \"v\": a signed or encrypted vCon; expected an unsigned one"});
}

/// Other things are signed, too.
TEST(Vcon, IsNotWhateverHasSignatures) {
  auto const other = read_bytes(R"({"signatures": [{"keyid": "a", "sig": "b"}], "signed": {"_type": "root", "version": 1}})", "root.json");
  EXPECT_EQ(other.errors.size(), 1U);
  EXPECT_TRUE(other.interactions.empty());
}

TEST(Vcon, OfOursIsValidForOthers) {
  domain::Interaction head;
  head.id = "i-001";
  head.participants.resize(1);
  head.participants[0].id = "p1";
  head.participants[0].name = "Dana";
  std::string const vcon = write_vcon(head, {});
  EXPECT_NE(vcon.find(R"("vcon":"0.4.0")"), std::string::npos);
  EXPECT_NE(vcon.find(R"("uuid":")"), std::string::npos);
  EXPECT_EQ(vcon.find("\"uuid\":\"i-001\""), std::string::npos);  // an id that is no UUID becomes one
  EXPECT_EQ(vcon, write_vcon(head, {}));
  head.id = "018f3f2a-0000-7000-8000-000000000001";
  EXPECT_NE(write_vcon(head, {}).find(R"("uuid":"018f3f2a-0000-7000-8000-000000000001")"), std::string::npos);
}

}  // namespace
}  // namespace rapport::timeline::formats

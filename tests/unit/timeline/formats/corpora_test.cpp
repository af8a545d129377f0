#include <gtest/gtest.h>

#include "support/imports.hpp"

/// Harper Valley and STAR, whole and broken.
namespace rapport::timeline::formats {
namespace {

using domain::EventKind;
using domain::Role;
using domain::Source;
using rapport::test::read_bytes;
using rapport::test::read_one;
using rapport::test::read_path;

std::string const corpora = std::string{RAPPORT_SOURCE_DIR} + "/tests/data/";

TEST(HarperValley, IsACallWithWordsAndTimes) {
  auto const read = read_path(corpora + "harper-valley/transcript/0002f70f7386445b.json");
  ASSERT_EQ(read.interactions.size(), 1U);
  Imported const& imported = read.interactions[0];
  EXPECT_EQ(imported.format, Format::harper_valley);
  EXPECT_EQ(imported.head.id, "0002f70f7386445b");
  EXPECT_EQ(imported.head.channel, domain::Channel::voice);
  EXPECT_EQ(imported.head.started_at.since_epoch, 1'591'056'783'191);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::words, Source::timing}));
  ASSERT_EQ(imported.head.participants.size(), 2U);
  EXPECT_EQ(imported.head.participants[0].role, Role::agent);
  EXPECT_EQ(imported.head.participants[0].name, "Elizabeth");
  EXPECT_EQ(imported.head.participants[0].person, "hv-speaker-46");
  EXPECT_EQ(imported.head.participants[1].role, Role::customer);
  EXPECT_EQ(imported.head.participants[1].name, "");  // the agent did not know it
  ASSERT_EQ(imported.events.size(), 18U);
  EXPECT_EQ(imported.events[0].kind, EventKind::utterance);
  EXPECT_EQ(imported.events[0].by, Role::agent);
  EXPECT_EQ(imported.events[0].at_ms, 3'720);
  EXPECT_EQ(imported.events[0].end_ms, 6'390);
  EXPECT_EQ(imported.events[0].text, "hello this is harper valley national bank");
}

TEST(HarperValley, KeepsTheMarksOfNoise) {
  auto const read = read_path(corpora + "harper-valley/transcript/0395f6997a8e4836.json");
  ASSERT_EQ(read.interactions.size(), 1U);
  EXPECT_EQ(read.interactions[0].events[3].text, "[cough] okay one second");
  EXPECT_EQ(read.interactions[0].events[4].text, "[noise]");
}

TEST(HarperValley, WithoutMetadataHasNoDate) {
  Imported const imported = read_one(R"([{"speaker_role": "caller", "offset_ms": 0, "duration_ms": 10, "transcript": "hi"}])", "x.json");
  EXPECT_EQ(imported.head.id, "x");
  EXPECT_FALSE(imported.head.has_date());
  EXPECT_EQ(imported.events[0].text, "hi");
}

TEST(HarperValley, BrokenSaysWhere) {
  auto const error_of = [](std::string const& segment) { return read_bytes("[\n{\"speaker_role\": \"agent\", \"offset_ms\": 0, \"duration_ms\": 1, \"transcript\": \"a\"},\n" + segment + "]", "x.json").errors; };
  using Errors = std::vector<std::string>;
  EXPECT_EQ(error_of("5"), Errors{"x.json:3: [1]: found 5; expected an object"});
  EXPECT_EQ(error_of("{}"), Errors{"x.json:3: [1]: field \"speaker_role\" is missing; expected agent or caller"});
  EXPECT_EQ(error_of("{\"speaker_role\": \"dog\"}"), Errors{"x.json:3: [1].speaker_role: found \"dog\"; expected agent or caller"});
  EXPECT_EQ(error_of("{\"speaker_role\": \"agent\",\n\"offset_ms\": -1}"), Errors{"x.json:4: [1].offset_ms: found -1; expected milliseconds, up to interaction_span_max, 10 years"});
  EXPECT_EQ(error_of("{\"speaker_role\": \"agent\", \"offset_ms\": 1, \"duration_ms\": 1}"), Errors{"x.json:3: [1]: field \"human_transcript\" is missing; expected what was said"});
}

TEST(Star, IsAChatOfWhatWasWritten) {
  auto const read = read_path(corpora + "star/dialogues.jsonl");
  EXPECT_TRUE(read.errors.empty());
  ASSERT_EQ(read.interactions.size(), 3U);
  Imported const& imported = read.interactions[0];
  EXPECT_EQ(imported.format, Format::star);
  EXPECT_EQ(imported.head.id, "star-1");
  EXPECT_EQ(imported.head.channel, domain::Channel::chat);
  EXPECT_EQ(imported.head.started_at.since_epoch, 1'589'375'697'000);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::words, Source::timing}));
  EXPECT_EQ(imported.head.participants[0].person, "ab9f01dc-2cad-988e-9e96-f7509ea2a536");
  ASSERT_GE(imported.events.size(), 3U);
  EXPECT_EQ(imported.events[0].by, Role::customer);
  EXPECT_EQ(imported.events[0].at_ms, 0);
  EXPECT_EQ(imported.events[1].by, Role::agent);
  EXPECT_EQ(imported.events[1].text, "Could I get your name, please?");
  EXPECT_EQ(imported.events[1].at_ms, 17'000);
  for (domain::Event const& event : imported.events) EXPECT_EQ(event.kind, EventKind::message);
}

TEST(Star, BrokenSaysWhere) {
  using Errors = std::vector<std::string>;
  EXPECT_EQ(read_bytes(R"({"DialogueID": "x", "Events": []})", "s.json").errors, Errors{"s.json:1: DialogueID: found \"x\"; expected the dialogue's number"});
  EXPECT_EQ(read_bytes(R"({"DialogueID": 5, "Events": 5})", "s.json").errors, Errors{"s.json:1: interaction \"star-5\": Events: found 5; expected a list"});
  EXPECT_EQ(read_bytes(R"({"DialogueID": 5, "Events": [{"Agent": "User", "Action": "utter", "UnixTime": 5}]})", "s.json").errors,
            Errors{"s.json:1: interaction \"star-5\": Events[0]: field \"Text\" is missing; expected what was written"});
  EXPECT_EQ(read_bytes(R"({"DialogueID": 5, "Events": [{"Agent": "User", "Action": "utter", "Text": "a", "UnixTime": -5}]})", "s.json").errors,
            Errors{"s.json:1: interaction \"star-5\": Events[0].UnixTime: found -5; expected seconds since 1970"});
  EXPECT_EQ(read_bytes(R"({"DialogueID": 5, "Events": [{"Agent": "User", "Action": "utter", "Text": "a", "UnixTime": 5}, {"Agent": "User", "Action": "utter", "Text": "a", "UnixTime": 500000000}]})", "s.json").errors,
            Errors{"s.json:1: interaction \"star-5\": Events: 499999995000 ms from first to last are more than interaction_span_max, 315360000000 ms"});
}

}  // namespace
}  // namespace rapport::timeline::formats

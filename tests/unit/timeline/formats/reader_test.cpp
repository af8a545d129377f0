#include "timeline/formats/reader.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/limits.hpp"
#include "support/imports.hpp"
#include "timeline/formats/files.hpp"

namespace rapport::timeline::formats {
namespace {

namespace fs = std::filesystem;
using rapport::test::read_bytes;
using rapport::test::read_one;
using rapport::test::read_path;

std::string const data = std::string{RAPPORT_SOURCE_DIR} + "/tests/data/";

std::string line_of(std::string const& id) {
  return R"({"id": ")" + id + R"(", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "events": [{"at_ms": 0, "kind": "message", "by": "agent", "text": "hi"}]})";
}

/// A folder of its own, gone after the test.
class AFolder : public testing::Test {
 protected:
  AFolder() : folder_(fs::temp_directory_path() / fs::path{"rapport-" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()}}) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~AFolder() override { fs::remove_all(folder_); }

  std::string write(std::string const& name, std::string const& content) const {
    fs::path const path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << content;
    return path.string();
  }

  fs::path folder_;
};

std::vector<std::string> ids(rapport::test::Read const& read) {
  std::vector<std::string> result;
  for (Imported const& imported : read.interactions) result.push_back(imported.head.id);
  return result;
}

using Ids = std::vector<std::string>;

TEST(JsonLines, GoOnAfterEveryKindOfMistake) {
  std::string const text = line_of("a") + "\n\n{\"id\": \"broken\n" + line_of("b") + "\r\n{\"id\": \"c\"}\n[1]\n\xff\xfe\n" + line_of("d") + "\n{\"id\": \"tr";
  auto const read = read_bytes(text, "f.jsonl");
  EXPECT_EQ(ids(read), (Ids{"a", "b", "d"}));
  EXPECT_EQ(read.interactions[1].line, 4U);
  EXPECT_EQ(read.errors, (std::vector<std::string>{
                             "f.jsonl:3: not valid JSON: column 15: found the end; expected the text's closing double quote",
                             "f.jsonl:5: interaction \"c\": field \"channel\" is missing; expected voice, chat, email or message",
                             "f.jsonl:6: found a list; expected an object", "f.jsonl:7: found bytes that are no UTF-8; expected UTF-8",
                             "f.jsonl:9: not valid JSON: column 11: found the end; expected the text's closing double quote"}));
}

TEST(JsonLines, MayHoldEveryFormat) {
  std::string const vcon = R"({"vcon": "0.0.1", "uuid": "v-1", "parties": [], "dialog": []})";
  std::string const star = R"({"DialogueID": 5, "Events": [{"Agent": "User", "Action": "utter", "Text": "hi", "UnixTime": 100}]})";
  auto const read = read_bytes(line_of("a") + "\n" + vcon + "\n" + star + "\n", "f.json");
  EXPECT_TRUE(read.errors.empty());
  EXPECT_EQ(ids(read), (Ids{"a", "v-1", "star-5"}));
  EXPECT_EQ(read.interactions[1].format, Format::vcon);
  EXPECT_EQ(read.interactions[2].format, Format::star);
}

TEST(JsonLines, AreKnownByTheirContent) {
  EXPECT_EQ(ids(read_bytes(line_of("a") + "\n" + line_of("b"), "whatever")), (Ids{"a", "b"}));
  EXPECT_EQ(ids(read_bytes("\xEF\xBB\xBF" + line_of("a") + "\n" + line_of("b"), "f.json")), (Ids{"a", "b"}));
  auto const broken_first = read_bytes("{\"id\": \"x\n" + line_of("b") + "\n", "f");
  EXPECT_EQ(ids(broken_first), (Ids{"b"}));
  EXPECT_EQ(broken_first.errors.size(), 1U);
}

TEST(JsonDocument, MayBeAListOfInteractions) {
  auto const read = read_bytes("[\n" + line_of("a") + ",\n{\"id\": 5},\n" + line_of("b") + "\n]", "f.json");
  EXPECT_EQ(ids(read), (Ids{"a", "b"}));
  EXPECT_EQ(read.interactions[1].line, 4U);
  EXPECT_EQ(read.errors, std::vector<std::string>{"f.json:3: [1].id: found 5; expected text"});
}

TEST(JsonDocument, ThatIsBrokenSaysWhere) {
  EXPECT_EQ(read_bytes("{\n \"id\": \"i\",\n \"channel\" \"voice\"\n}", "f.json").errors,
            std::vector<std::string>{"f.json:3: not valid JSON: column 12: found \"\"\"; expected a colon"});
  EXPECT_EQ(read_bytes("{\n \"id\": \"\xE4\"\n}", "f.json").errors, std::vector<std::string>{"f.json:2: found bytes that are no UTF-8; expected UTF-8"});
  EXPECT_EQ(read_bytes("", "f.json").errors, std::vector<std::string>{"f.json: the file is empty; expected interactions"});
  EXPECT_TRUE(read_bytes("", "f.jsonl").errors.empty());
  EXPECT_EQ(read_bytes("nonsense", "f.json").errors, std::vector<std::string>{"f.json:1: not valid JSON: column 1: found \"n\"; expected a value"});
}

TEST(JsonDocument, ThatIsNestedTooDeeplyNamesTheLimit) {
  std::string const deep = "{\"id\": " + std::string(100, '[') + std::string(100, ']') + "}";
  auto const read = read_bytes(deep + "\n" + line_of("b") + "\n", "f.jsonl");
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_NE(read.errors[0].find("json_depth_max, 64"), std::string::npos) << read.errors[0];
  EXPECT_EQ(ids(read), Ids{"b"});
}

TEST(Limits, AreNamedWhereTheyAreExceeded) {
  auto const error_of = [](std::string const& events, std::string const& head = {}) {
    auto const read = read_bytes(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z")" + head + R"(, "events": [)" + events + "]}", "f.json");
    return read.errors.empty() ? std::string{} : read.errors[0];
  };
  std::string const long_text = std::string(limits::text_bytes_max + 1, 'x');
  EXPECT_EQ(error_of(R"({"at_ms": 0, "kind": "note", "text": ")" + long_text + "\"}"),
            "f.json:1: interaction \"i\": events[0].text: 1048577 bytes of text are more than text_bytes_max, 1048576");
  std::string fields;
  for (std::size_t index = 0; index <= limits::attributes_max; ++index) fields += ", \"f" + std::to_string(index) + "\": 1";
  EXPECT_EQ(error_of(R"({"at_ms": 0, "kind": "note")" + fields + "}"), "f.json:1: interaction \"i\": events[0].f1000: more than attributes_max, 1000, fields");
  std::string events = R"({"at_ms":0,"kind":"note"})";
  for (std::size_t index = 0; index < limits::events_max; ++index) events += R"(,{"at_ms":0,"kind":"note"})";
  EXPECT_EQ(error_of(events), "f.json:1: interaction \"i\": events: more than events_max, 100000");
  std::string participants;
  for (std::size_t index = 0; index <= limits::participants_max; ++index) participants += (index > 0 ? "," : "") + std::string{R"({"role": "agent"})"};
  EXPECT_EQ(error_of("", R"(, "participants": [)" + participants + "]"), "f.json:1: interaction \"i\": participants: more than participants_max, 1000");
}

TEST_F(AFolder, ALineOverTheLimitIsRefusedAndTheRestRead) {
  std::string const text = line_of("a") + "\n{\"id\": \"" + std::string(100U << 20U, 'x') + "\"}\n" + line_of("b") + "\n";
  auto const read = read_path(write("huge.jsonl", text));
  EXPECT_EQ(ids(read), (Ids{"a", "b"}));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_NE(read.errors[0].find("huge.jsonl:2: the line is longer than interaction_bytes_max, 67108864 bytes"), std::string::npos) << read.errors[0];
  EXPECT_EQ(read.interactions[1].line, 3U);
}

TEST_F(AFolder, AFirstLineOverTheLimitIsRefusedAndTheRestRead) {
  std::string const text = "{\"id\": \"" + std::string(100U << 20U, 'x') + "\"}\n" + line_of("b") + "\n";
  auto const read = read_path(write("huge.jsonl", text));
  EXPECT_EQ(ids(read), (Ids{"b"}));
  ASSERT_EQ(read.errors.size(), 1U);
  EXPECT_NE(read.errors[0].find("huge.jsonl:1: the line is longer"), std::string::npos) << read.errors[0];
  EXPECT_EQ(read.interactions[0].line, 2U);
}

TEST_F(AFolder, LinesAcrossBlocksAreWhole) {
  std::string text;
  for (int index = 0; index < 400; ++index) {
    text += R"({"id": "i)" + std::to_string(index) + R"(", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "pad": ")" + std::string(static_cast<std::size_t>(index) * 37, 'x') + "\"}\n";
  }
  auto const read = read_path(write("many.jsonl", text));
  EXPECT_TRUE(read.errors.empty());
  ASSERT_EQ(read.interactions.size(), 400U);
  EXPECT_EQ(read.interactions[399].head.id, "i399");
  EXPECT_EQ(read.interactions[399].head.extra[0].value.text.size(), 399U * 37);
}

TEST_F(AFolder, WhatCannotBeOpenedSaysWhy) {
  EXPECT_EQ(read_path("/nowhere/f.json").errors, std::vector<std::string>{"/nowhere/f.json: there is no such file"});
  EXPECT_EQ(read_path(folder_.string()).errors, std::vector<std::string>{folder_.string() + ": a folder; expected a file"});
  std::string const zipped = write("f.jsonl.gz", std::string{"\x1f\x8b\x08\x00", 4});
  EXPECT_EQ(read_path(zipped).errors, std::vector<std::string>{zipped + ": a compressed file; expected plain text: decompress it first"});
}

TEST_F(AFolder, OfTextsOnlyTranscriptsAreWanted) {
  EXPECT_TRUE(may_hold_interactions(write("a.jsonl", "")));
  EXPECT_TRUE(may_hold_interactions(write("a.txt", "Agent: hello\nCustomer: hi\n")));
  EXPECT_FALSE(may_hold_interactions(write("LICENSE.txt", "Permission is hereby granted, free of charge:\nto any person.\n")));
  EXPECT_FALSE(may_hold_interactions(write("picture.txt", std::string{"\0\1\2", 3})));
  EXPECT_FALSE(may_hold_interactions(write("notes.md", "Agent: hello\nCustomer: hi\n")));
}

TEST_F(AFolder, ACallOfHarperValleyIsFoundFromEitherOfItsFiles) {
  auto const from_transcript = read_path(data + "harper-valley/transcript/0395f6997a8e4836.json");
  auto const from_metadata = read_path(data + "harper-valley/metadata/0395f6997a8e4836.json");
  ASSERT_EQ(from_transcript.interactions.size(), 1U);
  ASSERT_EQ(from_metadata.interactions.size(), 1U);
  EXPECT_EQ(from_transcript.interactions[0].head, from_metadata.interactions[0].head);
  EXPECT_EQ(from_transcript.interactions[0].events, from_metadata.interactions[0].events);
  EXPECT_EQ(from_transcript.interactions[0].head.participants[0].name, "Michael");
}

TEST_F(AFolder, MetadataWithoutItsTranscriptSaysWhatIsMissing) {
  std::string const path = write("metadata/x.json", R"({"sid": "x", "agent": {}, "caller": {}})");
  EXPECT_EQ(read_path(path).errors, std::vector<std::string>{path + ":1: a Harper Valley metadata file; expected its transcript beside it, in transcript/ID.json"});
}

TEST(ATimeline, OfWhatWasReadTellsWhereItFailed) {
  Imported imported = read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "events": [{"at_ms": 0, "kind": "note", "id": "e", "text": "a"}, {"at_ms": 0, "kind": "note", "id": "e", "text": "b"}]})", "f.json");
  auto const timeline = to_timeline(imported);
  ASSERT_FALSE(timeline);
  EXPECT_EQ(timeline.error().message, "f.json:1: interaction \"i\": events 1 and 2 have the same id \"e\" but different content; expected one content an id");
}

TEST(ATimeline, AddsItsWarnings) {
  Imported imported = read_one(R"({"id": "i", "channel": "chat", "started_at": "2026-03-02T09:15:00Z", "events": [{"at_ms": 5, "kind": "note"}, {"at_ms": 0, "kind": "note"}]})", "f.json");
  ASSERT_TRUE(to_timeline(imported));
  EXPECT_EQ(imported.warnings, std::vector<std::string>{"events were not in order of time; sorted"});
}

}  // namespace
}  // namespace rapport::timeline::formats

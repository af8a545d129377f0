#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "any_interaction.hpp"
#include "support/events.hpp"
#include "support/imports.hpp"
#include "timeline/formats/writer.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using rapport::test::read_bytes;
using rapport::test::read_one;
using rapport::test::read_path;

Imported back(std::string text, std::string name) {
  auto read = read_bytes(std::move(text), std::move(name));
  RC_ASSERT(read.errors == std::vector<std::string>{});
  RC_ASSERT(read.interactions.size() == 1U);
  return read.interactions.front();
}

RC_GTEST_PROP(RoundTrip, ThroughJsonChangesNothing, ()) {
  auto const any = test::any_interaction();
  std::string const written = write_interaction(any.head, any.events);
  RC_ASSERT(written.find('\n') == std::string::npos);
  Imported const read = back(written, "f.json");
  RC_LOG() << "written " << written << "\nread    " << write_interaction(read.head, read.events);
  RC_ASSERT(read.head == any.head);
  RC_ASSERT(read.events == any.events);
  RC_ASSERT(write_interaction(read.head, read.events) == written);
}

RC_GTEST_PROP(RoundTrip, ThroughVconChangesNothing, ()) {
  auto const any = test::any_interaction();
  std::string const written = write_vcon(any.head, any.events);
  RC_ASSERT(written.find('\n') == std::string::npos);
  Imported const read = back(written, "f.json");
  RC_LOG() << "written " << write_interaction(any.head, any.events) << "\nread    " << write_interaction(read.head, read.events);
  RC_ASSERT(read.format == Format::vcon);
  RC_ASSERT(read.head == any.head);
  RC_ASSERT(read.events == any.events);
}

TEST(RoundTrip, ThroughVconAFieldNamedLikeWordsIsNoWords) {
  std::string const line = R"({"id":"a","channel":"voice","started_at":"2026-03-02T09:15:00Z","events":[{"at_ms":1,"kind":"utterance","by":"agent","text":"","t~ext":"no words"}]})";
  Imported const first = back(line, "f.json");
  Imported const read = back(write_vcon(first.head, first.events), "f.json");
  EXPECT_EQ(read.events, first.events);
}

/// Who said what, when.
struct Said {
  domain::Role by;
  base::Millis at_ms;
  std::string text;

  bool operator==(Said const&) const = default;
};

std::vector<Said> said(std::vector<Event> const& events) {
  std::vector<Said> result;
  for (Event const& event : events) {
    if (domain::carries_words(event.kind)) result.push_back({event.by.value_or(domain::Role::bot), event.at_ms, event.text});
  }
  std::ranges::stable_sort(result, {}, &Said::at_ms);
  return result;
}

/// A vCon that somebody else has passed on: our own fields are gone.
std::string without_ours(std::string vcon) {
  for (std::size_t at = vcon.find("\"rapport\""); at != std::string::npos; at = vcon.find("\"rapport\"", at)) vcon.replace(at, 9, "\"another\"");
  return vcon;
}

RC_GTEST_PROP(RoundTrip, ThroughAVconOfOthersKeepsWhoSaidWhatWhen, ()) {
  bool const voice = *rc::gen::arbitrary<bool>();
  std::vector<Event> events;
  base::Millis at_ms = 0;
  int const count = *rc::gen::inRange(2, 12);
  for (int index = 0; index < count; ++index) {
    auto const by = index % 2 == 0 ? domain::Role::agent : domain::Role::customer;
    std::string const text = *rc::gen::element<std::string>("hello there", "you have reached northwind", "my card is gone");
    base::Millis const end_ms = at_ms + *rc::gen::inRange(100, 5'000);
    events.push_back(voice ? rapport::test::says(by, at_ms, end_ms, text) : rapport::test::writes(by, at_ms, text));
    at_ms = end_ms + *rc::gen::inRange(0, 3'000);
  }
  domain::Interaction head = rapport::test::call(voice ? domain::Channel::voice : domain::Channel::chat);
  head.started_at = {1'700'000'000'000};
  Imported const read = back(without_ours(write_vcon(head, events)), "f.json");
  RC_ASSERT(said(read.events) == said(events));
  RC_ASSERT(read.head.channel == head.channel);
  RC_ASSERT(read.head.started_at == head.started_at);
}

TEST(RoundTrip, ThroughTextKeepsWhoSaidWhatWhen) {
  domain::Interaction head = rapport::test::call();
  head.started_at = {1'700'000'000'000};
  head.brand = "northwind";
  head.participants[0].name = "Dana";
  std::vector<Event> const events{rapport::test::says(domain::Role::agent, 500, 2'250, "Good morning: how may I help?"),
                                  rapport::test::says(domain::Role::customer, 3'000, 64'001, "My number is 12:30.")};
  Imported const read = read_one(write_text(head, events), "f.txt");
  EXPECT_EQ(read.head.id, head.id);
  EXPECT_EQ(read.head.started_at, head.started_at);
  EXPECT_EQ(read.head.brand, "northwind");
  EXPECT_EQ(read.head.participants[0].name, "Dana");
  EXPECT_EQ(said(read.events), said(events));
  EXPECT_EQ(read.events[1].end_ms, 64'001);
}

TEST(RoundTrip, OfTheSamplesChangesNothing) {
  std::string const data = std::string{RAPPORT_SOURCE_DIR} + "/tests/data/";
  for (char const* file : {"harper-valley/transcript/0002f70f7386445b.json", "harper-valley/transcript/0395f6997a8e4836.json", "star/dialogues.jsonl"}) {
    auto const sample = read_path(data + file);
    ASSERT_FALSE(sample.interactions.empty());
    for (Imported const& imported : sample.interactions) {
      for (std::string const& written : {write_interaction(imported.head, imported.events), write_vcon(imported.head, imported.events)}) {
        Imported const read = read_one(written, "f.json");
        EXPECT_EQ(read.head, imported.head);
        EXPECT_EQ(read.events, imported.events);
      }
    }
  }
}

TEST(Writer, RepairsTextThatIsNoUtf8) {
  Event event = rapport::test::writes(domain::Role::agent, 0, "broken \xff byte");
  std::string const written = write_interaction(rapport::test::call(), {event});
  EXPECT_NE(written.find("broken \xEF\xBF\xBD byte"), std::string::npos);
}

}  // namespace
}  // namespace rapport::timeline::formats

#include "report/head.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "scene.hpp"

namespace rapport::report {
namespace {

using playbook::Pattern;
using playbook::PatternKind;

TEST(Head, NamesChaptersByFile) {
  playbook::Practice practice;
  practice.file = "practices/05-hold-and-silence.yaml";
  EXPECT_EQ(chapter_of(practice), "Hold and silence");
  practice.file = "opening.yaml";
  EXPECT_EQ(chapter_of(practice), "Opening");
}

TEST(Head, SaysBoundsInWords) {
  Pattern pattern;
  EXPECT_EQ(bound_words(pattern), "");
  pattern.bound.time_ms = 15'000;
  EXPECT_EQ(bound_words(pattern), "within 15 s");
  pattern.bound.agent_turns = 1;
  pattern.bound.customer_turns = 3;
  EXPECT_EQ(bound_words(pattern), "within 15 s or 1 agent turn or 3 customer turns");
  pattern.bound = {};
  pattern.bound.due_of_trigger = true;
  EXPECT_EQ(bound_words(pattern), "within the time that was named");
}

TEST(Head, SaysBandsInWords) {
  Pattern pattern;
  pattern.kind = PatternKind::within;
  for (auto const& [band, words] : std::vector<std::pair<std::string, std::string>>{
           {"..40 %", "up to 40 %"}, {"30..70 %", "30 to 70 %"}, {"20 s ..", "from 20 s"}}) {
    pattern.band = band;
    EXPECT_EQ(bound_words(pattern), words);
  }
}

TEST(Head, TellsThePageOfEveryPractice) {
  simdjson::dom::parser parser;
  std::string const json = head_json(scene::playbook());
  simdjson::dom::element head;
  ASSERT_EQ(parser.parse(json).get(head), simdjson::SUCCESS) << json;
  simdjson::dom::array practices = head["practices"];
  ASSERT_EQ(practices.size(), 3U);
  EXPECT_EQ(std::string_view(practices.at(1)["id"]), "empathy.no-blame");
  EXPECT_TRUE(bool(practices.at(1)["critical"]));
  EXPECT_EQ(std::int64_t(practices.at(2)["chapter"]), 1);
  EXPECT_EQ(std::string_view(practices.at(1)["patterns"].at(0)["kind"]), "never");
  EXPECT_EQ(std::string_view(head["chapters"].at(1)), "Hold and silence");
}

}  // namespace
}  // namespace rapport::report

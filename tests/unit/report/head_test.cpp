#include "report/head.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "scene.hpp"

namespace rapport::report {
namespace {

TEST(Head, TellsThePageOfEveryPractice) {
  auto playbook = scene::playbook();
  playbook.practices[0].patterns[0].bound.time_ms = 15'000;
  playbook.practices[2].patterns[0].kind = playbook::PatternKind::within;
  playbook.practices[2].patterns[0].band = "..40 %";
  simdjson::dom::parser parser;
  std::string const json = head_json(playbook);
  simdjson::dom::element head;
  ASSERT_EQ(parser.parse(json).get(head), simdjson::SUCCESS) << json;
  simdjson::dom::array practices = head["practices"];
  ASSERT_EQ(practices.size(), 3U);
  EXPECT_EQ(std::string_view(practices.at(1)["id"]), "empathy.no-blame");
  EXPECT_TRUE(bool(practices.at(1)["critical"]));
  EXPECT_EQ(std::int64_t(practices.at(2)["chapter"]), 1);
  EXPECT_EQ(std::string_view(practices.at(1)["patterns"].at(0)["kind"]), "never");
  EXPECT_EQ(std::string_view(practices.at(0)["patterns"].at(0)["bound"]), "within 15 s");
  EXPECT_EQ(std::string_view(practices.at(2)["patterns"].at(0)["bound"]), "at most 40 %");
  EXPECT_EQ(std::string_view(head["chapters"].at(1)), "Hold and silence");
  EXPECT_EQ(simdjson::dom::array(head["models"]).size(), 0U);
}

TEST(Head, NamesTheModelOfAPlaybookThatUsesIt) {
  auto const loaded = playbook::load(playbook::embedded_playbook("standard"));
  ASSERT_TRUE(loaded);
  simdjson::dom::parser parser;
  std::string const json = head_json(*loaded.playbook);
  simdjson::dom::element head;
  ASSERT_EQ(parser.parse(json).get(head), simdjson::SUCCESS);
  EXPECT_EQ(std::string_view(head["models"].at(0)["name"]), "sentences");
}

}  // namespace
}  // namespace rapport::report

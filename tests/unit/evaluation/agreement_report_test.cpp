#include <gtest/gtest.h>
#include <simdjson.h>

#include <array>
#include <sstream>
#include <vector>

#include "evaluation/agreement.hpp"

namespace rapport::evaluation {
namespace {

constexpr std::array<std::string_view, 10> measure_names = {"coverage", "prevalence", "accuracy", "precision_missed", "recall_missed",
                                                            "applies_f1", "kappa", "kappa_three", "ac1", "ac1_three"};

std::vector<std::string> report_lines(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// Two practices with labels, one of them never assessed, and one without any.
Agreement mixed() {
  Agreement agreement({"a.one", "hold.ask-before", "a.unlabelled"});
  for (int i = 0; i < 8; ++i) agreement.add(0, Verdict::met, Verdict::met);
  for (int i = 0; i < 3; ++i) agreement.add(0, Verdict::missed, Verdict::missed);
  agreement.add(0, Verdict::missed, Verdict::met);
  agreement.add(0, Verdict::not_applicable, Verdict::missed);
  agreement.add(0, Verdict::met, Verdict::not_assessed);
  agreement.add(0, Verdict::not_assessed, Verdict::missed);  // says nothing
  agreement.add(1, Verdict::missed, Verdict::not_assessed);
  return agreement;
}

TEST(AgreementText, IsATableOfWhatHasLabelsThenAllTogetherThenTheLegend) {
  auto const lines = report_lines(to_text(mixed()));
  ASSERT_GE(lines.size(), 6U);
  EXPECT_EQ(lines[0],
            "practice             n  cover              preval             accur              prec               recall             "
            "applF1             kappa              kappa3             AC1                AC1-3");
  EXPECT_TRUE(lines[1].starts_with("a.one               13  0.93 [0.69,0.99]   ")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("hold.ask-before      0  0.00 [0.00,0.79]   -                  -  ")) << lines[2];
  EXPECT_TRUE(lines[3].starts_with("overall             13  0.87 [0.62,0.96]   ")) << lines[3];
  EXPECT_EQ(lines[4], "");
  EXPECT_TRUE(lines[5].starts_with("n: labels that the engine assessed"));
  for (std::string const& line : lines) EXPECT_EQ(line.find_last_not_of(' ') + 1, line.size()) << line;
}

TEST(AgreementText, WritesADashForWhatIsUndefined) {
  Agreement agreement({"a.one"});
  agreement.add(0, Verdict::met, Verdict::met);
  auto const lines = report_lines(to_text(agreement));
  std::istringstream cells{lines[1]};
  std::vector<std::string> words;
  for (std::string word; cells >> word;) words.push_back(word);
  // id, n, then coverage, prevalence and accuracy with their intervals; nothing was missed by anybody.
  ASSERT_GE(words.size(), 10U);
  EXPECT_EQ(words[2], "1.00");
  EXPECT_EQ(words[4], "0.00");
  EXPECT_EQ(words[8], "-");   // precision
  EXPECT_EQ(words[9], "-");   // recall
  EXPECT_EQ(words[12], "-");  // kappa, after F1 with its interval
}

TEST(AgreementText, OfNothingIsTheLineOfAllTogether) {
  auto const lines = report_lines(to_text(Agreement({"a.one"})));
  EXPECT_TRUE(lines[1].starts_with("overall      0  -  ")) << lines[1];
  EXPECT_EQ(lines[2], "");
}

TEST(AgreementText, NeverWritesAZeroWithAMinus) {
  Agreement agreement({"a.one"});
  for (int i = 0; i < 25; ++i) {
    agreement.add(0, Verdict::met, Verdict::met);
    agreement.add(0, Verdict::met, Verdict::missed);
    agreement.add(0, Verdict::missed, Verdict::met);
    agreement.add(0, Verdict::missed, Verdict::missed);
  }
  std::string const text = to_text(agreement) + to_json(agreement);
  EXPECT_EQ(text.find("-0.00 "), std::string::npos) << text;
  EXPECT_EQ(text.find("-0.000000"), std::string::npos) << text;
}

TEST(AgreementJson, BeginsWithAllTogetherAndListsEveryPractice) {
  simdjson::dom::parser parser;
  simdjson::dom::element const report = parser.parse(to_json(mixed()));
  EXPECT_EQ(std::string_view(report["overall"]["id"]), "overall");
  EXPECT_EQ(std::int64_t(report["overall"]["labelled"]), 15);
  simdjson::dom::array const practices = report["practices"];
  ASSERT_EQ(practices.size(), 3U);
  EXPECT_EQ(std::string_view(practices.at(0)["id"]), "a.one");
  EXPECT_EQ(std::int64_t(practices.at(0)["labelled"]), 14);
  EXPECT_EQ(std::int64_t(practices.at(0)["n"]), 13);
  EXPECT_EQ(std::int64_t(practices.at(0)["labelled_met"]), 8);
  EXPECT_EQ(std::int64_t(practices.at(0)["labelled_missed"]), 4);
  EXPECT_EQ(std::int64_t(practices.at(0)["labelled_not_applicable"]), 1);
  EXPECT_NEAR(double(practices.at(0)["recall_missed"]["value"]), 0.75, 1e-6);
  EXPECT_NEAR(double(practices.at(0)["precision_missed"]["value"]), 0.75, 1e-6);
  EXPECT_EQ(std::int64_t(practices.at(2)["labelled"]), 0);
}

TEST(AgreementJson, HasEveryMeasureOfEveryComparisonWithItsInterval) {
  simdjson::dom::parser parser;
  simdjson::dom::element const report = parser.parse(to_json(mixed()));
  for (std::string_view const measure : measure_names) {
    for (simdjson::dom::element const practice : simdjson::dom::array(report["practices"])) {
      simdjson::dom::element estimate;
      ASSERT_EQ(practice[measure].get(estimate), simdjson::SUCCESS) << measure;
      EXPECT_EQ(simdjson::dom::object(estimate).size(), 3U) << measure;
      bool const known = !estimate["value"].is_null();
      if (!known) {
        EXPECT_TRUE(estimate["low"].is_null() && estimate["high"].is_null()) << measure;
      }
      if (known && !estimate["low"].is_null()) {
        EXPECT_LE(double(estimate["low"]), double(estimate["high"])) << measure;
      }
    }
    EXPECT_TRUE(report["practices"].at(2)[measure]["value"].is_null()) << measure;
  }
}

TEST(AgreementJson, IsExactToTheByte) {
  Agreement agreement({"a.one"});
  agreement.add(0, Verdict::met, Verdict::met);
  agreement.add(0, Verdict::missed, Verdict::missed);
  std::string const comparison =
      R"("labelled":2,"n":2,"labelled_met":1,"labelled_missed":1,"labelled_not_applicable":0,)"
      R"("coverage":{"value":1.000000,"low":0.342380,"high":1.000000},"prevalence":{"value":0.500000,"low":0.094531,"high":0.905469},)"
      R"("accuracy":{"value":1.000000,"low":0.342380,"high":1.000000},"precision_missed":{"value":1.000000,"low":0.206549,"high":1.000000},)"
      R"("recall_missed":{"value":1.000000,"low":0.206549,"high":1.000000},"applies_f1":{"value":1.000000,"low":0.510109,"high":1.000000},)"
      R"("kappa":{"value":1.000000,"low":1.000000,"high":1.000000},"kappa_three":{"value":1.000000,"low":1.000000,"high":1.000000},)"
      R"("ac1":{"value":1.000000,"low":1.000000,"high":1.000000},"ac1_three":{"value":1.000000,"low":1.000000,"high":1.000000}})";
  EXPECT_EQ(to_json(agreement), R"({"overall":{"id":"overall",)" + comparison + R"(,"practices":[{"id":"a.one",)" + comparison + "]}");
}

TEST(AgreementJson, EscapesNames) {
  std::string const json = to_json(Agreement({"a\"\\\n\x1b\xff"}));
  EXPECT_NE(json.find("\"id\":\"a\\\"\\\\\\n\\u001b\uFFFD\""), std::string::npos) << json;
}

}  // namespace
}  // namespace rapport::evaluation

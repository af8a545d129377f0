#include "training/sentences.hpp"

#include <gtest/gtest.h>

namespace rapport::training {
namespace {

using domain::Role;

LabelSet labels() {
  auto set = LabelSet::parse("agent\tapology\tsays sorry\nagent\tpromise\tcommits\nagent\tempathy\tfeels\ncustomer\tupset\tis cross\n", "labels.tsv");
  EXPECT_TRUE(set);
  return *set;
}

std::string label_error(std::string_view text) {
  auto const set = LabelSet::parse(text, "labels.tsv");
  return set ? "" : set.error().message;
}

std::string row_error(std::string_view text) {
  auto const rows = parse_sentences(text, "rows.tsv", 0, labels());
  return rows ? "" : rows.error().message;
}

TEST(Labels, StandInTheOrderOfTheirFileByRole) {
  EXPECT_EQ(labels().names(Role::agent), (std::vector<std::string>{"apology", "promise", "empathy"}));
  EXPECT_EQ(labels().names(Role::customer), std::vector<std::string>{"upset"});
  EXPECT_EQ(labels().find(Role::agent, "empathy"), 2);
  EXPECT_EQ(labels().find(Role::customer, "empathy"), std::nullopt);
}

TEST(Labels, MayBearTheSameNameForBothSides) {
  EXPECT_EQ(label_error("agent\tthanks\tx\ncustomer\tthanks\tx\n"), "");
}

TEST(Labels, TellTheLineOfAMistake) {
  EXPECT_EQ(label_error("agent\tapology\tx\n\nagent\tapology\ty\n"), "labels.tsv:3: \"apology\" is named twice");
  EXPECT_EQ(label_error("agent\tapology\n"), "labels.tsv:1: expected role, name and meaning");
  EXPECT_EQ(label_error("agent\t\tx\n"), "labels.tsv:1: expected role, name and meaning");
  EXPECT_EQ(label_error("agent\ta\tx\nbot\tb\tx"), "labels.tsv:2: expected agent or customer, found \"bot\"");
  EXPECT_EQ(label_error("clerk\ta\tx"), "labels.tsv:1: expected agent or customer, found \"clerk\"");
}

TEST(Sentences, AreReadLineByLine) {
  auto const rows = parse_sentences(
      "agent\tpromise,apology\twhere is it\tSorry, I'll send it — today.\r\n"
      "\n"
      "customer\t-\t-\tmy phone\n"
      "agent\tempathy\t-\tI see\tempathy,apology,empathy",
      "rows.tsv", 7, labels());
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 3U);
  SentenceRow const& first = (*rows)[0];
  EXPECT_EQ(first.role, Role::agent);
  EXPECT_EQ(first.labels, (std::vector<std::uint16_t>{0, 1}));  // rising, whatever the order in the file
  EXPECT_TRUE(first.judged.empty());
  EXPECT_EQ(first.previous, "where is it");
  EXPECT_EQ(first.text, "Sorry, I'll send it — today.");
  EXPECT_EQ(first.source, 7);
  SentenceRow const& second = (*rows)[1];
  EXPECT_EQ(second.role, Role::customer);
  EXPECT_TRUE(second.labels.empty());
  EXPECT_EQ(second.previous, "");
  EXPECT_EQ((*rows)[2].judged, (std::vector<std::uint16_t>{0, 2}));
}

TEST(Sentences, MayBeNone) {
  auto const rows = parse_sentences("\n\n", "rows.tsv", 0, labels());
  ASSERT_TRUE(rows);
  EXPECT_TRUE(rows->empty());
}

TEST(Sentences, TellTheLineOfAMistake) {
  std::string const good = "agent\tapology\t-\tSorry.\n";
  EXPECT_EQ(row_error(good), "");
  EXPECT_EQ(row_error(good + "\r\nagent\tapology\tSorry."), "rows.tsv:3: expected role, labels, previous and text between tabs, found 3 fields");
  EXPECT_EQ(row_error(good + "agent\ta\tb\tc\td\te"), "rows.tsv:2: expected role, labels, previous and text between tabs, found 6 fields");
  EXPECT_EQ(row_error("Agent\tapology\t-\tSorry."), "rows.tsv:1: expected agent or customer, found \"Agent\"");
  EXPECT_EQ(row_error(good + good + "agent\tapologie\t-\tSorry."), "rows.tsv:3: \"apologie\" is no label of the agent");
  EXPECT_EQ(row_error("customer\tapology\t-\tSorry."), "rows.tsv:1: \"apology\" is no label of the customer");
  EXPECT_EQ(row_error("agent\tapology,\t-\tSorry."), "rows.tsv:1: \"\" is no label of the agent");
  EXPECT_EQ(row_error(good + "agent\tapology\t-\tSorry.\tempathy"), "rows.tsv:2: a label that holds must be among the judged ones");
  EXPECT_EQ(row_error(good + "agent\t-\t-\tSorry.\tempaty"), "rows.tsv:2: \"empaty\" is no label of the agent");
  EXPECT_EQ(row_error(good + "agent\t-\t-\tSorry.\t-"), "rows.tsv:2: expected the labels that were judged, found none");
}

}  // namespace
}  // namespace rapport::training

#include "training/data.hpp"

#include <gtest/gtest.h>

#include "signals/word_table.hpp"
#include "training/corpus.hpp"
#include "training/word_groups.hpp"
#include "unit/training/small_data.hpp"

namespace rapport::training {
namespace {

using domain::Role;
using signals::word_hash;
using signals::model::WordCode;
using signals::model::WordList;
using testing::DataFolder;
using testing::small_data;

std::string error_of(std::map<std::string, std::string> const& files) {
  DataFolder const folder{files};
  auto const data = load_data(folder.path());
  if (data) return "";
  std::string message = data.error().message;
  std::size_t const at = message.find(folder.path() + "/");
  return at == std::string::npos ? message : message.erase(at, folder.path().size() + 1);
}

TEST(TrainingData, IsReadInTheOrderOfFilesAndLines) {
  auto files = small_data();
  files["sentences/a-first.tsv"] = "agent\tpromise\t-\tI will call.\n";
  files["sentences/notes.txt"] = "no table";
  DataFolder const folder{files};
  auto const data = load_data(folder.path());
  ASSERT_TRUE(data) << data.error().message;
  EXPECT_EQ(data->sources, (std::vector<std::string>{"a-first", "own", "other"}));
  EXPECT_EQ(data->own_sources, 2U);
  ASSERT_EQ(data->rows.size(), 1 + 120 + 2U);
  EXPECT_EQ(data->rows.front().text, "I will call.");
  EXPECT_EQ(data->rows.back().text, "hello there");
  EXPECT_EQ(data->rows.back().source, 2);
  EXPECT_EQ(data->clusters.size(), data->rows.size());
  for (std::uint32_t const twentieth : data->twentieths) EXPECT_LT(twentieth, 20U);
}

TEST(TrainingData, TellsWhatIsWrongAndWhere) {
  auto files = small_data();
  EXPECT_EQ(error_of(files), "");
  files["sentences/own.tsv"] += "agent\tsorrow\t-\tSorry.\n";
  EXPECT_EQ(error_of(files), "own.tsv:121: \"sorrow\" is no label of the agent");
  files = small_data();
  files["derived/other.tsv"] = "customer\tupset\n";
  EXPECT_EQ(error_of(files), "other.tsv:1: expected role, labels, previous and text between tabs, found 2 fields");
  files = small_data();
  files["word-groups.txt"] += "loud noise\n";
  EXPECT_EQ(error_of(files), "word-groups.txt:4: expected \"name: words\"");
  files.erase("word-groups.txt");
  EXPECT_EQ(error_of(files), "cannot read word-groups.txt");
  EXPECT_EQ(error_of({{"sentences/own.tsv", ""}}), "cannot read labels.tsv");
}

TEST(WordGroups, GiveAWordItsTwoSmallest) {
  WordList words;
  ASSERT_TRUE(add_word_groups("large: kettle card bill line # a comment\nsmall: card\nmiddle: card bill\n\n# all\n", "groups.txt", words));
  auto const groups = [&](std::string_view word) {
    WordCode const* const code = words.find(word_hash(word));
    return code == nullptr ? std::array<signals::model::GroupId, 2>{} : code->groups;
  };
  EXPECT_EQ(groups("kettle"), (std::array<signals::model::GroupId, 2>{1, 0}));
  EXPECT_EQ(groups("bill"), (std::array<signals::model::GroupId, 2>{3, 1}));
  EXPECT_EQ(groups("card"), (std::array<signals::model::GroupId, 2>{2, 3}));
  EXPECT_EQ(groups("parcel"), (std::array<signals::model::GroupId, 2>{0, 0}));
}

TEST(WordGroups, RefuseWhatIsNoWordAndMoreThanFit) {
  WordList words;
  EXPECT_EQ(add_word_groups("a: follow-up", "groups.txt", words).error().message, "groups.txt: \"follow-up\" is not one word to the tokeniser");
  std::string many;
  for (int group = 0; group < 255; ++group) many += "g" + std::to_string(group) + ": word\n";
  EXPECT_TRUE(add_word_groups(many, "groups.txt", words));
  EXPECT_EQ(add_word_groups(many + "last: word\n", "groups.txt", words).error().message, "groups.txt:256: more than 255 groups");
}

std::vector<SentenceRow> rows_of(std::vector<std::pair<Role, std::string>> const& texts) {
  std::vector<SentenceRow> rows;
  for (auto const& [role, text] : texts) rows.push_back({role, {}, {}, "", text, 0});
  return rows;
}

TEST(NearDuplicates, ShareAClusterFromSevenTenths) {
  WordList const words;
  auto const rows = rows_of({{Role::agent, "we are sorry about the broken kettle you have there"},
                             {Role::agent, "We ARE sorry about the broken kettle, you have one there!"},
                             {Role::customer, "we are sorry about the broken kettle you have there"},
                             {Role::agent, "we are sorry about the broken card"},
                             {Role::agent, "nothing alike at all"}});
  auto const clusters = cluster_near_duplicates(rows, words);
  EXPECT_EQ(clusters[0], clusters[1]);
  EXPECT_NE(clusters[0], clusters[2]);  // the other side
  EXPECT_NE(clusters[0], clusters[3]);
  EXPECT_NE(clusters[0], clusters[4]);
}

TEST(NearDuplicates, KeepTheirPartWhenOtherRowsComeOrGo) {
  WordList const words;
  auto const few = rows_of({{Role::agent, "the broken kettle"}, {Role::agent, "a lost card"}});
  auto const more = rows_of({{Role::agent, "some other words"}, {Role::agent, "a lost card"}, {Role::agent, "the broken kettle"}});
  auto const part = [&](std::vector<SentenceRow> const& rows, std::size_t row) {
    auto const clusters = cluster_near_duplicates(rows, words);
    return split_clusters(rows, clusters, 1'000)[clusters[row]];
  };
  EXPECT_EQ(part(few, 0), part(more, 2));
  EXPECT_EQ(part(few, 1), part(more, 1));
  EXPECT_NE(part(few, 0), part(few, 1));
}

TEST(Corpus, HoldsTheRowsOfARoleWithWhatIsKnownOfThem) {
  WordList const words;
  auto rows = rows_of({{Role::agent, "sorry sorry. no"}, {Role::customer, "hello"}, {Role::agent, "..."}, {Role::agent, "well"}});
  rows[0].labels = {1};
  rows[3].judged = {0};
  auto const clusters = cluster_near_duplicates(rows, words);
  Corpus const corpus = make_corpus(rows, clusters, Role::agent, 2, words);
  ASSERT_EQ(corpus.examples.size(), 2U);  // without words there is nothing to learn from
  EXPECT_EQ(corpus.examples[0].row, 0U);
  EXPECT_EQ(corpus.examples[1].row, 3U);
  EXPECT_EQ(corpus.examples[0].windows.size(), 2U);
  EXPECT_EQ(corpus.examples[0].truths, (std::vector<Truth>{Truth::no, Truth::yes}));
  EXPECT_EQ(corpus.examples[1].truths, (std::vector<Truth>{Truth::no, Truth::unjudged}));
  auto const said = signals::model::feature_key(signals::model::FeatureKind::word, word_hash("sorry"));
  auto const at = std::find(corpus.keys.begin(), corpus.keys.end(), said);
  ASSERT_NE(at, corpus.keys.end());
  auto const index = static_cast<FeatureIndex>(at - corpus.keys.begin());
  EXPECT_EQ(corpus.row_counts[index], 1U);
  auto const counted = std::ranges::find(corpus.examples[0].windows[0], index, &Counted::feature);
  ASSERT_NE(counted, corpus.examples[0].windows[0].end());
  EXPECT_EQ(counted->times, 2);
}

}  // namespace
}  // namespace rapport::training

#include "signals/model/features.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "signals/detectors/stems.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {
namespace {

/// A text with its codes under a list of words.
struct Text {
  explicit Text(std::string written, WordList const& list = {}) : text(std::move(written)) {
    Tokeniser{table}.tokenise(text, words);
    list.codes(words, codes);
  }
  std::vector<Window> windows() const {
    std::vector<Window> cut;
    cut_windows(words, cut);
    return cut;
  }
  std::vector<FeatureKey> features() const {
    std::vector<FeatureKey> keys;
    for (Window const& window : windows()) window_features(words, codes, window, keys);
    return keys;
  }

  WordTable table;
  std::string text;
  Words words;
  std::vector<WordCode> codes;
};

bool has(std::vector<FeatureKey> const& keys, FeatureKey key) { return std::ranges::find(keys, key) != keys.end(); }

std::string repeated(std::string const& word, std::size_t times) {
  std::string text;
  for (std::size_t index = 0; index < times; ++index) text += word + " ";
  return text;
}

TEST(Features, AShortSentenceIsOneWindow) {
  Text const text{"I am sorry. What was the number?"};
  auto const windows = text.windows();
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[0].token_count, 3U);
  EXPECT_EQ(windows[1].sentence, 1U);
  EXPECT_TRUE(windows[1].begins && windows[1].ends);
}

TEST(Features, ALongSentenceIsCutIntoWindowsThatCoverItAndOverlapByHalf) {
  Text const text{repeated("word", 61)};
  auto const windows = text.windows();
  ASSERT_EQ(windows.size(), 5U);
  for (std::size_t index = 0; index < windows.size(); ++index) {
    EXPECT_EQ(windows[index].first_token, index * window_tokens / 2);
    EXPECT_EQ(windows[index].begins, index == 0);
    EXPECT_EQ(windows[index].ends, index + 1 == windows.size());
  }
  EXPECT_EQ(windows.back().first_token + windows.back().token_count, 61U);
}

TEST(Features, AWindowNeverHasMoreFeaturesThanFitTheSum) {
  WordList list;
  std::uint64_t const hash = word_hash("word");
  list.put({hash, word_hash("stem"), {3, 7}});
  Text const text{repeated("word", 200), list};
  for (Window const& window : text.windows()) {
    std::vector<FeatureKey> keys;
    window_features(text.words, text.codes, window, keys);
    EXPECT_LE(keys.size(), features_max);
  }
}

TEST(Features, WordsOfAStemShareIt) {
  auto const one = Text{"charged"}.features();
  auto const other = Text{"charges"}.features();
  FeatureKey const stem = feature_key(FeatureKind::stem, detectors::stem_of("charge"));
  EXPECT_TRUE(has(one, stem));
  EXPECT_TRUE(has(other, stem));
  EXPECT_TRUE(has(one, feature_key(FeatureKind::word, word_hash("charged"))));
  EXPECT_FALSE(has(other, feature_key(FeatureKind::word, word_hash("charged"))));
}

TEST(Features, NumbersOfAShapeAreOneWord) {
  EXPECT_EQ(Text{"88123"}.codes, Text{"40917"}.codes);
  EXPECT_NE(Text{"88123"}.codes, Text{"12"}.codes);
  EXPECT_NE(Text{"88123"}.codes, Text{"10:30"}.codes);
}

TEST(Features, AQuestionSaysSo) {
  FeatureKey const asks = feature_key(FeatureKind::asks, 1);
  EXPECT_TRUE(has(Text{"can you hear me"}.features(), asks));
  EXPECT_FALSE(has(Text{"I can hear you."}.features(), asks));
}

TEST(Features, GroupsStandForTheirWordsInPairs) {
  WordList list;
  list.put({word_hash("refund"), word_hash("refund"), {5, 0}});
  list.put({word_hash("replace"), word_hash("replace"), {5, 0}});
  auto const one = Text{"we refund", list}.features();
  auto const other = Text{"we replace", list}.features();
  FeatureKey const pair = feature_key(FeatureKind::group_pair, word_hash("we"), 5);
  EXPECT_TRUE(has(one, pair));
  EXPECT_TRUE(has(other, pair));
}

TEST(Features, WhatWasSaidBeforeIsKeptApart) {
  Text const text{"no thank you"};
  std::vector<FeatureKey> before;
  previous_features(text.codes, false, before);
  for (FeatureKey const key : text.features()) EXPECT_FALSE(has(before, key));
  EXPECT_TRUE(has(before, feature_key(FeatureKind::previous_stem, text.codes[0].stem)));
}

TEST(Features, OnlyTheEndOfWhatWasSaidBeforeCounts) {
  Text const text{"alpha " + repeated("word", previous_tokens)};
  std::vector<FeatureKey> before;
  previous_features(text.codes, false, before);
  EXPECT_FALSE(has(before, feature_key(FeatureKind::previous_stem, text.codes[0].stem)));
}

TEST(WordList, FindsAllThatWasPutAndNothingElse) {
  WordList list;
  for (std::uint64_t word = 1; word <= 1'000; ++word) list.put({word, word * 3, {}});
  EXPECT_EQ(list.size(), 1'000U);
  for (std::uint64_t word = 1; word <= 1'000; ++word) {
    ASSERT_NE(list.find(word), nullptr);
    EXPECT_EQ(list.find(word)->stem, word * 3);
  }
  EXPECT_EQ(list.find(1'001), nullptr);
  EXPECT_EQ(list.find(0), nullptr);
  list.put({7, 8, {}});
  EXPECT_EQ(list.size(), 1'000U);
  EXPECT_EQ(list.find(7)->stem, 8U);
  std::vector<bool> numbered(list.size(), false);
  for (WordCode const& code : list.sorted()) numbered.at(code.number) = true;
  EXPECT_TRUE(std::ranges::all_of(numbered, std::identity{}));
}

TEST(WordList, AnUnlistedWordTakesTheGroupsOfItsStem) {
  std::uint64_t const stem = detectors::stem_of("refunded");
  WordList list;
  list.put({stem, stem, {9, 0}});
  EXPECT_EQ(Text("refunding", list).codes[0].groups[0], 9);
}

}  // namespace
}  // namespace rapport::signals::model

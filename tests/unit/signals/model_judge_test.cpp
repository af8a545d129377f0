#include "signals/model/sentence_judge.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include <string>

#include "signals/model/shipped.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {
namespace {

using domain::Role;

/// Two labels of the agent: "sorry" speaks for the first; "broken" by the other side before, for the
/// second.
ModelData two_labels() {
  Calibration const calibration{{{-100, 0}, {0, 500}, {100, 1'000}}};
  ModelData data;
  data.agent.labels = {{"apology", 600, -10, calibration}, {"answer", 600, 0, calibration}};
  FeatureKey const said = feature_key(FeatureKind::word, word_hash("sorry"));
  FeatureKey const heard = feature_key(FeatureKind::previous_stem, word_hash("kaput"));
  std::vector<std::pair<FeatureKey, std::array<std::int8_t, 2>>> rows{{said, {50, 0}}, {heard, {0, 40}}};
  std::ranges::sort(rows);
  for (auto const& [key, weights] : rows) {
    data.agent.keys.push_back(key);
    data.agent.weights.insert(data.agent.weights.end(), weights.begin(), weights.end());
  }
  data.customer.labels = {{"upset", 500, 0, calibration}};
  return data;
}

class Judged : public testing::Test {
 protected:
  void say(Role role, std::string text, bool backchannel = false) {
    text_ = std::move(text);
    Tokeniser{table_}.tokenise(text_, words_);
    judge_.read(words_, role, backchannel);
  }

  WordTable table_;
  SentenceModel model_{two_labels()};
  SentenceJudge judge_{model_};
  std::string text_;
  Words words_;
};

TEST_F(Judged, ScoresEachSentenceByItself) {
  say(Role::agent, "Sorry. No problem. sorry sorry");
  ASSERT_EQ(judge_.windows().size(), 3U);
  EXPECT_EQ(judge_.scores(0)[0], 40);
  EXPECT_EQ(judge_.scores(1)[0], -10);
  EXPECT_EQ(judge_.scores(2)[0], 90);
}

TEST_F(Judged, HearsWhatTheOtherSideSaidLast) {
  say(Role::customer, "my phone is kaput");
  say(Role::agent, "I see");
  EXPECT_EQ(judge_.scores(0)[1], 40);
  say(Role::agent, "Right");
  EXPECT_EQ(judge_.scores(0)[1], 40);
  say(Role::customer, "hello");
  say(Role::agent, "Right");
  EXPECT_EQ(judge_.scores(0)[1], 0);
}

TEST_F(Judged, ABackchannelIsNotWhatWasSaidLast) {
  say(Role::customer, "my phone is kaput");
  say(Role::customer, "mm", true);
  say(Role::agent, "I see");
  EXPECT_EQ(judge_.scores(0)[1], 40);
}

TEST_F(Judged, ACopyIsACheckpoint) {
  say(Role::customer, "my phone is kaput");
  SentenceJudge const before = judge_;
  say(Role::customer, "hello");
  judge_ = before;
  say(Role::agent, "I see");
  EXPECT_EQ(judge_.scores(0)[1], 40);
}

TEST_F(Judged, KnowsNothingOfOtherRolesAndOfNoWords) {
  say(Role::bot, "sorry");
  EXPECT_TRUE(judge_.windows().empty());
  say(Role::agent, "...");
  EXPECT_TRUE(judge_.windows().empty());
}

TEST(Calibration, RisesBetweenItsKnotsAndIsLevelOutside) {
  Calibration const calibration{{{-10, 100}, {10, 300}, {20, 900}}};
  EXPECT_EQ(calibration.confidence(-1'000), 100);
  EXPECT_EQ(calibration.confidence(0), 200);
  EXPECT_EQ(calibration.confidence(15), 600);
  EXPECT_EQ(calibration.confidence(1'000), 900);
}

TEST(Calibration, TheLeastScoreIsTheFirstThatReachesAConfidence) {
  Calibration const calibration{{{-10, 100}, {10, 300}, {20, 900}}};
  for (std::int32_t const thousandths : {101, 200, 300, 899, 900}) {
    auto const score = static_cast<std::int32_t>(calibration.least_score(thousandths));
    EXPECT_GE(calibration.confidence(score), thousandths);
    EXPECT_LT(calibration.confidence(score - 1), thousandths);
  }
  EXPECT_GT(calibration.least_score(901), std::int64_t{INT32_MAX});
}

TEST(ShippedModel, WasTrainedForThisReading) {
  // Fails when the tokeniser, the stemmer or the features changed: run tools/train-models.
  EXPECT_EQ(shipped_model().reading(), reading_mark(shipped_model().words()));
}

void add(SentenceModel const& model, Role role, std::vector<FeatureKey> const& keys, std::vector<std::int32_t>& scores) {
  FeatureTable::Found found;
  model.look_up(role, keys, found);
  model.add(role, found, scores);
}

/// What a listed word says by itself is summed beforehand: the sums must be those of its features.
TEST(ShippedModel, WordsByThemselvesAndAllElseMakeTheWhole) {
  SentenceModel const& model = shipped_model();
  WordTable const table;
  for (std::string const text : {"I'm so sorry about that, the 2 parcels weren't delivered at 10:30, were they?", "no", "zyxxle brambling wozzits",
                                 "gonna get them reshipped by friday is that all right with you and i will ring you myself once the courier "
                                 "has scanned them so you are not left wondering where they have got to zyxxle refund 40917"}) {
    Words words;
    Tokeniser{table}.tokenise(text, words);
    std::vector<WordCode> codes;
    model.words().codes(words, codes);
    std::vector<Window> windows;
    cut_windows(words, windows);
    std::span<WordCode const> const last = std::span{codes}.last(std::min<std::size_t>(codes.size(), previous_tokens));
    for (Role const role : {Role::agent, Role::customer}) {
      std::vector<std::int32_t> whole(model.labels(role).size());
      std::vector<std::int32_t> parts = whole;
      std::vector<FeatureKey> keys;
      for (Window const& window : windows) {
        keys.clear();
        window_features(words, codes, window, keys);
        add(model, role, keys, whole);
        keys.clear();
        context_features(words, codes, window, keys);
        model.add_words(role, false, std::span{codes}.subspan(window.first_token, window.token_count), keys, parts);
        add(model, role, keys, parts);
        EXPECT_EQ(parts, whole) << text;
      }
      keys.clear();
      previous_features(codes, true, keys);
      add(model, role, keys, whole);
      keys.clear();
      previous_context_features(last, true, keys);
      model.add_words(role, true, last, keys, parts);
      add(model, role, keys, parts);
      EXPECT_EQ(parts, whole) << text;
    }
  }
}

/// A few megabytes: what a binary and memory can bear (features of three rows at least, a byte a number of vectors).
TEST(ShippedModel, IsSmall) { EXPECT_LE(shipped_model_bytes().size(), std::size_t{8} << 20U); }

}  // namespace
}  // namespace rapport::signals::model

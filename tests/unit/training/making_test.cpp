#include "training/making.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "signals/model/sentence_judge.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"
#include "training/card.hpp"
#include "training/export.hpp"
#include "unit/training/small_data.hpp"

namespace rapport::training {
namespace {

using domain::Role;
using signals::model::ModelData;
using signals::model::RoleModel;
using testing::DataFolder;
using testing::small_data;

Data small() {
  DataFolder const folder{small_data()};
  auto data = load_data(folder.path());
  if (!data) throw std::runtime_error(data.error().message);
  return *std::move(data);
}

TEST(Making, GivesTheSameBytesOfTheSameData) {
  std::string const once = write_model(make_model(small(), {}).model);
  EXPECT_TRUE(once == write_model(make_model(small(), {}).model));
  Settings other;
  other.seed = 2;
  EXPECT_FALSE(once == write_model(make_model(small(), other).model));
}

TEST(Making, LearnsWhatTellsItsLabelsApart) {
  Made const made = make_model(small(), {});
  ASSERT_EQ(made.figures.size(), 3U);
  EXPECT_EQ(made.figures[0].name, "apology");
  EXPECT_EQ(made.figures[0].rows, 40U);
  EXPECT_EQ(made.figures[1].rows, 40U);
  EXPECT_GT(made.figures[0].crossed.f1(), 0.9);
  EXPECT_GT(made.figures[1].crossed.f1(), 0.9);
  EXPECT_GT(made.rows_held_back, 0U);
  EXPECT_EQ(made.figures[0].crossed.positives() + made.figures[0].held_back.positives(), 40U);

  auto const read = signals::model::read_model(write_model(made.model));
  ASSERT_TRUE(read);
  signals::model::SentenceModel const model{*read};
  EXPECT_EQ(model.reading(), reading_mark(model.words()));
  signals::WordTable const table;
  signals::Words words;
  signals::model::SentenceJudge judge{model};
  auto const holds = [&](std::string const& text, std::size_t label) {
    signals::Tokeniser{table}.tokenise(text, words);
    judge.read(words, Role::agent, false);
    auto const& said = model.labels(Role::agent)[label];
    return said.calibration.confidence(judge.scores(0)[label]) >= said.threshold;
  };
  EXPECT_TRUE(holds("Sorry about the noise.", 0));
  EXPECT_FALSE(holds("Sorry about the noise.", 1));
  EXPECT_TRUE(holds("I will send you a kettle tomorrow.", 1));
  EXPECT_FALSE(holds("Which one is the kettle?", 0));
}

TEST(Making, NeverSaysALabelOfTooFewRows) {
  Made const made = make_model(small(), {});
  signals::model::Label const& upset = made.model.customer.labels.at(0);
  EXPECT_EQ(upset.threshold, 1'000);
  for (std::int32_t const score : {-100'000, 0, 100'000}) EXPECT_LT(upset.calibration.confidence(score), upset.threshold);
}

TEST(Making, KeepsWhatIsHeldBackAndItsLikesFromLearning) {
  Data const data = small();
  Corpus const corpus = make_corpus(data.rows, data.clusters, Role::agent, 2, data.words);
  auto const parts = cross_parts_of(data, corpus);
  ASSERT_EQ(parts.size(), corpus.examples.size());
  std::map<std::uint32_t, int> part_of_cluster;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    Example const& example = corpus.examples[index];
    EXPECT_EQ(parts[index] == -1, data.twentieths[example.row] < held_back_twentieths);
    auto const [known, fresh] = part_of_cluster.emplace(example.cluster, parts[index]);
    EXPECT_EQ(known->second, parts[index]) << data.rows[example.row].text;
  }
  Corpus const customer = make_corpus(data.rows, data.clusters, Role::customer, 1, data.words);
  for (int const part : cross_parts_of(data, customer)) EXPECT_TRUE(part == always || part == -1);
}

/// A corpus of three features, one in each example, and weights for two labels.
Corpus three_features() {
  Corpus corpus;
  corpus.label_count = 2;
  corpus.keys = {30, 10, 20};
  for (FeatureIndex feature = 0; feature < 3; ++feature) {
    Example example;
    example.windows = {{{feature, static_cast<std::uint16_t>(feature + 1)}}};
    corpus.examples.push_back(example);
  }
  return corpus;
}

TEST(Quantising, KeepsWeightsWithinHalfAStep) {
  Corpus const corpus = three_features();
  LinearModel const learned{2, {2.0F, -0.5F, 0.3F, 0.25F, -1.1F, 0.001F}, {-0.7F, 0.1F}};
  std::vector<Tuning> const tunings(2, Tuning{0.5F, {1.0, 0.0}});
  RoleModel const role = quantise(corpus, learned, {"a", "b"}, tunings);
  ASSERT_EQ(role.keys, (std::vector<FeatureKey>{10, 20, 30}));
  std::array<float, 2> const step{2.0F / 127, 0.5F / 127};
  std::array<std::size_t, 3> const feature_of{1, 2, 0};  // by rising key
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t label = 0; label < 2; ++label) {
      float const back = static_cast<float>(role.weights[row * 2 + label]) * step[label];
      EXPECT_NEAR(back, learned.weights[feature_of[row] * 2 + label], step[label] / 2 + 1e-6F);
    }
  }
  EXPECT_EQ(role.weights[4], 127);  // the largest of its label takes the whole range
  EXPECT_EQ(role.weights[5], -127);
  EXPECT_NEAR(static_cast<float>(role.labels[0].bias) * step[0], -0.7F, step[0] / 2);
}

TEST(Quantising, LeavesOutFeaturesThatSayNothing) {
  LinearModel const learned{2, {2.0F, -0.5F, 0.001F, 0.0F, 0.02F, 0.004F}, {0.0F, 0.0F}};
  std::vector<Tuning> const tunings(2, Tuning{0.5F, {1.0, 0.0}});
  EXPECT_EQ(quantise(three_features(), learned, {"a", "b"}, tunings).keys, std::vector<FeatureKey>{30});
}

TEST(Quantising, KeepsTheCurveAndTheThreshold) {
  LinearModel const learned{2, {2.0F, -0.5F, 0.3F, 0.25F, -1.1F, 0.001F}, {0.0F, 0.0F}};
  Curve const curve{3.0, -1.0};
  std::vector<Tuning> const tunings{{0.5F, curve}, {std::numeric_limits<float>::infinity(), curve}};
  RoleModel const role = quantise(three_features(), learned, {"a", "b"}, tunings);
  for (float score = -2; score <= 2; score += 0.25F) {
    auto const whole = static_cast<std::int32_t>(std::lround(score / (2.0F / 127)));
    EXPECT_NEAR(role.labels[0].calibration.confidence(whole), 1'000 * curve.at(score), 15) << score;
  }
  EXPECT_NEAR(role.labels[0].threshold, 1'000 * curve.at(0.5), 15);
  EXPECT_EQ(role.labels[1].threshold, 1'000);
  EXPECT_EQ(role.labels[1].calibration.confidence(1'000'000), 0);
}

TEST(Quantising, IsReadBackAndJudgesAsItWasMeasured) {
  Data const data = small();
  Corpus const corpus = make_corpus(data.rows, data.clusters, Role::agent, 2, data.words);
  std::vector<std::uint32_t> all(corpus.examples.size());
  std::iota(all.begin(), all.end(), 0U);
  std::vector<Tuning> const tunings(2, Tuning{0.0F, {0.1, 0.0}});
  ModelData made;
  made.words = data.words.sorted();
  made.agent = quantise(corpus, learn(corpus, all, {}), data.labels.names(Role::agent), tunings);
  auto const read = signals::model::read_model(write_model(made));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, made);

  signals::model::SentenceModel const model{*read};
  signals::WordTable const table;
  signals::Words words;
  for (Example const& example : corpus.examples) {
    signals::model::SentenceJudge judge{model};
    SentenceRow const& row = data.rows[example.row];
    signals::Tokeniser{table}.tokenise(row.previous, words);
    judge.read(words, Role::customer, false);
    signals::Tokeniser{table}.tokenise(row.text, words);
    judge.read(words, Role::agent, false);
    auto const expected = shipped_confidences(made.agent, signals::model::Convolution{{}, {}}, corpus, example);
    for (std::size_t label = 0; label < expected.size(); ++label) {
      std::int32_t best = 0;
      for (std::size_t window = 0; window < judge.windows().size(); ++window) {
        best = std::max(best, model.labels(Role::agent)[label].calibration.confidence(judge.scores(window)[label]));
      }
      EXPECT_EQ(best, expected[label]) << row.text;
    }
  }
}

TEST(Card, ReplacesWhatStandsBetweenItsMarks) {
  std::string const page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n";
  auto const filled = replace_section(page, "x", "new\n");
  ASSERT_TRUE(filled);
  EXPECT_EQ(*filled, "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb\n");
  EXPECT_EQ(*replace_section(*filled, "x", "new\n"), *filled);
  EXPECT_FALSE(replace_section(page, "y", "new\n"));
  EXPECT_FALSE(replace_section("<!-- x: end -->\n<!-- x: begin -->\n", "x", "new\n"));
}

}  // namespace
}  // namespace rapport::training

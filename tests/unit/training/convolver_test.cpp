#include "training/convolver.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "training/export.hpp"

namespace rapport::training {
namespace {

using signals::model::dimensions;

/// Ten words whose vectors lie in pairs: 2n and 2n + 1 are nearly the same.
WordVectors paired_vectors() {
  base::Random random{3};
  WordVectors vectors;
  for (std::uint64_t word = 1; word <= 10; ++word) vectors.words.push_back(word);
  for (std::size_t pair = 0; pair < 5; ++pair) {
    std::vector<std::int8_t> row;
    for (std::size_t at = 0; at < dimensions; ++at) row.push_back(static_cast<std::int8_t>(random.between(-50, 50)));
    for (int twin = 0; twin < 2; ++twin) {
      for (std::int8_t& value : row) value = static_cast<std::int8_t>(value + twin * random.between(-3, 3));
      vectors.rows.insert(vectors.rows.end(), row.begin(), row.end());
    }
  }
  return vectors;
}

/// A label that holds where word 1 stands just before word 3, and not where behind it.
Corpus ordered_pairs() {
  base::Random random{5};
  Corpus corpus;
  corpus.label_count = 1;
  for (int row = 0; row < 300; ++row) {
    bool const yes = row % 2 == 0;
    std::vector<std::uint64_t> words{5, 7, 9, 5, 7};
    auto const at = words.begin() + random.between(0, 5);
    words.insert(words.insert(at, yes ? 3 : 1), yes ? 1 : 3);
    Example example;
    example.truths = {yes ? Truth::yes : Truth::no};
    example.words = {words};
    example.previous_words = {9, 5};
    example.windows.resize(1);
    corpus.examples.push_back(example);
  }
  return corpus;
}

ConvolutionSettings quick() {
  ConvolutionSettings settings;
  settings.filters = signals::model::filter_block;
  settings.epochs = 30;
  settings.rate = 0.01F;
  settings.word_dropout = 0;
  return settings;
}

struct Learned {
  WordVectors vectors = paired_vectors();
  Corpus corpus = ordered_pairs();
  HeardCorpus heard = make_heard(corpus, vectors);
  Convolver convolver;

  Learned() {
    std::vector<std::uint32_t> all(corpus.examples.size());
    for (std::uint32_t index = 0; index < all.size(); ++index) all[index] = index;
    convolver = learn_filters(vectors, std::span{&heard, 1}, std::span{&all, 1}, quick());
  }

  float score(std::vector<std::uint32_t> const& words) const {
    return scores_of(convolver, word_rows(convolver, vectors), {{words}, {9, 5}}, 0, 1).at(0);
  }
};

TEST(Convolver, LearnsTheOrderOfWordsAndOfWordsLikeThem) {
  Learned const learned;
  EXPECT_GT(learned.score({5, 7, 1, 3, 9}), 1);
  EXPECT_LT(learned.score({5, 7, 3, 1, 9}), -1);
  EXPECT_GT(learned.score({5, 7, 2, 4, 9}), 1);  // words that no row had
  EXPECT_LT(learned.score({5, 7, 4, 2, 9}), -1);
}

TEST(Convolver, LearnsTheSameBitsOfTheSameRows) {
  Learned const once;
  Learned const again;
  EXPECT_EQ(once.convolver.taps, again.convolver.taps);
  EXPECT_EQ(once.convolver.weights, again.convolver.weights);
}

TEST(Convolver, ShipsWhatItLearnedWithinRounding) {
  Learned const learned;
  RoundedFilters const rounded = round_filters(learned.convolver, learned.vectors);
  FilterShare const share{&learned.convolver, &rounded.units, 0, 2.0F};
  LinearModel const nothing{1, {}, {0.0F}};
  Corpus no_features = learned.corpus;
  std::vector<Tuning> const tunings(1, Tuning{0.0F, {1.0, 0.0}});
  auto const role = quantise(no_features, nothing, {"ordered"}, tunings, share);
  signals::model::Convolution const convolution{rounded.data, {}};
  auto const said = word_rows(learned.convolver, learned.vectors);
  for (std::size_t index = 0; index < 20; ++index) {
    float const score = 2 * scores_of(learned.convolver, said, learned.heard.rows[index], 0, 1).at(0);
    auto const confidence = shipped_confidences(role, convolution, no_features, no_features.examples[index]).at(0);
    Curve const even{1.0, 0.0};
    EXPECT_NEAR(confidence, 1'000 * even.at(score), 25);
  }
}

TEST(Vectors, AreReadByTheTokenisersSpelling) {
  std::string const spellings = "colour\ncolor\nwon't\nparcel\n";
  std::string rows(4 * dimensions, '\0');
  for (std::size_t at = 0; at < rows.size(); ++at) rows[at] = static_cast<char>(1 + at / dimensions);
  signals::model::WordList const list;
  auto const vectors = read_vectors(spellings, rows, list);
  ASSERT_TRUE(vectors);
  ASSERT_EQ(vectors->words.size(), 2U);  // one of the two spellings of a word, and none of two words
  EXPECT_EQ(vectors->rows[0] + vectors->rows[dimensions], 1 + 4);
  EXPECT_FALSE(read_vectors(spellings, rows.substr(1), list));

  WordVectors more = *vectors;
  add_missing({vectors->words[0], 77}, more);
  EXPECT_EQ(more.words.size(), 3U);
  EXPECT_EQ(more.rows.size(), 3 * dimensions);
}

}  // namespace
}  // namespace rapport::training

#include "signals/model/convolution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "base/random.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::size_t filter_count = 2 * filter_block;
constexpr std::size_t word_count = 40;

/// Filters and vectors without meaning, the same every time.
ConvolutionData some_filters() {
  base::Random random{7};
  ConvolutionData data;
  data.filters = filter_count;
  for (std::uint64_t word = 1; word <= word_count; ++word) data.words.push_back(word * 1'000);
  for (std::size_t at = 0; at < word_count * dimensions; ++at) data.vectors.push_back(static_cast<std::int8_t>(random.between(-127, 127)));
  for (std::size_t at = 0; at < dimensions * run_words * filter_count; ++at) data.taps.push_back(static_cast<std::int8_t>(random.between(-127, 127)));
  for (std::size_t filter = 0; filter < filter_count; ++filter) data.biases.push_back(static_cast<std::int16_t>(random.between(-filter_bias_max / 4, filter_bias_max / 4)));
  return data;
}

WordCode word(std::uint64_t hash) { return {hash, hash, {}}; }

/// What one word says to a filter at a place, by the definition.
int said(ConvolutionData const& data, WordCode const& code, std::size_t place, std::size_t filter) {
  auto const found = std::ranges::find(data.words, code.word);
  if (found == data.words.end()) return 0;
  auto const index = static_cast<std::size_t>(found - data.words.begin());
  int sum = 0;
  for (std::size_t at = 0; at < dimensions; ++at) {
    sum += data.vectors[index * dimensions + at] * data.taps[(at * run_words + place) * data.filters + filter];
  }
  constexpr int parts = 1 << tap_shift;
  int const down = (sum + parts / 2) / parts;
  return std::clamp(down - ((sum + parts / 2) % parts < 0 ? 1 : 0), -int{tap_max}, int{tap_max});
}

/// What a filter finds in a run of words, by the definition: nothing stands before and behind them.
int found_by(ConvolutionData const& data, std::vector<WordCode> codes, std::size_t filter) {
  codes.insert(codes.begin(), run_words - 1, word(1));
  codes.insert(codes.end(), run_words - 1, word(1));
  int best = -3 * tap_max;
  for (std::size_t at = 0; at + run_words <= codes.size(); ++at) {
    int sum = 0;
    for (std::size_t place = 0; place < run_words; ++place) sum += said(data, codes[at + place], place, filter);
    best = std::max(best, sum);
  }
  return std::max(0, best + data.biases[filter]);
}

std::vector<WordCode> some_words(std::uint64_t seed, std::size_t count) {
  base::Random random{seed};
  std::vector<WordCode> codes;
  for (std::size_t at = 0; at < count; ++at) codes.push_back(word(1'000 * static_cast<std::uint64_t>(random.between(1, word_count + 5))));
  return codes;
}

TEST(ModelConvolution, FindsWhatItsDefinitionSays) {
  ConvolutionData const data = some_filters();
  WordList list;
  list.put(word(3'000));  // a word that the list knows too, and one that it alone knows
  list.put(word(999));
  Convolution const convolution{data, list};
  for (std::size_t count : {std::size_t{1}, std::size_t{2}, std::size_t{9}, std::size_t{window_tokens}}) {
    std::vector<WordCode> codes = some_words(count, count);
    codes.front() = *list.find(3'000);
    if (count > 2) codes[1] = *list.find(999);
    Pooled pooled;
    convolution.pool(codes, pooled);
    for (std::size_t filter = 0; filter < filter_count; ++filter) EXPECT_EQ(pooled[filter], found_by(data, codes, filter)) << count << ", " << filter;
  }
}

TEST(ModelConvolution, HearsInWhichOrderWordsStand) {
  Convolution const convolution{some_filters(), {}};
  std::vector<WordCode> codes = some_words(3, 8);
  Pooled forth;
  Pooled back;
  convolution.pool(codes, forth);
  std::ranges::reverse(codes);
  convolution.pool(codes, back);
  EXPECT_FALSE(std::equal(forth.begin(), forth.begin() + filter_count, back.begin()));
}

TEST(ModelConvolution, AnswersAllThreadsAlike) {
  ConvolutionData const data = some_filters();
  Convolution const alone{data, {}};
  Convolution const shared{data, {}};
  auto const read = [](Convolution const& convolution) {
    std::vector<std::int16_t> all;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Pooled pooled;
      convolution.pool(some_words(seed, 10), pooled);
      all.insert(all.end(), pooled.begin(), pooled.begin() + filter_count);
    }
    return all;
  };
  std::array<std::vector<std::int16_t>, 4> answers;
  {
    std::vector<std::jthread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = read(shared); });
  }
  for (auto const& answer : answers) EXPECT_EQ(answer, read(alone));
}

TEST(ModelConvolution, AddsWhatWasFoundTimesItsWeights) {
  Pooled const found{0, 2'048, 1'024};
  std::vector<std::int16_t> const weights{900, 900, 3, -5, 2, 1};
  std::array<std::int32_t, 2> scores{10, 20};
  PooledWeights{weights, scores.size()}.add(found, scores);
  EXPECT_EQ(scores[0], 10 + 3 + 1);
  EXPECT_EQ(scores[1], 20 - 5);  // four and a half less, rounded down
}

}  // namespace
}  // namespace rapport::signals::model

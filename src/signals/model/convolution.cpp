#include "signals/model/convolution.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/assert.hpp"

namespace rapport::signals::model {
namespace {

/// Runs reach over both ends of a window, where nothing stands.
constexpr std::size_t margin = run_words - 1;

}  // namespace

PooledWeights::PooledWeights(std::span<std::int16_t const> weights, std::size_t labels)
    : filters_(labels == 0 ? 0 : weights.size() / labels), pairs_((filters_ + 1) / 2, 2 * sizeof(std::int16_t) * labels) {
  RAPPORT_ASSERT(filters_ <= filters_max && weights.size() == filters_ * labels);
  for (std::size_t filter = 0; filter < filters_; ++filter) {
    for (std::size_t label = 0; label < labels; ++label) {
      std::memcpy(pairs_[filter / 2] + (2 * label + filter % 2) * sizeof(std::int16_t), &weights[filter * labels + label], sizeof(std::int16_t));
    }
  }
}

void PooledWeights::add(Pooled const& found, std::span<std::int32_t> scores) const {
  std::array<WeightedPair, filters_max / 2> pairs;
  std::size_t count = 0;
  std::uint8_t const* rows = pairs_[0];
  for (std::size_t filter = 0; filter < filters_; filter += 2, rows += pairs_.stride()) {
    WeightedPair& pair = pairs[count];
    std::memcpy(&pair.values, &found[filter], sizeof pair.values);
    pair.rows = rows;
    count += pair.values != 0 ? 1U : 0U;
  }
  row_sums().add_weighted_pairs(std::span{pairs}.first(count), pooled_shift, scores);
}

Convolution::Convolution(ConvolutionData const& data, WordList const& words)
    : filters_(data.filters), stride_(run_words * filters_), biases_(data.biases) {
  if (filters_ == 0) return;
  for (std::int16_t& bias : biases_) bias = static_cast<std::int16_t>(bias - static_cast<int>(run_words) * byte_bias);
  RAPPORT_ASSERT(filters_ <= filters_max && filters_ % filter_block == 0);
  RAPPORT_ASSERT(data.vectors.size() == data.words.size() * dimensions && data.taps.size() == dimensions * stride_ && biases_.size() == filters_);
  taps_ = {dimensions / 2, 2 * sizeof(std::int16_t) * stride_};
  for (std::size_t at = 0; at < data.taps.size(); ++at) {
    std::size_t const dimension = at / stride_;
    std::int16_t const tap = data.taps[at];
    std::memcpy(taps_[dimension / 2] + (at % stride_ * 2 + dimension % 2) * sizeof tap, &tap, sizeof tap);
  }
  std::size_t rows = words.size() + 1;
  slots_.resize(std::bit_ceil(data.words.size() * 2 + 2));
  std::size_t const mask = slots_.size() - 1;
  for (std::uint64_t const word : data.words) {
    std::size_t slot = word & mask;
    while (slots_[slot].word != 0) slot = (slot + 1) & mask;
    WordCode const* const listed = words.find(word);
    slots_[slot] = {word, listed != nullptr ? row_of_listed(*listed) : static_cast<std::uint32_t>(rows++)};
  }
  vectors_.resize(rows * dimensions);
  for (std::size_t index = 0; index < data.words.size(); ++index) {
    std::copy_n(data.vectors.begin() + static_cast<std::ptrdiff_t>(index * dimensions), dimensions,
                vectors_.begin() + static_cast<std::ptrdiff_t>(find(data.words[index]) * dimensions));
  }
  rows_ = std::make_unique_for_overwrite<std::uint8_t[]>(rows * stride_);
  states_ = std::make_unique<std::atomic<State>[]>(rows);
}

std::uint32_t Convolution::find(std::uint64_t word) const {
  std::size_t const mask = slots_.size() - 1;
  std::size_t slot = word & mask;
  while (slots_[slot].word != 0 && slots_[slot].word != word) slot = (slot + 1) & mask;
  return slots_[slot].row;
}

std::uint32_t Convolution::row_of(WordCode const& code) const {
  return code.number == WordCode::unlisted ? find(code.word) : row_of_listed(code);
}

/// The word's row, worked out now if nobody has.
std::uint8_t const* Convolution::row(std::uint32_t index) const {
  std::uint8_t* const out = rows_.get() + index * stride_;
  std::atomic<State>& state = states_[index];
  State seen = state.load(std::memory_order_acquire);
  if (seen == State::made) return out;
  if (seen == State::unmade && state.compare_exchange_strong(seen, State::making, std::memory_order_acquire)) {
    make(index, out);
    state.store(State::made, std::memory_order_release);
    state.notify_all();
    return out;
  }
  while (seen != State::made) {
    state.wait(seen, std::memory_order_acquire);
    seen = state.load(std::memory_order_acquire);
  }
  return out;
}

void Convolution::make(std::uint32_t index, std::uint8_t* out) const {
  std::array<std::int32_t, run_words * filters_max> sums{};
  std::array<WeightedPair, dimensions / 2> pairs;
  std::int8_t const* const vector = vectors_.data() + index * dimensions;
  for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
    std::array<std::int16_t, 2> const two{vector[2 * pair], vector[2 * pair + 1]};
    std::memcpy(&pairs[pair].values, two.data(), sizeof two);
    pairs[pair].rows = taps_[pair];
  }
  row_sums().add_weighted_pairs(pairs, 0, std::span{sums}.first(stride_));
  constexpr std::int32_t half = 1 << (tap_shift - 1);
  for (std::size_t to = 0; to < stride_; ++to) {
    std::size_t const place = to / filter_block * filter_block + place_in_block(to % filter_block);
    out[place] = static_cast<std::uint8_t>(byte_bias + std::clamp<std::int32_t>((sums[to] + half) >> tap_shift, -tap_max, tap_max));
  }
}

void Convolution::expect(std::span<WordCode const> codes) const {
  if (filters_ == 0) return;
  for (WordCode const& code : codes) fetch(rows_.get() + row_of(code) * stride_, stride_);
}

void Convolution::pool(std::span<WordCode const> codes, Pooled& pooled) const {
  RAPPORT_ASSERT(filters_ != 0 && codes.size() <= window_tokens);
  std::array<std::uint8_t const*, window_tokens + 2 * margin> rows;
  std::size_t count = 0;
  std::uint8_t const* const nothing = row(0);
  for (std::size_t at = 0; at < margin; ++at) rows[count++] = nothing;
  for (WordCode const& code : codes) rows[count++] = row(row_of(code));
  for (std::size_t at = 0; at < margin; ++at) rows[count++] = nothing;
  row_sums().find_best_places(std::span{rows}.first(count), biases_, std::span{pooled}.first(filters_));
}

}  // namespace rapport::signals::model

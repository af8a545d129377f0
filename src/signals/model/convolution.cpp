#include "signals/model/convolution.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/assert.hpp"

namespace rapport::signals::model {
namespace {

/// Runs reach over both ends of a window, where nothing stands.
constexpr std::size_t margin = run_words - 1;

constexpr std::int16_t row_bias = 128;  ///< makes a row's byte a number without a sign, which is widened in one step

using FilterLanes [[gnu::vector_size(16)]] = std::int16_t;
constexpr std::size_t lane_bytes = sizeof(FilterLanes);
constexpr std::size_t block_vectors = filter_block / lane_bytes;

FilterLanes load_lanes(std::uint8_t const* bytes) {
  FilterLanes two;
  std::memcpy(&two, bytes, sizeof two);
  return two;
}

FilterLanes larger(FilterLanes a, FilterLanes b) { return a > b ? a : b; }

/// What a block of filters finds at its best place of these rows. Bytes are taken in twos: those of even filters, then, shifted
/// down, those of odd ones.
std::array<std::int16_t, filter_block> best_places(std::span<std::uint8_t const* const> rows, std::size_t first, std::size_t filters) {
  constexpr std::int16_t low = 0xFF;
  std::array<FilterLanes, block_vectors> even{};
  std::array<FilterLanes, block_vectors> odd{};
  for (std::size_t at = 0; at + margin < rows.size(); ++at) {
    for (std::size_t vector = 0; vector < block_vectors; ++vector) {
      std::size_t const from = first + vector * lane_bytes;
      FilterLanes const one = load_lanes(rows[at] + from);
      FilterLanes const two = load_lanes(rows[at + 1] + filters + from);
      FilterLanes const three = load_lanes(rows[at + 2] + 2 * filters + from);
      even[vector] = larger(even[vector], (one & low) + (two & low) + (three & low));
      odd[vector] = larger(odd[vector], (one >> 8 & low) + (two >> 8 & low) + (three >> 8 & low));
    }
  }
  constexpr int biases = static_cast<int>(run_words) * row_bias;
  std::array<std::int16_t, filter_block> best;
  for (std::size_t filter = 0; filter < filter_block; ++filter) {
    FilterLanes const& lanes = (filter % 2 == 0 ? even : odd)[filter / lane_bytes];
    best[filter] = static_cast<std::int16_t>(lanes[filter % lane_bytes / 2] - biases);
  }
  return best;
}

}  // namespace

void add_pooled(std::span<std::int16_t const> found, std::span<std::int16_t const> weights, std::span<std::int32_t> scores) {
  std::size_t const labels = scores.size();
  RAPPORT_ASSERT(labels <= labels_max && weights.size() == found.size() * labels);
  std::array<std::int32_t, labels_max> sums{};
  std::int16_t const* row = weights.data();
  for (std::size_t filter = 0; filter < found.size(); ++filter, row += labels) {
    std::int16_t const value = found[filter];
    if (value == 0) continue;
    for (std::size_t label = 0; label < labels; ++label) sums[label] += value * row[label];
  }
  for (std::size_t label = 0; label < labels; ++label) scores[label] += sums[label] >> pooled_shift;
}

Convolution::Convolution(ConvolutionData const& data, WordList const& words)
    : filters_(data.filters), stride_(run_words * filters_), taps_(data.taps.begin(), data.taps.end()), biases_(data.biases) {
  if (filters_ == 0) return;
  RAPPORT_ASSERT(filters_ <= filters_max && filters_ % filter_block == 0);
  RAPPORT_ASSERT(data.vectors.size() == data.words.size() * dimensions && taps_.size() == dimensions * stride_ && biases_.size() == filters_);
  vectors_.resize(dimensions);
  vectors_.insert(vectors_.end(), data.vectors.begin(), data.vectors.end());
  slots_.resize(std::bit_ceil(data.words.size() * 2 + 2));
  std::size_t const mask = slots_.size() - 1;
  for (std::size_t index = 0; index < data.words.size(); ++index) {
    std::size_t slot = data.words[index] & mask;
    while (slots_[slot].word != 0) slot = (slot + 1) & mask;
    slots_[slot] = {data.words[index], static_cast<std::uint32_t>(index + 1)};
  }
  listed_.resize(words.size());
  for (WordCode const& code : words.sorted()) listed_[code.number] = find(code.word);
  std::size_t const rows = data.words.size() + 1;
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
  return code.number == WordCode::unlisted ? find(code.word) : listed_[code.number];
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
  std::int8_t const* const vector = vectors_.data() + index * dimensions;
  for (std::size_t at = 0; at < dimensions; ++at) {
    std::int32_t const value = vector[at];
    std::int16_t const* const taps = taps_.data() + at * stride_;
    for (std::size_t to = 0; to < stride_; ++to) sums[to] += value * taps[to];
  }
  constexpr std::int32_t half = 1 << (tap_shift - 1);
  for (std::size_t to = 0; to < stride_; ++to) {
    out[to] = static_cast<std::uint8_t>(row_bias + std::clamp<std::int32_t>((sums[to] + half) >> tap_shift, -tap_max, tap_max));
  }
}

void Convolution::pool(std::span<WordCode const> codes, Pooled& pooled) const {
  RAPPORT_ASSERT(filters_ != 0 && codes.size() <= window_tokens);
  std::array<std::uint8_t const*, window_tokens + 2 * margin> rows;
  std::size_t count = 0;
  std::uint8_t const* const nothing = row(0);
  for (std::size_t at = 0; at < margin; ++at) rows[count++] = nothing;
  for (WordCode const& code : codes) rows[count++] = row(row_of(code));
  for (std::size_t at = 0; at < margin; ++at) rows[count++] = nothing;
  std::span<std::uint8_t const* const> const all{rows.data(), count};
  for (std::size_t first = 0; first < filters_; first += filter_block) {
    std::array<std::int16_t, filter_block> const best = best_places(all, first, filters_);
    for (std::size_t filter = 0; filter < filter_block; ++filter) {
      pooled[first + filter] = static_cast<std::int16_t>(std::max(0, best[filter] + biases_[first + filter]));
    }
  }
}

}  // namespace rapport::signals::model

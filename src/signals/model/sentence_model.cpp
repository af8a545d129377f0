#include "signals/model/sentence_model.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "base/assert.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {
namespace {

/// What one vector instruction adds.
using Lanes [[gnu::vector_size(16)]] = std::uint16_t;
constexpr std::size_t lanes = sizeof(Lanes) / sizeof(std::uint16_t);
constexpr std::size_t stride_max = labels_max / 2;
constexpr std::size_t held_bits_a_slot = 8;

constexpr std::uint16_t bias = 128;  ///< makes a weight a number of eight bits without a sign
constexpr std::uint16_t two_biases = bias * 257;
static_assert(features_max * 255 <= 0xFFFF);

std::uint32_t check_of(FeatureKey key) { return static_cast<std::uint32_t>(key >> 32U); }

}  // namespace

std::int32_t Calibration::confidence(std::int32_t score) const {
  auto const above = std::ranges::upper_bound(knots, score, {}, &Knot::score);
  if (above == knots.begin()) return knots.front().thousandths;
  Knot const& low = *(above - 1);
  if (above == knots.end()) return low.thousandths;
  std::int64_t const rise = above->thousandths - low.thousandths;
  std::int64_t const run = std::int64_t{above->score} - low.score;
  return low.thousandths + static_cast<std::int32_t>(rise * (std::int64_t{score} - low.score) / run);
}

std::int64_t Calibration::least_score(std::int32_t thousandths) const {
  std::int64_t low = std::numeric_limits<std::int32_t>::min();
  std::int64_t high = std::int64_t{std::numeric_limits<std::int32_t>::max()} + 1;
  while (low < high) {
    std::int64_t const middle = low + (high - low) / 2;
    if (confidence(static_cast<std::int32_t>(middle)) >= thousandths) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

std::uint64_t reading_mark(WordList const& words) {
  constexpr std::string_view probe =
      "I'm so sorry about that, Ms. Okafor; the 2 parcels (order 40917) weren't delivered at 10:30, were they? "
      "apologising won't fix it gonna get them reshipped by friday is that all right with you and i will ring "
      "you myself once the courier has scanned them so you are not left wondering where they have got to";
  WordTable const table;
  Words read;
  Tokeniser{table}.tokenise(probe, read);
  std::vector<WordCode> codes;
  words.codes(read, codes);
  std::vector<Window> windows;
  cut_windows(read, windows);
  std::vector<FeatureKey> keys;
  previous_features(codes, true, keys);
  for (Window const& window : windows) window_features(read, codes, window, keys);
  std::uint64_t mark = keys.size();
  for (FeatureKey const key : keys) mark = mixed(mark, key);
  return mark;
}

SentenceModel::SentenceModel(ModelData const& data) : reading_(data.reading) {
  for (WordCode const& word : data.words) words_.put(word);
  agent_ = make_table(data.agent, words_);
  customer_ = make_table(data.customer, words_);
  convolution_ = std::make_unique<Convolution const>(data.convolution, words_);
  for (auto const& [table, role] : {std::pair{&agent_, &data.agent}, std::pair{&customer_, &data.customer}}) {
    RAPPORT_ASSERT(role->pooled_weights.size() == 2 * convolution_->filters() * role->labels.size());
    table->pooled_weights = role->pooled_weights;
  }
}

SentenceModel::Table SentenceModel::make_table(RoleModel const& role, WordList const& words) {
  std::size_t const count = role.labels.size();
  RAPPORT_ASSERT(role.weights.size() == role.keys.size() * count);
  Table table;
  table.labels = role.labels;
  table.stride = (count + 2 * lanes - 1) / (2 * lanes) * lanes;
  RAPPORT_ASSERT(table.stride <= stride_max);
  table.slots.resize(std::max<std::size_t>(std::bit_ceil(role.keys.size() * 2 + 2), 64 / held_bits_a_slot));
  table.held.resize(table.slots.size() * held_bits_a_slot / 64);
  table.rows.resize(role.keys.size() * table.stride, two_biases);
  std::size_t const mask = table.slots.size() - 1;
  for (std::size_t index = 0; index < role.keys.size(); ++index) {
    FeatureKey const key = role.keys[index];
    table.held_at(key) |= std::uint64_t{1} << key % 64;
    std::size_t slot = key & mask;
    while (table.slots[slot].row != 0) slot = (slot + 1) & mask;
    table.slots[slot] = {check_of(key), static_cast<std::uint32_t>(index + 1)};
    for (std::size_t label = 0; label < count; ++label) {
      int const weight = role.weights[index * count + label];
      std::uint16_t& two = table.rows[index * table.stride + label / 2];
      two = static_cast<std::uint16_t>(two + static_cast<unsigned>(weight) * (label % 2 == 0 ? 1U : 256U));
    }
  }
  table.own_words = table.word_rows(words, word_features);
  table.previous_words = table.word_rows(words, previous_word_features);
  return table;
}

/// The row of the feature, or null.
std::uint16_t const* SentenceModel::Table::find(FeatureKey key) const {
  std::size_t const mask = slots.size() - 1;
  std::size_t slot = key & mask;
  while (slots[slot].row != 0 && slots[slot].check != check_of(key)) slot = (slot + 1) & mask;
  return slots[slot].row == 0 ? nullptr : rows.data() + (slots[slot].row - 1) * stride;
}

std::vector<std::int16_t> SentenceModel::Table::word_rows(WordList const& words,
                                                          void (*features)(WordCode const&, std::vector<FeatureKey>&)) const {
  std::vector<std::int16_t> made(words.size() * stride * 2);
  std::vector<FeatureKey> keys;
  std::vector<std::int32_t> sums(labels.size());
  for (WordCode const& code : words.sorted()) {
    keys.clear();
    features(code, keys);
    std::ranges::fill(sums, 0);
    add(*this, keys, sums);
    std::ranges::transform(sums, made.begin() + static_cast<std::ptrdiff_t>(code.number * stride * 2), [](std::int32_t sum) { return static_cast<std::int16_t>(sum); });
  }
  return made;
}

SentenceModel::Table const* SentenceModel::table(domain::Role role) const {
  if (role == domain::Role::agent) return &agent_;
  if (role == domain::Role::customer) return &customer_;
  return nullptr;
}

std::span<Label const> SentenceModel::labels(domain::Role role) const {
  Table const* const found = table(role);
  return found == nullptr ? std::span<Label const>{} : std::span<Label const>{found->labels};
}

std::optional<LabelIndex> SentenceModel::find(domain::Role role, std::string_view name) const {
  auto const all = labels(role);
  auto const found = std::ranges::find(all, name, &Label::name);
  if (found == all.end()) return std::nullopt;
  return static_cast<LabelIndex>(found - all.begin());
}

void SentenceModel::add(domain::Role role, std::span<FeatureKey const> features, std::span<std::int32_t> scores) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr);
  add(*found, features, scores);
}

void SentenceModel::add(Table const& table, std::span<FeatureKey const> features, std::span<std::int32_t> scores) {
  RAPPORT_ASSERT(scores.size() == table.labels.size() && features.size() <= features_max);
  // First all places, then all rows: the table is larger than the caches, and so its memory is
  // waited for once and not once a feature.
  std::size_t const mask = table.slots.size() - 1;
  std::array<FeatureKey, features_max> held;
  std::size_t held_count = 0;
  for (FeatureKey const key : features) {
    if (!table.may_hold(key)) continue;
    __builtin_prefetch(&table.slots[key & mask]);
    held[held_count++] = key;
  }
  std::array<std::uint16_t const*, features_max> rows;
  std::size_t row_count = 0;
  for (FeatureKey const key : std::span{held}.first(held_count)) {
    std::uint16_t const* const row = table.find(key);
    if (row == nullptr) continue;
    __builtin_prefetch(row);
    rows[row_count++] = row;
  }
  for (std::size_t first = 0; first < table.stride; first += lanes) {
    Lanes whole{};
    Lanes high{};
    for (std::uint16_t const* const row : std::span{rows}.first(row_count)) {
      Lanes two;
      std::memcpy(&two, row + first, sizeof two);
      whole += two;
      high += two >> 8;
    }
    Lanes const low = whole - (high << 8);
    auto const biases = static_cast<std::int32_t>(row_count * bias);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      std::size_t const label = 2 * (first + lane);
      if (label < scores.size()) scores[label] += low[lane] - biases;
      if (label + 1 < scores.size()) scores[label + 1] += high[lane] - biases;
    }
  }
}

void SentenceModel::add_words(domain::Role role, bool previous, std::span<WordCode const> codes, std::vector<FeatureKey>& features,
                              std::span<std::int32_t> scores) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr && scores.size() == found->labels.size());
  std::vector<std::int16_t> const& rows = previous ? found->previous_words : found->own_words;
  std::size_t const width = found->stride * 2;
  std::array<std::int16_t, 2 * stride_max> sums{};
  for (WordCode const& code : codes) {
    if (code.number == WordCode::unlisted) {
      previous ? previous_word_features(code, features) : word_features(code, features);
      continue;
    }
    std::int16_t const* const row = rows.data() + code.number * width;
    for (std::size_t label = 0; label < width; ++label) sums[label] = static_cast<std::int16_t>(sums[label] + row[label]);
  }
  for (std::size_t label = 0; label < scores.size(); ++label) scores[label] += sums[label];
}

void SentenceModel::add_filters(domain::Role role, bool previous, std::span<WordCode const> codes, std::span<std::int32_t> scores) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr && scores.size() == found->labels.size());
  std::size_t const filters = convolution_->filters();
  if (filters == 0 || codes.empty()) return;
  Pooled pooled;
  convolution_->pool(codes, pooled);
  std::size_t const half = filters * scores.size();
  add_pooled(std::span{pooled}.first(filters), std::span{found->pooled_weights}.subspan(previous ? half : 0, half), scores);
}

}  // namespace rapport::signals::model

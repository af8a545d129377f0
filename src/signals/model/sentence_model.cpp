#include "signals/model/sentence_model.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/assert.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::size_t lane = 16;  ///< weights that one vector instruction adds

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

SentenceModel::SentenceModel(ModelData const& data)
    : reading_(data.reading), agent_(make_table(data.agent)), customer_(make_table(data.customer)) {
  for (WordCode const& word : data.words) words_.put(word);
}

SentenceModel::Table SentenceModel::make_table(RoleModel const& role) {
  std::size_t const count = role.labels.size();
  RAPPORT_ASSERT(role.weights.size() == role.keys.size() * count);
  Table table;
  table.labels = role.labels;
  table.stride = (count + lane - 1) / lane * lane;
  table.slots.resize(std::bit_ceil(role.keys.size() * 2 + 2));
  table.rows.resize(role.keys.size() * table.stride);
  std::size_t const mask = table.slots.size() - 1;
  for (std::size_t index = 0; index < role.keys.size(); ++index) {
    FeatureKey const key = role.keys[index];
    std::size_t slot = key & mask;
    while (table.slots[slot].row != 0) slot = (slot + 1) & mask;
    table.slots[slot] = {check_of(key), static_cast<std::uint32_t>(index + 1)};
    std::copy_n(role.weights.begin() + static_cast<std::ptrdiff_t>(index * count), count,
                table.rows.begin() + static_cast<std::ptrdiff_t>(index * table.stride));
  }
  return table;
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
  RAPPORT_ASSERT(found != nullptr && scores.size() == found->labels.size() && features.size() <= features_max);
  std::array<std::int16_t, 128> sums{};
  RAPPORT_ASSERT(found->stride <= sums.size());
  // First all places, then all rows: the table is larger than the caches, and so its memory is
  // waited for once and not once a feature.
  std::size_t const mask = found->slots.size() - 1;
  for (FeatureKey const key : features) __builtin_prefetch(&found->slots[key & mask]);
  std::array<std::int8_t const*, features_max> rows;
  std::size_t row_count = 0;
  for (FeatureKey const key : features) {
    std::size_t slot = key & mask;
    while (found->slots[slot].row != 0 && found->slots[slot].check != check_of(key)) slot = (slot + 1) & mask;
    if (found->slots[slot].row == 0) continue;
    rows[row_count] = found->rows.data() + (found->slots[slot].row - 1) * found->stride;
    __builtin_prefetch(rows[row_count++]);
  }
  for (std::int8_t const* const row : std::span{rows}.first(row_count)) {
    for (std::size_t index = 0; index < found->stride; ++index) {
      sums[index] = static_cast<std::int16_t>(sums[index] + row[index]);
    }
  }
  for (std::size_t index = 0; index < scores.size(); ++index) scores[index] += sums[index];
}

}  // namespace rapport::signals::model

#include "signals/model/sentence_model.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>

#include "base/assert.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals::model {

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
  for (RoleModel const* const role : {&data.agent, &data.customer}) {
    RAPPORT_ASSERT(role->pooled_weights.size() == 2 * convolution_->filters() * role->labels.size());
  }
}

SentenceModel::Table SentenceModel::make_table(RoleModel const& role, WordList const& words) {
  Table table;
  table.labels = role.labels;
  table.features = {role.keys, role.weights, role.labels.size()};
  table.own_words = table.word_rows(words, word_features);
  table.previous_words = table.word_rows(words, previous_word_features);
  std::span<std::int16_t const> const weights{role.pooled_weights};
  table.own_filters = {weights.first(weights.size() / 2), role.labels.size()};
  table.previous_filters = {weights.last(weights.size() / 2), role.labels.size()};
  return table;
}

SentenceModel::WordRows SentenceModel::Table::word_rows(WordList const& words,
                                                        void (*features_of)(WordCode const&, std::vector<FeatureKey>&)) const {
  WordRows made;
  made.row_of.resize(words.size());
  std::map<std::vector<std::int16_t>, std::uint32_t> rows;
  rows.emplace(std::vector<std::int16_t>(labels.size()), 0);
  std::vector<FeatureKey> keys;
  FeatureTable::Found found;
  std::vector<std::int32_t> sums(labels.size());
  for (WordCode const& code : words.sorted()) {
    keys.clear();
    features_of(code, keys);
    std::ranges::fill(sums, 0);
    features.look_up(keys, found);
    features.add(found, sums);
    auto const next = static_cast<std::uint32_t>(rows.size());
    made.row_of[code.number] = rows.emplace(std::vector<std::int16_t>(sums.begin(), sums.end()), next).first->second;
  }
  if (labels.empty()) return made;  // its rows say nothing
  made.rows = {rows.size(), labels.size() * sizeof(std::int16_t)};
  for (auto const& [row, index] : rows) std::memcpy(made.rows[index], row.data(), row.size() * sizeof(std::int16_t));
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

void SentenceModel::expect(domain::Role role, std::span<WordCode const> codes) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr);
  WordRows const& own = found->own_words;
  for (WordCode const& code : codes) {
    if (code.number != WordCode::unlisted) fetch(own.rows[own.row_of[code.number]], own.rows.stride());
  }
  convolution_->expect(codes);
}

void SentenceModel::look_up(domain::Role role, std::span<FeatureKey const> features, FeatureTable::Found& found) const {
  Table const* const known = table(role);
  RAPPORT_ASSERT(known != nullptr);
  known->features.look_up(features, found);
}

void SentenceModel::add(domain::Role role, FeatureTable::Found const& found, std::span<std::int32_t> scores) const {
  Table const* const known = table(role);
  RAPPORT_ASSERT(known != nullptr && scores.size() == known->labels.size());
  known->features.add(found, scores);
}

void SentenceModel::add_words(domain::Role role, bool previous, std::span<WordCode const> codes, std::vector<FeatureKey>& features,
                              std::span<std::int32_t> scores) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr && scores.size() == found->labels.size() && codes.size() <= window_tokens);
  WordRows const& words = previous ? found->previous_words : found->own_words;
  std::array<std::uint8_t const*, window_tokens> rows;
  std::size_t count = 0;
  for (WordCode const& code : codes) {
    if (code.number == WordCode::unlisted) {
      previous ? previous_word_features(code, features) : word_features(code, features);
      continue;
    }
    std::uint32_t const row = words.row_of[code.number];
    rows[count] = words.rows[row];
    count += row != 0 ? 1U : 0U;
  }
  row_sums().add_word_rows(std::span{rows}.first(count), scores);
}

void SentenceModel::add_filters(domain::Role role, bool previous, std::span<WordCode const> codes, std::span<std::int32_t> scores) const {
  Table const* const found = table(role);
  RAPPORT_ASSERT(found != nullptr && scores.size() == found->labels.size());
  if (convolution_->filters() == 0 || codes.empty()) return;
  Pooled pooled;
  convolution_->pool(codes, pooled);
  (previous ? found->previous_filters : found->own_filters).add(pooled, scores);
}

}  // namespace rapport::signals::model

#include "training/export.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/assert.hpp"

namespace rapport::training {
namespace {

using signals::model::Calibration;
using signals::model::Label;
using signals::model::RoleModel;

constexpr float steps = 127;

/// Learned units of one integer step, by label: the largest weight becomes 127.
std::vector<float> scales(LinearModel const& learned) {
  std::vector<float> largest(learned.label_count, 1e-6F);
  for (std::size_t at = 0; at < learned.weights.size(); ++at) {
    float& most = largest[at % learned.label_count];
    most = std::max(most, std::abs(learned.weights[at]));
  }
  for (float& scale : largest) scale /= steps;
  return largest;
}

std::int32_t rounded(double value) {
  return static_cast<std::int32_t>(std::lround(std::clamp(value, -1e8, 1e8)));
}

/// The weights of what filters found, in steps of the labels' scores.
std::vector<float> pooled_steps(FilterShare const& filters, std::span<float const> scale) {
  std::vector<float> weights;
  std::size_t const rows = filters.learned == nullptr ? 0 : 2 * filters.learned->filters;
  for (std::size_t row = 0; row < rows; ++row) {
    float const unit = (*filters.units)[row % filters.learned->filters] * filters.share * (1U << signals::model::pooled_shift);
    for (std::size_t label = 0; label < scale.size(); ++label) {
      weights.push_back(filters.learned->weights[row * filters.learned->labels + filters.first_label + label] * unit / scale[label]);
    }
  }
  return weights;
}

/// Makes the labels' steps larger where the filters' weights would not fit their bounds.
void make_room(FilterShare const& filters, std::vector<float>& scale) {
  constexpr float room = 0.9F * signals::model::pooled_weights_max;
  constexpr float room_of_one = 0x7FFF;
  std::vector<float> sums(scale.size(), 0.0F);
  std::vector<float> largest(scale.size(), 0.0F);
  std::vector<float> const weights = pooled_steps(filters, scale);
  for (std::size_t at = 0; at < weights.size(); ++at) {
    sums[at % scale.size()] += std::abs(weights[at]);
    float& most = largest[at % scale.size()];
    most = std::max(most, std::abs(weights[at]));
  }
  for (std::size_t label = 0; label < scale.size(); ++label) scale[label] *= std::max({1.0F, sums[label] / room, largest[label] / room_of_one});
}

/// The curve as a polyline through 25 confidences from 0.002 to 0.998, evenly spread in log-odds.
Calibration polyline(Curve const& curve, double scale) {
  constexpr int points = 25;
  constexpr double reach = 6.2;
  Calibration calibration;
  for (int point = 0; point < points; ++point) {
    double const odds = -reach + 2 * reach * point / (points - 1);
    auto const score = rounded((odds - curve.offset) / curve.slope / scale);
    auto const thousandths = rounded(1000 / (1 + std::exp(-odds)));
    if (!calibration.knots.empty() && calibration.knots.back().score >= score) continue;
    calibration.knots.push_back({score, thousandths});
  }
  return calibration;
}

Label make_label(std::string const& name, float bias, float scale, Tuning const& tuning) {
  Label label{name, 1'000, rounded(bias / scale), {}};
  if (!std::isfinite(tuning.threshold)) {
    label.calibration.knots = {{0, 0}};
    return label;
  }
  label.calibration = polyline(tuning.curve, scale);
  label.threshold = std::max(1, label.calibration.confidence(rounded(tuning.threshold / scale)));
  return label;
}

}  // namespace

RoleModel quantise(Corpus const& corpus, LinearModel const& learned, std::vector<std::string> const& names,
                   std::span<Tuning const> tunings, FilterShare const& filters) {
  std::size_t const labels = learned.label_count;
  RAPPORT_ASSERT(names.size() == labels && tunings.size() == labels);
  std::vector<float> scale = scales(learned);
  make_room(filters, scale);
  RoleModel role;
  for (std::size_t label = 0; label < labels; ++label) {
    float const odds = filters.learned == nullptr ? 0.0F : filters.share * filters.learned->odds[filters.first_label + label];
    role.labels.push_back(make_label(names[label], learned.biases[label] + odds, scale[label], tunings[label]));
  }
  for (float const weight : pooled_steps(filters, scale)) role.pooled_weights.push_back(static_cast<std::int16_t>(rounded(weight)));
  std::vector<FeatureIndex> order(corpus.keys.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](FeatureIndex feature) { return corpus.keys[feature]; });
  for (FeatureIndex const feature : order) {
    std::vector<std::int8_t> row(labels);
    for (std::size_t label = 0; label < labels; ++label) {
      row[label] = static_cast<std::int8_t>(rounded(learned.weights[feature * labels + label] / scale[label]));
    }
    if (std::ranges::all_of(row, [](std::int8_t weight) { return std::abs(weight) <= 1; })) continue;
    role.keys.push_back(corpus.keys[feature]);
    role.weights.insert(role.weights.end(), row.begin(), row.end());
  }
  return role;
}

RoundedFilters round_filters(Convolver const& learned, WordVectors const& vectors) {
  RoundedFilters made;
  if (learned.filters == 0) return made;
  made.data.words = vectors.words;
  made.data.vectors = vectors.rows;
  made.data.filters = static_cast<std::uint16_t>(learned.filters);
  std::vector<float> largest(learned.filters, 1e-6F);
  for (std::size_t at = 0; at < learned.taps.size(); ++at) {
    float& most = largest[at % learned.filters];
    most = std::max(most, std::abs(learned.taps[at]));
  }
  for (std::size_t at = 0; at < learned.taps.size(); ++at) {
    made.data.taps.push_back(static_cast<std::int8_t>(rounded(learned.taps[at] / largest[at % learned.filters] * steps)));
  }
  for (std::size_t filter = 0; filter < learned.filters; ++filter) {
    float const unit = largest[filter] / steps * vector_unit * (1U << signals::model::tap_shift);
    made.units.push_back(unit);
    made.data.biases.push_back(static_cast<std::int16_t>(std::clamp<std::int32_t>(rounded(learned.biases[filter] / unit), -signals::model::filter_bias_max, signals::model::filter_bias_max)));
  }
  return made;
}

std::vector<std::int32_t> shipped_confidences(RoleModel const& role, signals::model::Convolution const& filters, Corpus const& corpus,
                                              Example const& example) {
  std::size_t const labels = role.labels.size();
  std::vector<std::int32_t> before(labels);
  for (std::size_t label = 0; label < labels; ++label) before[label] = role.labels[label].bias;
  auto const add_filters = [&](std::vector<std::uint64_t> const& words, std::size_t half, std::vector<std::int32_t>& sums) {
    if (filters.filters() == 0 || words.empty()) return;
    std::vector<signals::model::WordCode> codes;
    for (std::uint64_t const word : words) codes.push_back({word, word, {}});
    signals::model::Pooled pooled;
    filters.pool(codes, pooled);
    std::int16_t const* const weights = role.pooled_weights.data() + half * filters.filters() * labels;
    for (std::size_t label = 0; label < labels; ++label) {
      std::int32_t sum = 0;
      for (std::size_t filter = 0; filter < filters.filters(); ++filter) sum += pooled[filter] * weights[filter * labels + label];
      sums[label] += sum >> signals::model::pooled_shift;
    }
  };
  add_filters(example.previous_words, 1, before);
  std::vector<std::int32_t> best(labels, std::numeric_limits<std::int32_t>::min());
  for (std::size_t window = 0; window < example.windows.size(); ++window) {
    std::vector<std::int32_t> sums = before;
    if (!example.words.empty()) add_filters(example.words[window], 0, sums);
    for (Counted const& counted : example.windows[window]) {
      auto const at = std::ranges::lower_bound(role.keys, corpus.keys[counted.feature]);
      if (at == role.keys.end() || *at != corpus.keys[counted.feature]) continue;
      auto const row = static_cast<std::size_t>(at - role.keys.begin()) * labels;
      for (std::size_t label = 0; label < labels; ++label) sums[label] += counted.times * role.weights[row + label];
    }
    for (std::size_t label = 0; label < labels; ++label) best[label] = std::max(best[label], sums[label]);
  }
  for (std::size_t label = 0; label < labels; ++label) best[label] = role.labels[label].calibration.confidence(best[label]);
  return best;
}

}  // namespace rapport::training

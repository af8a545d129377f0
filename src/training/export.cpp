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
                   std::span<Tuning const> tunings) {
  std::size_t const labels = learned.label_count;
  RAPPORT_ASSERT(names.size() == labels && tunings.size() == labels);
  std::vector<float> const scale = scales(learned);
  RoleModel role;
  for (std::size_t label = 0; label < labels; ++label) {
    role.labels.push_back(make_label(names[label], learned.biases[label], scale[label], tunings[label]));
  }
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

std::vector<std::int32_t> shipped_confidences(RoleModel const& role, Corpus const& corpus, Example const& example) {
  std::size_t const labels = role.labels.size();
  std::vector<std::int32_t> best(labels, std::numeric_limits<std::int32_t>::min());
  for (auto const& window : example.windows) {
    std::vector<std::int32_t> sums(labels);
    for (std::size_t label = 0; label < labels; ++label) sums[label] = role.labels[label].bias;
    for (Counted const& counted : window) {
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

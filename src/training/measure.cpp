#include "training/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/assert.hpp"

namespace rapport::training {
namespace {

// A label that does no better than this, or of which there are no more rows, is never said: it would
// be noise.
constexpr double least_f1 = 0.25;
constexpr std::uint32_t least_positives = 8;

}  // namespace

std::vector<std::vector<Scored>> cross_scores(Corpus const& corpus, std::span<int const> parts, int part_count,
                                              Settings const& settings, std::span<std::vector<float> const> heard) {
  RAPPORT_ASSERT(parts.size() == corpus.examples.size() && (heard.empty() || heard.size() == parts.size()));
  std::vector<std::vector<Scored>> scored(corpus.label_count);
  for (int part = 0; part < part_count; ++part) {
    std::vector<std::uint32_t> others;
    for (std::uint32_t index = 0; index < parts.size(); ++index) {
      if (parts[index] >= 0 && parts[index] != part) others.push_back(index);
    }
    LinearModel const learned = learn(corpus, others, settings);
    for (std::size_t index = 0; index < parts.size(); ++index) {
      if (parts[index] != part) continue;
      Example const& example = corpus.examples[index];
      for (std::size_t label = 0; label < corpus.label_count; ++label) {
        if (example.truths[label] == Truth::unjudged) continue;
        scored[label].push_back({learned.score(example, label, heard.empty() ? std::span<float const>{} : heard[index]), example.truths[label] == Truth::yes});
      }
    }
  }
  return scored;
}

float best_threshold(std::vector<Scored> scored) {
  std::ranges::stable_sort(scored, [](Scored const& a, Scored const& b) { return a.score > b.score; });
  Counts counts;
  for (Scored const& one : scored) counts.missed += one.yes ? 1U : 0U;
  bool const too_few = counts.missed < least_positives;
  struct Best {
    double f1 = 0;
    float threshold = std::numeric_limits<float>::infinity();
  };
  Best balanced;
  Best any;
  for (std::size_t index = 0; index < scored.size(); ++index) {
    counts.hits += scored[index].yes ? 1U : 0U;
    counts.missed -= scored[index].yes ? 1U : 0U;
    counts.extra += scored[index].yes ? 0U : 1U;
    bool const last = index + 1 == scored.size();
    if (!last && scored[index + 1].score == scored[index].score) continue;
    float const threshold = last ? scored[index].score : (scored[index].score + scored[index + 1].score) / 2;
    if (counts.f1() > any.f1) any = {counts.f1(), threshold};
    if (counts.precision() >= 0.9 * counts.recall() && counts.f1() > balanced.f1) balanced = {counts.f1(), threshold};
  }
  if (too_few || any.f1 < least_f1) return std::numeric_limits<float>::infinity();
  return balanced.f1 > 0 ? balanced.threshold : any.threshold;
}

Counts counts_at(std::span<Scored const> scored, float threshold) {
  Counts counts;
  for (Scored const& one : scored) counts.count(one.score >= threshold, one.yes);
  return counts;
}

double Curve::at(double score) const { return 1.0 / (1.0 + std::exp(-(slope * score + offset))); }

Curve fit_curve(std::span<Scored const> scored) {
  double yes = 0;
  for (Scored const& one : scored) yes += one.yes ? 1 : 0;
  double const no = static_cast<double>(scored.size()) - yes;
  double const target_yes = (yes + 1) / (yes + 2);
  double const target_no = 1 / (no + 2);
  Curve curve{1.0, std::log((yes + 1) / (no + 1))};
  for (int step = 0; step < 50; ++step) {
    double gradient_slope = 0, gradient_offset = 0, ss = 1e-6, so = 0, oo = 1e-6;
    for (Scored const& one : scored) {
      double const p = curve.at(one.score);
      double const error = p - (one.yes ? target_yes : target_no);
      double const weight = std::max(p * (1 - p), 1e-9);
      gradient_slope += error * one.score;
      gradient_offset += error;
      ss += weight * one.score * one.score;
      so += weight * one.score;
      oo += weight;
    }
    double const determinant = ss * oo - so * so;
    double const slope_step = (oo * gradient_slope - so * gradient_offset) / determinant;
    double const offset_step = (ss * gradient_offset - so * gradient_slope) / determinant;
    curve.slope = std::max(0.05, curve.slope - std::clamp(slope_step, -0.5, 0.5));
    curve.offset -= std::clamp(offset_step, -1.0, 1.0);
    if (std::abs(slope_step) + std::abs(offset_step) < 1e-7) break;
  }
  return curve;
}

}  // namespace rapport::training

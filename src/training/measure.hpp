#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "signals/model/sentence_model.hpp"
#include "training/corpus.hpp"
#include "training/learner.hpp"

namespace rapport::training {

/// How a label's answers met the truth.
struct Counts {
  std::uint32_t hits = 0;    ///< said and true
  std::uint32_t extra = 0;   ///< said and not true
  std::uint32_t missed = 0;  ///< true and not said

  void count(bool said, bool true_) {
    hits += said && true_ ? 1U : 0U;
    extra += said && !true_ ? 1U : 0U;
    missed += !said && true_ ? 1U : 0U;
  }
  double precision() const { return hits + extra == 0 ? 0.0 : static_cast<double>(hits) / (hits + extra); }
  double recall() const { return hits + missed == 0 ? 0.0 : static_cast<double>(hits) / (hits + missed); }
  double f1() const { return 2.0 * hits / std::max(1.0, 2.0 * hits + extra + missed); }
  std::uint32_t positives() const { return hits + missed; }
};

/// A score and whether the label holds.
struct Scored {
  float score = 0;
  bool yes = false;
};

/// Scores of every judged example under a model that did not see it: as many models as there are
/// parts, each learned from the others' examples. `parts` gives each example's part or -1 (left out of
/// learning and scoring). `heard`, if there is any, is what filters that did not see it say of each example, with their
/// share. By label.
std::vector<std::vector<Scored>> cross_scores(Corpus const& corpus, std::span<int const> parts, int part_count,
                                              Settings const& settings, std::span<std::vector<float> const> heard = {});

/// The score from which to say yes: best F1 among the scores at which precision is no less than nine
/// tenths of recall; where there is none, the best F1. Infinity (never) where that is
/// too poor or there are too few positives to know.
float best_threshold(std::vector<Scored> scored);

Counts counts_at(std::span<Scored const> scored, float threshold);

/// Confidence as a logistic curve over the score (Platt, 1999): 1 / (1 + exp(-(slope score + offset))).
struct Curve {
  double slope = 1;
  double offset = 0;

  double at(double score) const;
};
/// Fits by Newton's method with Platt's smoothed targets; the slope is kept positive.
Curve fit_curve(std::span<Scored const> scored);

}  // namespace rapport::training

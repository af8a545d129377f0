#pragma once

#include <string>

#include "training/corpus.hpp"
#include "training/data.hpp"
#include "training/learner.hpp"
#include "training/measure.hpp"

namespace rapport::training {

/// What a way to learn and to read comes to.
struct Outcome {
  double mean_f1 = 0;  ///< over labels with at least `positives_min` positives, each at its best threshold
  double together_f1 = 0;
};

/// Cross-validates over the own rows that are not held back.
Outcome cross_validate(Data const& data, Settings const& settings, KindSet kinds);

/// The shipped settings beside others, as a Markdown table.
std::string comparison_in_markdown(Data const& data);

}  // namespace rapport::training

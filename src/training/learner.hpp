#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "training/convolver.hpp"
#include "training/corpus.hpp"

namespace rapport::training {

/// How to learn. The defaults are those of the shipped model.
struct Settings {
  std::uint32_t epochs = 8;
  float rate = 0.3F;  ///< AdaGrad's
  float l2 = 0.0003F;
  float dropout = 0.2F;          ///< share of features left out at each sight of a row
  float positive_power = 0.25F;  ///< positives weigh (negatives / positives) to this power
  std::uint32_t rows_min = 3;    ///< features of fewer rows are left out
  std::uint32_t rank = 0;        ///< 0: a weight for each feature and label; else through so many dimensions
  std::uint32_t rounds = 4;      ///< models learned from different seeds, whose mean is taken
  bool best_window = false;      ///< a label is taught to the best window; else to all of a row together
  float ignore = 0.01F;          ///< errors in probability too small to learn from
  std::uint64_t seed = 1;
  ConvolutionSettings filters;
};

/// Weights of features and labels, as learned. Row-major: feature by label.
struct LinearModel {
  std::size_t label_count = 0;
  std::vector<float> weights;
  std::vector<float> biases;

  /// The label's score for an example: that of its best window. `heard` is what filters say of it (`scores_of`), or nothing.
  float score(Example const& example, std::size_t label, std::span<float const> heard = {}) const;
};

/// Learns from the examples with these indexes. One thread; the same arguments give the same bits.
/// Logistic loss per label, stochastic gradients scaled by AdaGrad (Duchi, Hazan, Singer, 2011).
LinearModel learn(Corpus const& corpus, std::span<std::uint32_t const> examples, Settings const& settings);

}  // namespace rapport::training

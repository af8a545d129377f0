#pragma once

#include <span>
#include <string>
#include <vector>

#include "signals/model/sentence_model.hpp"
#include "training/convolver.hpp"
#include "training/learner.hpp"
#include "training/measure.hpp"

namespace rapport::training {

/// What measuring on unseen rows says of a label: from where to say yes, and how sure a score is.
struct Tuning {
  float threshold = 0;
  Curve curve;
};

/// Filters as they ship, and what one step of what each finds is worth to the learner. No filters: empty.
struct RoundedFilters {
  signals::model::ConvolutionData data;
  std::vector<float> units;
};
RoundedFilters round_filters(Convolver const& learned, WordVectors const& vectors);

/// What filters say of a role, with their share in a score: none where there are none.
struct FilterShare {
  Convolver const* learned = nullptr;
  std::vector<float> const* units = nullptr;
  std::size_t first_label = 0;  ///< of the role, among all
  float share = 0;
};

/// Rounds a learned model to 8-bit weights, a scale for each label, and leaves out features that no
/// label makes anything of. `names` and `tunings` are by label. Labels without positives never hold.
signals::model::RoleModel quantise(Corpus const& corpus, LinearModel const& learned,
                                   std::vector<std::string> const& names, std::span<Tuning const> tunings,
                                   FilterShare const& filters = {});

/// The confidences of an example under the model as it ships, by label: those of its best window.
std::vector<std::int32_t> shipped_confidences(signals::model::RoleModel const& role, signals::model::Convolution const& filters,
                                              Corpus const& corpus, Example const& example);

}  // namespace rapport::training

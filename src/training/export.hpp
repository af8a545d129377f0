#pragma once

#include <span>
#include <string>
#include <vector>

#include "signals/model/sentence_model.hpp"
#include "training/learner.hpp"
#include "training/measure.hpp"

namespace rapport::training {

/// What measuring on unseen rows says of a label: from where to say yes, and how sure a score is.
struct Tuning {
  float threshold = 0;
  Curve curve;
};

/// Rounds a learned model to 8-bit weights, a scale for each label, and leaves out features that no
/// label makes anything of. `names` and `tunings` are by label. Labels without positives never hold.
signals::model::RoleModel quantise(Corpus const& corpus, LinearModel const& learned,
                                   std::vector<std::string> const& names, std::span<Tuning const> tunings);

/// The confidences of an example under the model as it ships, by label: those of its best window.
std::vector<std::int32_t> shipped_confidences(signals::model::RoleModel const& role, Corpus const& corpus,
                                              Example const& example);

}  // namespace rapport::training

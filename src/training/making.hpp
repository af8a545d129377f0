#pragma once

#include <string>
#include <vector>

#include "signals/model/sentence_model.hpp"
#include "training/data.hpp"
#include "training/learner.hpp"
#include "training/measure.hpp"

namespace rapport::training {

/// What was measured of a label.
struct LabelFigures {
  domain::Role role = domain::Role::agent;
  std::string name;
  std::uint32_t rows = 0;      ///< own rows where it holds, all told
  Counts crossed;              ///< cross-validation over the rows that are not held back
  Counts held_back;            ///< a model of those rows, as it would ship, on the held-back ones
  std::int32_t threshold = 0;  ///< thousandths of confidence
};

struct Made {
  signals::model::ModelData model;    ///< learned from all rows, the held-back ones too
  std::vector<LabelFigures> figures;  ///< agent's, then customer's labels
  std::size_t rows_held_back = 0;
};

/// Thresholds and calibration come from cross-validation over the rows that are not held back;
/// figures on held-back rows are those of a model that has seen none of them nor a near-duplicate.
Made make_model(Data const& data, Settings const& settings);

/// The parts of a cross-validation: 0 to 4 for own rows that are not held back; rows that are learned
/// from but never scored have `always`, held-back ones (and derived rows that resemble one) -1.
inline constexpr int cross_parts = 5;
inline constexpr int always = 99;
std::vector<int> cross_parts_of(Data const& data, Corpus const& corpus);

}  // namespace rapport::training

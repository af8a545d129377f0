#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "training/data.hpp"
#include "training/making.hpp"

namespace rapport::training {

/// The figures as Markdown: rows by source, and for each label precision, recall and F1 with counts.
std::string figures_in_markdown(Data const& data, Made const& made, std::size_t model_bytes);

/// The document with what stands between the lines `<!-- NAME: begin -->` and `<!-- NAME: end -->`
/// replaced. Error: the marks are not there.
base::Result<std::string> replace_section(std::string_view document, std::string_view name, std::string_view content);

/// Precision, recall and F1 over labels: of all answers together, and the mean over labels with at
/// least `positives_min` positives.
struct Overall {
  Counts together;
  double mean_f1 = 0;
  std::size_t labels = 0;
};
inline constexpr std::uint32_t positives_min = 8;
Overall overall(std::vector<LabelFigures> const& figures, Counts LabelFigures::* counts);

}  // namespace rapport::training

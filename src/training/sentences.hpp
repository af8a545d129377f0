#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/words.hpp"

namespace rapport::training {

/// The labels there are, agent's and customer's, each in the order of their file (labels.tsv:
/// role, name, meaning).
class LabelSet {
 public:
  /// Error: names `file` and the line.
  static base::Result<LabelSet> parse(std::string_view text, std::string_view file);

  std::vector<std::string> const& names(domain::Role role) const {
    return role == domain::Role::agent ? agent_ : customer_;
  }
  std::optional<std::uint16_t> find(domain::Role role, std::string_view name) const;

 private:
  std::vector<std::string> agent_;
  std::vector<std::string> customer_;
};

/// Who made a row, to weigh it and to measure across writers.
using SourceIndex = std::uint16_t;

/// One utterance with the labels that hold of it.
struct SentenceRow {
  domain::Role role = domain::Role::agent;
  std::vector<std::uint16_t> labels;  ///< rising
  std::vector<std::uint16_t> judged;  ///< rising; the labels the row tells of at all; empty: every one
  std::string previous;               ///< what the other side said just before; may be empty
  std::string text;
  SourceIndex source = 0;
};

/// Reads lines of role, labels, previous, text (tabs between; `-` for none) and, where only some
/// labels were judged, a fifth column that lists them. Error: names `file` and the line.
base::Result<std::vector<SentenceRow>> parse_sentences(std::string_view text, std::string_view file,
                                                       SourceIndex source, LabelSet const& labels);

}  // namespace rapport::training

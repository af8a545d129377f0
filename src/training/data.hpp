#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "signals/model/word_list.hpp"
#include "training/sentences.hpp"
#include "training/vectors.hpp"

namespace rapport::training {

/// Everything that a model is made from.
struct Data {
  LabelSet labels;
  std::vector<SentenceRow> rows;     ///< in the order of the files' names and lines
  std::vector<std::string> sources;  ///< names of the files, by SourceIndex
  std::size_t own_sources = 0;       ///< the first so many are sentences written for this; the rest is derived
  signals::model::WordList words;
  WordVectors vectors;                    ///< none: the model has no filters
  std::vector<std::uint32_t> clusters;    ///< of near-duplicates, parallel to the rows
  std::vector<std::uint32_t> twentieths;  ///< 0 to 19 by cluster
};

/// The rows of these twentieths are held back for the last measurement.
inline constexpr std::uint32_t held_back_twentieths = 3;

/// Reads labels.tsv, word-groups.txt, sentences/*.tsv, derived/*.tsv and, where they are, vectors.txt and vectors.bin below
/// the folder.
/// Error: what could not be read, or the first line that is wrong.
base::Result<Data> load_data(std::string const& folder);

}  // namespace rapport::training

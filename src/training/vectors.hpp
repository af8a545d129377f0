#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "signals/model/convolution.hpp"
#include "signals/model/word_list.hpp"

namespace rapport::training {

/// Published vectors of words, as the tokeniser spells them. By rising word.
struct WordVectors {
  std::vector<std::uint64_t> words;  ///< WordCode::word
  std::vector<std::int8_t> rows;     ///< of `signals::model::dimensions`

  bool empty() const { return words.empty(); }
};

/// Reads spellings, one a line, and their rows, one byte a number. Of spellings that are one word to the tokeniser the first
/// counts; those that are several are left out. Error: the sizes do not fit together.
base::Result<WordVectors> read_vectors(std::string_view spellings, std::string_view rows, signals::model::WordList const& list);

/// Gives a vector of its own, the same for every run, to each of `words` that has none ("i", shapes of numbers), so that a
/// filter can tell it from others.
void add_missing(std::vector<std::uint64_t> const& words, WordVectors& vectors);

}  // namespace rapport::training

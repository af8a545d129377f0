#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "signals/model/word_list.hpp"
#include "training/sentences.hpp"

namespace rapport::training {

/// Reads groups of words that mean alike to a contact centre, "name: word word …" a line, `#` begins
/// a comment. Of the groups that a word stands in the two smallest count, the smaller one first. Stems
/// of the words are in their groups too. Adds all of them to `words`.
/// Error: names `file` and the line or word; more than 255 groups; several words in one.
base::Result<void> add_word_groups(std::string_view text, std::string_view file, signals::model::WordList& words);

/// Adds the words that the tokeniser knows by itself, and all words of the rows, with their stems.
void add_words(std::vector<SentenceRow> const& rows, signals::model::WordList& words);

}  // namespace rapport::training

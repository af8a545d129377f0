#pragma once

#include <span>

#include "signals/word_table.hpp"
#include "signals/words.hpp"

namespace rapport::signals {

/// Whether a sentence without punctuation is built as an English question: after fillers ("okay
/// so") it begins with a question word and its verb ("what is", "how much", "which account") or
/// with an auxiliary before its subject ("do you", "is there"), or holds such an inversion later on
/// ("thank you can i get your name"). Not: "what a day", "which is fine", "what i can do", "should
/// you need anything", "as i said i do you know".
bool built_as_question(std::span<Token const> sentence, WordTable const& table);

}  // namespace rapport::signals

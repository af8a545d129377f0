#pragma once

#include "signals/detectors/question_finder.hpp"

namespace rapport::signals::detectors {

/// What kind of answer the clause asks for, by its own words (first to last, items set).
Question::Kind kind_of(TokenView view, Question const& question);

}  // namespace rapport::signals::detectors

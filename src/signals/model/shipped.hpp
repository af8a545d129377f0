#pragma once

#include <string_view>

#include "signals/model/sentence_model.hpp"

namespace rapport::signals::model {

/// The model that the product ships (models/shipped/sentences.bin), read once, then shared.
SentenceModel const& shipped_model();

/// Its file, byte for byte.
std::string_view shipped_model_bytes();

}  // namespace rapport::signals::model

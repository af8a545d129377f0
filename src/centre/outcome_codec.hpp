#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "centre/command.hpp"

/// What came of a command as it is kept beside its idempotency key. Compact JSON.
namespace rapport::centre {

std::string encode(Outcome const& outcome);
/// Nothing for text that is no outcome.
std::optional<Outcome> decode_outcome(std::string_view text);

}  // namespace rapport::centre

#pragma once

#include <optional>
#include <string_view>

#include "domain/words.hpp"

/// What free texts of other systems stand for.
namespace rapport::timeline::formats {

/// Whether the machine's time zone data knows the name; where it has none, whether it looks like one.
bool is_time_zone(std::string_view name);

/// Whether the text has the form of a BCP 47 tag.
bool is_language_tag(std::string_view text);

/// The role that a speaker's label names in whatever words ("Agent 1", "advisor", "caller", "IVR"),
/// or nothing where it names none. Case and punctuation do not matter.
std::optional<domain::Role> role_of_label(std::string_view label);

}  // namespace rapport::timeline::formats

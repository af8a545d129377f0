#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "customers/case.hpp"
#include "customers/profile.hpp"
#include "customers/promise.hpp"

/// The bodies of the room's documents in the store: compact JSON, fields in a fixed order, empty ones left
/// out, so that equal values are equal text. Reading what was written gives the same value. Times are
/// RFC 3339; ids and codes are text.
///
/// Reading checks everything: required fields, types, vocabularies, limits. A field that is not ours is
/// refused by name, for dropping it on the next write would lose what a newer version had kept there. Errors
/// name the document's kind and the path: "profile: identifiers[2].type: expected text".
namespace rapport::customers {

// REQUIRES: texts and lists within base/limits.hpp, for what is longer will not be read again.
std::string to_json(Profile const& profile);
std::string to_json(Case const& matter);
std::string to_json(Promise const& promise);

base::Result<Profile> profile_from_json(std::string_view text);
base::Result<Case> case_from_json(std::string_view text);
base::Result<Promise> promise_from_json(std::string_view text);

}  // namespace rapport::customers

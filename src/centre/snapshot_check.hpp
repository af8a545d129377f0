#pragma once

#include <optional>

#include "base/result.hpp"
#include "routing/snapshot.hpp"

namespace rapport::centre {

/// What in a snapshot read from outside would break a floor that stood on it: numbers that name nobody,
/// ids twice, a contact and its agent who do not know of each other. Nothing if all is well.
std::optional<base::Error> contradiction_in(routing::Snapshot const& snapshot);

}  // namespace rapport::centre

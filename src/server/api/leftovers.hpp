#pragma once

#include <cstddef>
#include <string_view>

#include "records/store.hpp"

namespace rapport::server::api {

/// Removes what was listed of a brand's interactions that retention has taken: reviews of verdicts, items of
/// the inbox. Looks only at what began, or was raised, before `closed_before`. How many. Blocks.
records::Stored<std::size_t> sweep_leftovers(records::Store& store, std::string_view brand, base::Instant closed_before, base::Instant now);

}  // namespace rapport::server::api

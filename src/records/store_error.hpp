#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::records {

/// Why the store did not do what was asked. All but `broken` are expected; a batch with
/// `must_last` meets `unavailable` only when the store closes or was taken by another server, and of the
/// others but `broken` it is told which one kept a change out of it (batch.hpp).
enum class StoreError : std::uint8_t {
  conflict,     ///< the document is of another version than expected
  name_taken,   ///< another document of the kind and brand has this name
  not_found,    ///< a document to be removed or an interaction to be amended does not exist
  too_large,    ///< a limit of src/base/limits.hpp; nothing was written
  malformed,    ///< an id or another short text is not UTF-8 or holds a NUL; nothing was written
  busy,         ///< the writer's queue is full; try again
  unavailable,  ///< disk full, database gone; try again
  broken,       ///< the stored bytes are not what was written: wrong key, damaged file
};

/// The name as written above, for interfaces and logs.
std::string_view name(StoreError error);

}  // namespace rapport::records

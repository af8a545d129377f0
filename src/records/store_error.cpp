#include "records/store_error.hpp"

#include "base/assert.hpp"

namespace rapport::records {

std::string_view name(StoreError error) {
  switch (error) {
    case StoreError::conflict:
      return "conflict";
    case StoreError::name_taken:
      return "name_taken";
    case StoreError::not_found:
      return "not_found";
    case StoreError::too_large:
      return "too_large";
    case StoreError::malformed:
      return "malformed";
    case StoreError::busy:
      return "busy";
    case StoreError::unavailable:
      return "unavailable";
    case StoreError::broken:
      return "broken";
  }
  RAPPORT_ASSERT(false);
  return {};
}

}  // namespace rapport::records

#pragma once

#include "records/batch.hpp"
#include "records/store.hpp"

namespace rapport::records {

/// Whether the batch keeps the limits (`too_large`) and its short texts are UTF-8 without NUL
/// (`malformed`), so that every store can hold it. Looks at the batch alone, not at what is stored.
Stored<Nothing> check(Batch const& batch);
/// The same of one change.
Stored<Nothing> check(Change const& change);

/// UTF-8 (RFC 3629) without a NUL.
bool is_plain_text(std::string_view text);

/// What erasure and encryption go by when an interaction's customer is not known: a person of its own.
std::string person_of(std::string_view customer, std::string_view interaction);

}  // namespace rapport::records

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"

/// What is configured and what is known of people is kept as documents: users, queues, customers,
/// cases, canned replies… One shape for all, so that versions, uniqueness, paging and encryption are
/// made once (docs/decisions/0005-one-store-interface.md).
namespace rapport::records {

/// A document as it stands.
struct Document {
  std::string kind;          ///< "user", "queue", "customer", …
  std::string id;            ///< unique within the kind
  std::string brand;         ///< empty: of the centre, not of a brand
  std::int64_t version = 0;  ///< 1 when made, one more with each change: the ETag
  base::Instant changed_at;
  std::string person;  ///< whose personal content the body is; empty: nobody's
  std::string body;    ///< JSON; empty if the person was erased

  bool operator==(Document const&) const = default;
};

/// Makes or replaces a document. `names` and `lookups` replace those of before; of both only keyed hashes
/// are kept.
struct PutDocument {
  std::string kind;
  std::string id;
  std::string brand;
  std::string person;                    ///< not empty: the body is encrypted with this person's key
  std::string body;                      ///< JSON, at most limits::document_bytes_max
  std::optional<std::int64_t> expected;  ///< its version now; 0: it must not exist; nothing: whatever stands
  std::vector<std::string> names;        ///< unique within kind and brand (a login)
  std::vector<std::string> lookups;      ///< not unique ("tel:+4420…", "customer:ID")
};

/// Removes a document with its names and lookups.
struct RemoveDocument {
  std::string kind;
  std::string id;
  std::optional<std::int64_t> expected;
};

/// A page of a list, in ascending order of id.
struct DocumentPage {
  std::vector<Document> documents;
  bool more = false;  ///< go on after the last one's id
};

}  // namespace rapport::records

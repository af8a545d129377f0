#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "base/time.hpp"
#include "records/store.hpp"

/// Attachments in the store: in parts, so that a large one does not hold up what else is written, and under
/// their person's key, so that they go where the person's content goes: backup, erasure, retention.
namespace rapport::server::attachments {

/// What is told of an attachment.
struct Attachment {
  std::string id;
  std::string name;
  std::string media_type;
  std::uint64_t bytes = 0;
  std::string sha256;  ///< hexadecimal

  bool operator==(Attachment const&) const = default;
};

/// As events and the API show it.
boost::json::object shown(Attachment const& attachment);

/// The same for the same content under the same event of the same interaction: a repeat keeps nothing twice.
std::string id_of(std::string_view interaction, std::string_view event, std::string_view sha256);

/// Keeps it for the interaction, under the key of its customer (empty: the interaction's own). Blocks. The
/// store's errors; what was written before one of them goes with the interaction.
records::Stored<records::Nothing> keep(records::Store& store, std::string const& interaction, std::string const& customer,
                                       Attachment const& attachment, std::string_view bytes, base::Instant now);

struct Whole {
  Attachment attachment;
  std::string bytes;
};
/// Nothing where it is not there, not of this interaction, or its person was erased. Blocks. Error `broken`:
/// the bytes are not those that were kept.
records::Stored<std::optional<Whole>> read(records::Store& store, std::string const& interaction, std::string const& id);

}  // namespace rapport::server::attachments

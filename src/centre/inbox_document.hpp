#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "centre/publication.hpp"
#include "records/document.hpp"

/// What must reach a supervisor, as the store keeps it: documents of their own, encrypted with the
/// customer's key, the newest first. What is done is of another kind, so that the list of what is open
/// stays short. Pure; any thread.
namespace rapport::centre {

inline constexpr std::string_view inbox_kind = "inbox";
inline constexpr std::string_view inbox_done_kind = "inbox_done";

struct InboxItem {
  enum class State : std::uint8_t { open,
                                    taken,  ///< `by` sees to it
                                    done };
  Raised raised;
  std::string person;  ///< whose key the document has
  State state = State::open;
  std::string by;  ///< user's id; empty while open
  base::Instant changed_at;
  std::string note;  ///< what came of it; personal
};
std::string_view name(InboxItem::State state);

/// By which the items of an interaction are found.
std::string inbox_lookup(std::string_view interaction);
/// `expected`: as PutDocument's.
records::PutDocument inbox_document(InboxItem const& item, std::optional<std::int64_t> expected);
/// Nothing if the person was erased, or it is none of ours.
std::optional<InboxItem> inbox_item(records::Document const& document);

}  // namespace rapport::centre

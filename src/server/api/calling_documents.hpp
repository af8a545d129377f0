#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "calling/entry.hpp"
#include "records/document.hpp"
#include "server/api/body.hpp"

/// Lists of numbers to be called, as documents of the store and as the API shows them.
namespace rapport::server::api {

inline constexpr std::string_view calling_list_kind = "calling_list";
inline constexpr std::string_view calling_entry_kind = "calling_entry";

/// A list: what decides, and what is for people.
struct CallingList {
  calling::Rules rules;
  std::string label;
  std::string purpose;        ///< told to the agent, and on the timeline's `context`
  std::string caller_number;  ///< that the customer sees, E.164; empty: the brand's
};
/// Nothing: it is none of ours.
std::optional<CallingList> to_calling_list(records::Document const& document);
/// The body of a list as somebody wrote it, with all that they left out; what is wrong stands in the body.
boost::json::object read_calling_list(Body& body, std::string const& region);

/// One attempt or word about an entry that is over.
struct CallingStep {
  base::Instant at;
  std::string agent;  ///< id; empty: the system
  calling::Came came = calling::Came::nothing;
  std::string interaction{};
  std::string reason{};
};

/// An entry with all that is personal of it.
struct CallingEntry {
  calling::Entry entry;
  std::string brand;
  std::string name{};
  std::string language{};  ///< BCP 47; empty: the brand's
  std::string notes{};
  std::string reference{};                                    ///< of whoever made the list
  std::string customer{};                                     ///< id of a customer who is known; empty: nobody
  std::vector<std::pair<std::string, std::string>> fields{};  ///< the file's other columns
  std::vector<CallingStep> history{};                         ///< oldest first

  /// Kept with the others, of which the oldest go; what was last said of the same call is replaced.
  void add(CallingStep step);
};
/// Its body is the customer's own where one is known, else the entry's, and is gone with their key.
records::PutDocument to_document(CallingEntry const& kept, std::optional<std::int64_t> expected = std::nullopt);
/// Nothing: it is none of ours, or its person was erased.
std::optional<CallingEntry> to_calling_entry(records::Document const& document);

/// As an agent in the region `home` sees it: the entry, its list, and what happened before.
boost::json::object render_preview(CallingEntry const& kept, CallingList const& list, base::Instant until, std::string_view home);

}  // namespace rapport::server::api

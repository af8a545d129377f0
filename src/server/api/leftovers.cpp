#include "server/api/leftovers.hpp"

#include <string>

#include "base/limits.hpp"
#include "centre/inbox_document.hpp"
#include "records/newest_first.hpp"
#include "server/api/document_body.hpp"
#include "server/api/reviews.hpp"

namespace rapport::server::api {
namespace {

/// The interaction that an item of the inbox is about stands in its id, for its body may be erased.
std::string interaction_of(records::Document const& document) {
  constexpr std::size_t digits = 13;  // of records::newest_first_id
  constexpr std::size_t uuid = 36;
  return document.id.size() >= digits + uuid ? document.id.substr(digits, uuid) : std::string{};
}

records::Stored<std::size_t> sweep(records::Store& store, std::string_view kind, std::string_view brand, base::Instant before, base::Instant now) {
  std::size_t removed = 0;
  // Ids descend with time: whatever comes after is older.
  std::string after = records::newest_first_id(before, {});
  for (bool more = true; more;) {
    auto const page = store.documents(kind, brand, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) {
      auto const interaction = store.row(interaction_of(document));
      if (!interaction) return interaction.error();
      if (*interaction) continue;
      if (store.commit({{records::RemoveDocument{std::string{kind}, document.id, std::nullopt}}, now, false})) ++removed;
    }
    more = page->more;
    if (more) after = page->documents.back().id;
  }
  return removed;
}

}  // namespace

records::Stored<std::size_t> sweep_leftovers(records::Store& store, std::string_view brand, base::Instant closed_before, base::Instant now) {
  std::size_t removed = 0;
  for (std::string_view const kind : {review_kind, centre::inbox_kind, centre::inbox_done_kind}) {
    auto const some = sweep(store, kind, brand, closed_before, now);
    if (!some) return some.error();
    removed += *some;
  }
  return removed;
}

}  // namespace rapport::server::api

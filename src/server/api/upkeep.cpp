#include "server/api/upkeep.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "base/limits.hpp"
#include "server/api/document_body.hpp"
#include "server/api/drafts.hpp"
#include "server/api/leftovers.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// Adds what was removed, or notes that it could not be.
template <typename Counted>
void count(Counted const& counted, std::size_t& sum, Removed& removed) {
  if (counted) sum += *counted;
  else removed.whole = false;
}

}  // namespace

Removed Upkeep::run(base::Instant now) {
  Removed removed;
  count(store_.forget_answers(now + -records::answers_kept), removed.answers, removed);
  count(sessions_.sweep(now), removed.sessions, removed);
  count(tokens_.sweep(now), removed.tokens, removed);
  purge_brands(now, removed);
  count(sweep_drafts(store_, now), removed.drafts, removed);
  return removed;
}

void Upkeep::purge_brands(base::Instant now, Removed& removed) {
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents("brand", std::nullopt, after, limits::page_max);
    if (!page) {
      removed.whole = false;
      return;
    }
    for (records::Document const& brand : page->documents) purge(brand, now, removed);
    more = page->more;
    if (more) after = page->documents.back().id;
  }
}

/// By the brand's `retention_days`, which names channels; what it does not name is kept.
void Upkeep::purge(records::Document const& brand, base::Instant now, Removed& removed) {
  auto const body = body_of(brand);
  json::value const* const days = body ? body->if_contains("retention_days") : nullptr;
  if (days == nullptr || !days->is_object()) return;
  std::size_t const before = removed.interactions;
  std::optional<base::Instant> latest;
  for (json::key_value_pair const& kept : days->get_object()) {
    auto const channel = domain::parse_channel({kept.key().data(), kept.key().size()});
    if (!channel || !kept.value().is_int64()) continue;
    base::Instant const closed_before = now + -kept.value().get_int64() * base::day;
    count(store_.purge(brand.id, channel, closed_before), removed.interactions, removed);
    latest = std::max(latest.value_or(closed_before), closed_before);
  }
  if (latest && removed.interactions > before) count(sweep_leftovers(store_, brand.id, *latest, now), removed.leftovers, removed);
}

}  // namespace rapport::server::api

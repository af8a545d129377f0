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
  if (counted)
    sum += *counted;
  else
    removed.whole = false;
}

/// How long the brand keeps what came by the channel; nothing: it does not say.
std::optional<base::Millis> kept_by(json::object const& brand, domain::Channel channel) {
  json::value const* const days = brand.if_contains("retention_days");
  json::value const* const kept = days != nullptr && days->is_object() ? days->get_object().if_contains(domain::name(channel)) : nullptr;
  if (kept == nullptr || !kept->is_int64() || kept->get_int64() <= 0) return std::nullopt;
  return kept->get_int64() * base::day;
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

/// By the brand's `retention_days`, which names channels, and the configuration where it names none.
void Upkeep::purge(records::Document const& brand, base::Instant now, Removed& removed) {
  auto const body = body_of(brand);
  if (!body) return;
  std::optional<base::Instant> latest;
  for (domain::Channel const channel : {domain::Channel::voice, domain::Channel::chat, domain::Channel::email, domain::Channel::message}) {
    base::Millis const kept = kept_by(*body, channel).value_or(kept_);
    if (kept == 0) continue;
    base::Instant const closed_before = now + -kept;
    count(store_.purge(brand.id, channel, closed_before), removed.interactions, removed);
    latest = std::max(latest.value_or(closed_before), closed_before);
  }
  // Also where nothing was removed now: an earlier run may have been cut off in between.
  if (!latest) return;
  count(sweep_leftovers(store_, brand.id, *latest, now), removed.leftovers, removed);
  count(shelf_.sweep(brand.id, *latest), removed.recordings, removed);
}

}  // namespace rapport::server::api

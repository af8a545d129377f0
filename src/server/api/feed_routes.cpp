#include "server/api/feed_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "people/customer_sessions.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/http/security_headers.hpp"
#include "server/http/text.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// What a browser offers beside its token, for the answer to choose.
constexpr std::string_view feed_protocol = "rapport.feed";

/// Pages cannot set headers of a WebSocket. A customer's brings its token as a second subprotocol
/// ("rapport.feed, rapc_…"); a user's has its cookie. True: it was brought so.
bool take_offered_token(http::Request& request) {
  std::string_view offered = request.header("sec-websocket-protocol").value_or("");
  if (!http::lists_token(offered, feed_protocol) || request.header("authorization")) return false;
  while (!offered.empty()) {
    std::size_t const comma = std::min(offered.find(','), offered.size());
    std::string_view const one = http::trimmed(offered.substr(0, comma));
    offered.remove_prefix(std::min(comma + 1, offered.size()));
    if (!one.starts_with(people::customer_token_prefix)) continue;
    std::string bearer = "Bearer " + std::string{one};
    request.headers.add("authorization", std::move(bearer));
    return true;
  }
  return false;
}

/// A customer's token is no cookie that any page could make a browser send: it may come from every page.
bool may_come_from(http::Request const& request) {
  return bearer_secret(request).starts_with(people::customer_token_prefix) || http::same_origin(request);
}

void accept(feed::Feed& feed, FeedRights& rights, http::Upgrade upgrade, people::Authenticated const& who, std::string_view subprotocol) {
  feed.accept(std::move(upgrade), {people::who(who.principal), who.bearer.id, rights.connected(who.principal)}, std::string{subprotocol});
}

std::optional<feed::Snapshot> snapshot_of(centre::Core const& core, std::string const& stream) {
  std::size_t const slash = stream.find('/');
  std::string const id = slash == std::string::npos ? std::string{} : stream.substr(slash + 1);
  bool const desk = stream.starts_with("interaction/");
  if (desk || stream.starts_with("conversation/")) {
    centre::LiveInteraction const* const live = core.live(id);
    if (live == nullptr) return std::nullopt;
    json::array events;
    for (domain::Event const& event : live->events) {
      if (desk || centre::shown_to_customer(event)) events.push_back(desk ? render(event, *live->head) : render_for_customer(event, *live->head));
    }
    json::object value{{"events", std::move(events)}};
    if (desk) value["live"] = render(live->summary());
    return feed::Snapshot{desk ? live->events.size() : live->shown, json::serialize(value)};
  }
  if (stream.starts_with("agent/")) {
    centre::ConfigureAgent const* const agent = core.directory().agent(id);
    if (agent == nullptr) return std::nullopt;
    return feed::Snapshot{0, json::serialize(render(core.agent_state(*agent)))};
  }
  return feed::Snapshot{0, "{}"};  // an inbox begins with what comes
}

}  // namespace

void add_feed(Gate& gate, feed::Feed& feed, FeedRights& rights) {
  gate.router().add_upgrade("/api/v1/feed", [&gate, &feed, &rights](http::Request&& request, http::Upgrade upgrade) {
    std::string_view const chosen = take_offered_token(request) ? feed_protocol : std::string_view{};
    if (!may_come_from(request)) return upgrade.refuse(forbidden("Origin: another site's page"));
    if (auto const who = gate.known(request)) return accept(feed, rights, std::move(upgrade), *who, chosen);
    auto const waiting = std::make_shared<http::Upgrade>(std::move(upgrade));
    bool const taken = gate.services().readers.submit([&gate, &feed, &rights, waiting, chosen, request = std::move(request)] {
      auto const who = gate.authenticate(request);
      if (!who) return waiting->refuse(who.error());
      accept(feed, rights, std::move(*waiting), **who, chosen);
    });
    if (!taken) waiting->refuse(http::WorkerPool::busy());
  });
}

feed::FeedSources feed_sources(std::function<centre::Centre&()> centre, FeedRights const& rights) {
  feed::FeedSources sources;
  sources.may_subscribe = [&rights](feed::Subscriber const& who, feed::Name const& name, feed::Decide decide) {
    decide(rights.may(who.principal, name));
  };
  sources.snapshot = [centre = std::move(centre)](std::string const& stream, feed::TakeSnapshot take) {
    auto const made = std::make_shared<std::optional<feed::Snapshot>>();
    centre().inspect([made, stream](centre::Core const& core) { *made = snapshot_of(core, stream); }, [made, take = std::move(take)] { take(std::move(*made)); });
  };
  return sources;
}

}  // namespace rapport::server::api

#include "server/api/feed_routes.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/http/security_headers.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

void accept(feed::Feed& feed, FeedRights& rights, http::Upgrade upgrade, people::Authenticated const& who) {
  rights.connected(who.principal);
  feed.accept(std::move(upgrade), {people::who(who.principal), who.bearer.id});
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
    if (!http::same_origin(request)) return upgrade.refuse(forbidden("Origin: another site's page"));
    if (auto const who = gate.known(request)) return accept(feed, rights, std::move(upgrade), *who);
    auto const waiting = std::make_shared<http::Upgrade>(std::move(upgrade));
    bool const taken = gate.services().readers.submit([&gate, &feed, &rights, waiting, request = std::move(request)] {
      auto const who = gate.authenticate(request);
      if (!who) return waiting->refuse(who.error());
      accept(feed, rights, std::move(*waiting), **who);
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

#include "server/api/agents.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/commands.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using people::Permission;

/// {"presence": "available|break|offline", "reason": …}
void set_presence(Gate& gate, Asked&& asked, http::Reply reply, std::string agent, centre::Actor actor) {
  Body body{asked.request.body};
  if (!body.is_json()) return reply(malformed(*body.problem()));
  centre::ChangePresence change;
  change.agent = std::move(agent);
  std::string const wanted = body.one_of("presence", {"available", "break", "offline"});
  change.presence = wanted == "available" ? routing::Presence::available : wanted == "break" ? routing::Presence::on_break
                                                                                             : routing::Presence::offline;
  change.reason = body.text_or("reason", {}, limits::name_bytes_max);
  body.expect_no_more();
  if (body.problem()) return reply(invalid(*body.problem()));
  command(gate.services(), asked, std::move(reply), std::move(change), std::move(actor));
}

/// What somebody may see of the live interactions: their brands', or what they have in hand.
bool sees(people::Principal const& principal, centre::LiveInteraction const& live) {
  bool const in_hand = live.agent == principal.user || live.wrapping.contains(principal.user);
  return in_hand || (people::may(principal, Permission::floor_see) && principal.brands.has(live.row.brand));
}

/// Looks at the core and answers with what `look` made, once it is durable.
void answer_from_core(Gate& gate, http::Reply reply, std::function<json::object(centre::Core const&)> look) {
  auto const shared = std::make_shared<http::Reply>(std::move(reply));
  auto const made = std::make_shared<std::optional<json::object>>();
  gate.services().centre.inspect([made, look = std::move(look)](centre::Core const& core) { *made = look(core); },
                                 [shared, made] {
                                   if (!*made) return (*shared)(problem_of(centre::Refused{centre::refused::busy, {}}));
                                   (*shared)(http::Response::json(json::serialize(**made)));
                                 });
}

json::object floor_of(centre::Core const& core, people::Principal const& principal, base::Instant now) {
  json::array queues;
  for (auto const& [slug, queue] : core.directory().queues()) {
    if (principal.brands.has(queue.brand)) queues.push_back(render(core.queue_state(queue, now)));
  }
  json::array agents;
  std::optional<std::vector<std::string>> brands;
  if (!principal.brands.all) brands = principal.brands.names;
  for (auto const& [id, agent] : core.directory().agents()) {
    if (!agent.shares(brands)) continue;
    centre::AgentState state = core.agent_state(agent);
    std::erase_if(state.in_hand, [&](centre::AgentState::InHand const& slot) {  // of another brand's they only see that it is one
      centre::LiveInteraction const* const held = core.live(slot.interaction);
      return held == nullptr || !sees(principal, *held);
    });
    agents.push_back(render(state));
  }
  json::array live;
  for (auto const& [id, one] : core.interactions()) {
    if (sees(principal, one)) live.push_back(render(one.summary()));
  }
  return {{"queues", std::move(queues)}, {"agents", std::move(agents)}, {"interactions", std::move(live)}};
}

json::object hands_of(centre::Core const& core, people::Principal const& principal) {
  json::object made{{"state", nullptr}, {"interactions", json::array{}}};
  centre::ConfigureAgent const* const agent = core.directory().agent(principal.user);
  if (agent == nullptr) return made;
  centre::AgentState const state = core.agent_state(*agent);
  json::array live;
  for (centre::AgentState::InHand const& slot : state.in_hand) {
    if (centre::LiveInteraction const* const one = core.live(slot.interaction)) live.push_back(render(one->summary()));
  }
  made["state"] = render(state);
  made["interactions"] = std::move(live);
  return made;
}

/// Who else takes contacts of the asker's brands, and whether they might take one now: nothing of what they hold.
json::object colleagues_of(centre::Core const& core, people::Principal const& principal) {
  std::optional<std::vector<std::string>> brands;
  if (!principal.brands.all) brands = principal.brands.names;
  json::array items;
  for (auto const& [id, agent] : core.directory().agents()) {
    if (id == principal.user || !agent.shares(brands)) continue;
    json::object state = render(core.agent_state(agent));
    for (char const* const theirs : {"reason", "since", "in_hand"}) state.erase(theirs);
    items.push_back(std::move(state));
  }
  return {{"items", std::move(items)}};
}

}  // namespace

void add_agents(Gate& gate) {
  Pass const own{{Permission::presence_own}};
  gate.pass_on(Method::put, "/api/v1/me/presence", own, [&gate](Asked&& asked, http::Reply reply) {
    std::string const agent = asked.principal().user;
    set_presence(gate, std::move(asked), std::move(reply), agent, {centre::Actor::Kind::agent, agent, std::nullopt});
  });
  gate.pass_on(Method::post, "/api/v1/me/resume", own, [&gate](Asked&& asked, http::Reply reply) {
    command(gate.services(), asked, std::move(reply), centre::ResumeWork{asked.principal().user}, agent_of(asked));
  });
  gate.pass_on(Method::get, "/api/v1/me/hands", own, [&gate](Asked&& asked, http::Reply reply) {
    answer_from_core(gate, std::move(reply), [who = asked.who](centre::Core const& core) { return hands_of(core, who->principal); });
  });
  gate.pass_on(Method::get, "/api/v1/me/colleagues", Pass{{Permission::contacts_handle}}, [&gate](Asked&& asked, http::Reply reply) {
    answer_from_core(gate, std::move(reply), [who = asked.who](centre::Core const& core) { return colleagues_of(core, who->principal); });
  });
  gate.pass_on(Method::put, "/api/v1/agents/{id}/presence", Pass{{Permission::presence_others}}, [&gate](Asked&& asked, http::Reply reply) {
    std::string const agent = asked.request.parameter("id");
    centre::Actor actor = supervisor_of(asked);
    set_presence(gate, std::move(asked), std::move(reply), agent, std::move(actor));
  });
  gate.pass_on(Method::get, "/api/v1/floor", Pass{{Permission::floor_see}}, [&gate](Asked&& asked, http::Reply reply) {
    answer_from_core(gate, std::move(reply), [who = asked.who, now = asked.now](centre::Core const& core) { return floor_of(core, who->principal, now); });
  });
}

}  // namespace rapport::server::api

#include "simulation/play.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::simulation {
namespace {

/// What one of them did reaches the other.
template <typename Other>
void reach(Other& other, Deed const& deed, base::Millis at) {
  if (deed.kind == Deed::Kind::say) other.hears(deed.text, at);
}

}  // namespace

std::vector<Scene> play(CustomerPart& customer, AgentPart& agent, std::string_view agent_name, base::Millis answered_after) {
  std::vector<Scene> scenes;
  customer.begins(0);
  bool answered = false;
  bool over = false;
  while (scenes.size() < limits::play_scenes_max) {
    auto const customers = customer.due();
    auto const agents = answered ? agent.due() : std::optional{answered_after};
    if (!customers && (!agents || (over && agent.over()))) break;
    bool const by_customer = customers && (!agents || *customers < *agents);
    base::Millis const now = by_customer ? *customers : *agents;
    if (!answered && !by_customer) {
      answered = true;
      customer.joined(agent_name, now);
      agent.answered(now);
      for (Scene const& scene : scenes) reach(agent, scene.deed, now);
      continue;
    }
    for (Deed& deed : by_customer ? customer.act(now) : agent.act(now)) {
      bool const ends = deed.kind == Deed::Kind::end || deed.kind == Deed::Kind::transfer;
      if (by_customer && answered) reach(agent, deed, now);
      if (!by_customer) reach(customer, deed, now);
      if (ends && !over) {
        over = true;
        if (!by_customer)
          customer.ended();
        else if (answered)
          agent.ended(now);
      }
      scenes.push_back({now, by_customer, std::move(deed)});
    }
    if (over && !answered) break;  // left the queue
  }
  return scenes;
}

}  // namespace rapport::simulation

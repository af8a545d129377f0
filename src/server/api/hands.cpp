#include "server/api/hands.hpp"

#include <variant>

namespace rapport::server::api {

void Hands::on(centre::Publication const& publication) {
  if (auto const* state = std::get_if<centre::AgentState>(&publication)) {
    std::set<std::string, std::less<>> held;
    for (auto const& slot : state->in_hand) held.insert(slot.interaction);
    std::lock_guard const lock{mutex_};
    held_[state->agent] = std::move(held);
  }
  if (auto const* news = std::get_if<centre::AgentNews>(&publication); news != nullptr && !news->interaction.empty()) {
    bool const gone = news->kind == centre::AgentNews::Kind::gone || news->kind == centre::AgentNews::Kind::offer_gone;
    std::lock_guard const lock{mutex_};
    if (gone) held_[news->agent].erase(news->interaction);
    else held_[news->agent].insert(news->interaction);
  }
}

bool Hands::has(std::string_view agent, std::string_view interaction) const {
  std::lock_guard const lock{mutex_};
  auto const found = held_.find(agent);
  return found != held_.end() && found->second.contains(interaction);
}

}  // namespace rapport::server::api

#include "server/api/live_view.hpp"

#include <algorithm>
#include <variant>

namespace rapport::server::api {

void LiveView::on(centre::Publication const& publication) {
  std::lock_guard const lock{mutex_};
  if (auto const* opened = std::get_if<centre::InteractionOpened>(&publication)) take(opened->live);
  if (auto const* changed = std::get_if<centre::InteractionChanged>(&publication)) take(changed->live);
  if (auto const* closed = std::get_if<centre::InteractionClosed>(&publication)) {
    rows_.erase(closed->row.id);
    messages_.erase(closed->row.id);
  }
  if (auto const* state = std::get_if<centre::AgentState>(&publication)) take(*state);
  if (auto const* news = std::get_if<centre::AgentNews>(&publication)) take(*news);
  if (auto const* queue = std::get_if<centre::QueueState>(&publication)) brands_[queue->queue] = queue->brand;
}

void LiveView::take(centre::LiveSummary const& live) {
  rows_[live.row.id] = live.row;
  if (live.left_message) messages_.insert(live.row.id);
}

bool LiveView::is_left_message(std::string_view interaction) const {
  std::lock_guard const lock{mutex_};
  return messages_.contains(interaction);
}

void LiveView::take(centre::AgentState const& state) {
  std::set<std::string, std::less<>> held;
  for (auto const& slot : state.in_hand) held.insert(slot.interaction);
  held_[state.agent] = std::move(held);
  agent_brands_[state.agent] = state.brands ? people::BrandSet{.all = false, .names = *state.brands} : people::BrandSet::every();
}

void LiveView::take(centre::AgentNews const& news) {
  if (news.interaction.empty()) return;
  bool const gone = news.kind == centre::AgentNews::Kind::gone || news.kind == centre::AgentNews::Kind::offer_gone;
  if (gone)
    held_[news.agent].erase(news.interaction);
  else
    held_[news.agent].insert(news.interaction);
}

bool LiveView::in_hand(std::string_view agent, std::string_view interaction) const {
  std::lock_guard const lock{mutex_};
  auto const found = held_.find(agent);
  return found != held_.end() && found->second.contains(interaction);
}

bool LiveView::has_any_in_hand(std::string_view agent) const {
  std::lock_guard const lock{mutex_};
  auto const found = held_.find(agent);
  return found != held_.end() && !found->second.empty();
}

bool LiveView::customer_in_hand(std::string_view agent, std::vector<std::string> const& customers) const {
  std::lock_guard const lock{mutex_};
  auto const found = held_.find(agent);
  return found != held_.end() && std::ranges::any_of(found->second, [&](std::string const& interaction) {
           auto const row = rows_.find(interaction);
           return row != rows_.end() && std::ranges::find(customers, row->second.customer) != customers.end();
         });
}

bool LiveView::is_live(std::vector<std::string> const& customers) const {
  std::lock_guard const lock{mutex_};
  return std::ranges::any_of(rows_, [&](auto const& row) { return std::ranges::find(customers, row.second.customer) != customers.end(); });
}

std::optional<records::InteractionRow> LiveView::row(std::string_view interaction) const {
  std::lock_guard const lock{mutex_};
  auto const found = rows_.find(interaction);
  if (found == rows_.end()) return std::nullopt;
  return found->second;
}

bool LiveView::within(std::string_view agent, people::BrandSet const& brands) const {
  std::lock_guard const lock{mutex_};
  auto const found = agent_brands_.find(agent);
  return found != agent_brands_.end() && brands.has_all(found->second);
}

std::optional<std::string> LiveView::brand_of_queue(std::string_view queue) const {
  std::lock_guard const lock{mutex_};
  auto const found = brands_.find(queue);
  if (found == brands_.end()) return std::nullopt;
  return found->second;
}

}  // namespace rapport::server::api

#include "centre/numbers.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "centre/ids.hpp"

/// Agents' time, and what is kept of both. Contacts: numbers_contacts.cpp.
namespace rapport::centre {
namespace {

/// Counted at once, so that a step stays small.
constexpr std::size_t agents_at_once = 1'000;

/// Whose the agent's time is: their brand's; of who serves several, nobody's.
std::string brand_of(ConfigureAgent const* agent) {
  bool const one = agent != nullptr && agent->brands && agent->brands->size() == 1;
  return one ? agent->brands->front() : std::string{};
}

}  // namespace

void Numbers::happened(routing::Event const& event, Directory const& directory, bool interrupted) {
  Moment const moment{event.at, directory, interrupted};
  std::visit([&](auto const& what) { on(what, moment); }, event.what);
}

void Numbers::happened(NumbersEvent const& event, Directory const& directory) {
  std::visit([&](auto const& what) { on(what, Moment{what.at, directory}); }, event);
}

bool Numbers::on_hold(routing::ContactId contact) const {
  auto const found = contacts_.find(contact);
  return found != contacts_.end() && found->second.book.stage() == insight::LegBook::Stage::on_hold;
}

insight::AgentState Numbers::state_of(routing::Agent const& agent, routing::State const& floor) const {
  using insight::AgentState;
  auto best = AgentState::offline;
  switch (agent.presence) {
    case routing::Presence::available:
      best = AgentState::idle;
      break;
    case routing::Presence::on_break:
      best = AgentState::on_break;
      break;
    case routing::Presence::offline:
      break;
  }
  if (agent.resumes && best != AgentState::offline) best = AgentState::not_responding;
  auto const consults = [&](routing::Slot const& slot) {
    routing::Contact const* const contact = slot.consulting ? floor.contact(slot.contact) : nullptr;
    routing::Contact const* const consult = contact != nullptr ? floor.contact(contact->consult) : nullptr;
    return consult != nullptr && consult->state == routing::ContactState::connected;
  };
  for (routing::Slot const& slot : agent.slots) {
    auto state = AgentState::offered;
    switch (slot.state) {
      case routing::SlotState::offered:
        break;
      case routing::SlotState::receiving:
        state = AgentState::receiving;
        break;
      case routing::SlotState::wrap_up:
        state = AgentState::wrap_up;
        break;
      case routing::SlotState::connected:
        state = on_hold(slot.contact) && !consults(slot) ? AgentState::on_hold : AgentState::talking;
        break;
    }
    best = std::min(best, state);  // in the order of precedence
  }
  return best;
}

void Numbers::spent(std::optional<insight::StateSpan> span, Directory const& directory) {
  if (!span) return;
  span->brand = brand_of(directory.agent(span->agent));
  book_.add(*span);
}

void Numbers::settle(routing::State const& floor, base::Instant at, Directory const& directory) {
  using insight::AgentState;
  for (routing::AgentId const id : touched_) {
    routing::Agent const* const agent = floor.agent(id);
    if (agent == nullptr) continue;
    insight::AgentClock& clock = agents_.try_emplace(id, std::string{}, id_text(id)).first->second;
    AgentState const before = clock.state();
    AgentState const now = state_of(*agent, floor);
    if (before == now) continue;
    spent(clock.changed(at, now), directory);
    if (before == AgentState::offline && logged_in_++ == 0) {
      counted_ = at;
      counting_.reset();
    }
    if (now == AgentState::offline) --logged_in_;
    live_.agent_changed(id_text(id), directory);
  }
  touched_.clear();
  for (std::string const& slug : lines_) {
    ConfigureQueue const* const queue = directory.queue(slug);
    routing::QueueState const* const line = queue != nullptr ? floor.queue(queue->rules->id) : nullptr;
    if (line != nullptr) live_.waiting(at, *queue, line->waiting);
  }
  lines_.clear();
}

std::optional<base::Instant> Numbers::next_count() const {
  if (logged_in_ == 0) return std::nullopt;
  return insight::interval_of(counted_) + insight::interval_ms;
}

TimeCounted Numbers::count_next() const {
  TimeCounted next{*next_count(), counting_.value_or(routing::AgentId{}), {}};
  auto last = agents_.upper_bound(next.after);
  for (std::size_t count = 1; count < agents_at_once && last != agents_.end(); ++count) ++last;
  if (last != agents_.end()) next.until = last->first;
  return next;
}

void Numbers::on(TimeCounted const& event, Moment const& moment) {
  for (auto next = agents_.upper_bound(event.after); next != agents_.end(); ++next) {
    if (!event.until.nil() && event.until < next->first) break;
    spent(next->second.cut(event.at), moment.directory);
  }
  if (event.until.nil()) {
    counting_.reset();
    counted_ = event.at;
  } else {
    counting_ = event.until;
  }
}

void Numbers::on(TimeResumed const& event, Moment const& moment) {
  for (auto& [id, clock] : agents_) {
    spent(clock.cut(event.last), moment.directory);
    clock.skip_to(event.at);
  }
  counting_.reset();
  counted_ = event.at;
}

void Numbers::adopt(routing::State const& floor, Directory const& directory) {
  for (routing::AgentNumber number = 0; number < floor.agent_count(); ++number) touched_.insert(floor.agent(number).id);
  for (auto const& [slug, queue] : directory.queues()) {
    routing::QueueState const* const line = floor.queue(queue.rules->id);
    if (line != nullptr && line->waiting != 0) lines_.insert(slug);
  }
  std::erase_if(contacts_, [&](auto const& entry) {
    using Stage = insight::LegBook::Stage;
    routing::Contact const* const contact = floor.contact(entry.first);
    Stage const stage = entry.second.book.stage();
    if (contact == nullptr) return stage != Stage::gone;
    if (contact->state == routing::ContactState::connected) return !entry.second.book.answered();
    return stage != (contact->state == routing::ContactState::parked ? Stage::parked : Stage::waiting);
  });
  settle(floor, floor.now(), directory);
}

Numbers::Kept Numbers::kept() const {
  Kept kept;
  kept.counted = counted_;
  kept.counting = counting_.value_or(routing::AgentId{});
  for (auto const& [id, open] : contacts_) kept.contacts.push_back({id, open.about, open.book.kept()});
  for (auto const& [id, clock] : agents_) kept.agents.push_back({id, clock.state(), clock.since(), clock.counted()});
  return kept;
}

void Numbers::put_back(Kept kept) {
  for (Kept::Contact& one : kept.contacts) contacts_.insert_or_assign(one.contact, Open{insight::LegBook::of(std::move(one.book)), one.about});
  for (Kept::Agent const& one : kept.agents) {
    insight::AgentClock& clock = agents_.try_emplace(one.agent, std::string{}, id_text(one.agent)).first->second;
    clock.put_back(one.state, one.since, one.counted);
    if (one.state != insight::AgentState::offline) ++logged_in_;
  }
  counted_ = kept.counted;
  if (!kept.counting.nil()) counting_ = kept.counting;
}

insight::AgentClock const* Numbers::agent(routing::AgentId agent) const {
  auto const found = agents_.find(agent);
  return found == agents_.end() ? nullptr : &found->second;
}

}  // namespace rapport::centre

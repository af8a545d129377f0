#include <algorithm>
#include <utility>
#include <variant>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "centre/core.hpp"
#include "centre/event_making.hpp"
#include "centre/floor_codec.hpp"
#include "centre/ids.hpp"

/// What happens on the floor, told on timelines and desks.
namespace rapport::centre {
namespace {

std::string_view cause(routing::ReturnCause why) {
  switch (why) {
    case routing::ReturnCause::refused:
      return "refused";
    case routing::ReturnCause::no_answer:
      return "no_answer";
    case routing::ReturnCause::not_acknowledged:
      return "not_acknowledged";
    case routing::ReturnCause::withdrawn:
      return "withdrawn";
  }
  RAPPORT_ASSERT(false);
  return {};
}

/// They are to be called; `due`: not before.
domain::Event callback_event(base::Millis at_ms, std::optional<base::Instant> due) {
  auto told = event_of(domain::EventKind::followup_scheduled, at_ms);
  told.by = domain::Role::bot;
  told.attributes.push_back(text_attribute("what", "callback"));
  if (due) told.attributes.push_back(text_attribute("due", base::format_rfc3339(*due)));
  return told;
}

}  // namespace

std::optional<Refused> Core::ask(routing::Command const& command, LiveInteraction* held) {
  auto const decided = floor_.handle(command, now_);
  if (!decided) return refusal(std::string{routing::name(decided.error())});
  if (held != nullptr && held->hold_from) end_hold(*held);
  if (held != nullptr && held->paused_from) end_pause(*held, std::holds_alternative<routing::End>(command) ? "ended" : "handed_on");
  follow(*decided);
  return std::nullopt;
}

void Core::advance(base::Instant until, Step& step) {
  step_ = &step;
  actor_ = nullptr;
  std::size_t const before = floor_events_;
  while (next_deadline() && *next_deadline() <= until && floor_events_ - before < limits::deadlines_per_step_max) decide_next();
  step_ = nullptr;
}

/// The events are of one moment, and the floor stands as after the last of them.
void Core::follow(std::vector<routing::Event> const& events) {
  for (routing::Event const& event : events) {
    keep(records::AppendFloor{encode(event)});
    ++floor_events_;
    numbers_.happened(event, directory_, interrupting_);
    base::Instant const moment = std::exchange(now_, event.at);
    std::visit([this](auto const& what) { tell(what); }, event.what);
    now_ = std::max(moment, event.at);
  }
  if (!events.empty()) numbers_.settle(floor_.state(), events.back().at, directory_);
  keep_counted();
}

void Core::tell(routing::QueueSet const& event) { changed_queues_.insert(event.queue->id); }
void Core::tell(routing::AgentSet const& event) { note_work_state(id_text(event.agent->id)); }

void Core::tell(routing::PresenceSet const& event) {
  news(id_text(event.agent), AgentNews::Kind::presence, nullptr, {}, event.reason);
}
void Core::tell(routing::NotResponding const& event) {
  news(id_text(event.agent), AgentNews::Kind::presence, nullptr, event.until, "not_responding");
}
void Core::tell(routing::Resumed const& event) { news(id_text(event.agent), AgentNews::Kind::presence, nullptr); }

void Core::tell(routing::Entered const& event) {
  changed_queues_.insert(event.wait.queue);
  LiveInteraction* const live = of(event.contact);
  ConfigureQueue const* const queue = directory_.queue(event.wait.queue);
  if (live == nullptr || queue == nullptr || live->row.queue == queue->slug) return;
  live->row.queue = queue->slug;  // the one asked for was closed or full
  update(*live);
}

void Core::tell(routing::ReservationEnded const& event) {
  LiveInteraction const* const live = of(event.contact);
  if (live != nullptr && consults_.contains(event.contact)) note_asked(*live);
}

void Core::tell(routing::Offered const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  bool const consult = consults_.contains(event.contact);
  std::string const agent = id_text(event.agent);
  if (!consult) {
    auto told = event_of(domain::EventKind::offered, live->at(now_));
    told.attributes.push_back(text_attribute("to", agent));
    append(*live, std::move(told));
    drop_party(*live, agent);  // who listened is rung as any agent
    change(*live, Stage::offered, {});
  }
  if (consult) {
    note_asked(*live);
    colleague_is(*live, agent, true);
  }
  news(agent, AgentNews::Kind::offer, live, event.until, {}, consult);
}

void Core::tell(routing::Answered const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const agent = id_text(event.agent);
  bool const consult = consults_.contains(event.contact);
  if (!consult) {
    auto told = event_of(domain::EventKind::answered, live->at(now_));
    told.participant = join(*live, agent, domain::Role::agent);
    append(*live, std::move(told));
    change(*live, Stage::connected, agent);
    queue_changed(*live);
  }
  if (consult) {
    note_asked(*live);
    colleague_is(*live, agent, false);
  }
  news(agent, event.receiving ? AgentNews::Kind::receiving : AgentNews::Kind::connected, live, event.until, {}, consult);
}

void Core::tell(routing::Returned const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  bool const consult = consults_.contains(event.contact);
  if (!consult) change(*live, Stage::waiting, {});
  if (consult) {
    note_asked(*live);
    colleague_gone(*live, id_text(event.agent));
  }
  news(id_text(event.agent), AgentNews::Kind::offer_gone, live, {}, std::string{cause(event.why)}, consult);
}

void Core::tell(routing::Overflowed const& event) {
  changed_queues_.insert(event.to);
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  if (consults_.contains(event.contact)) return note_asked(*live);
  queue_changed(*live);
  if (ConfigureQueue const* const queue = directory_.queue(event.to)) live->row.queue = queue->slug;
  update(*live);
}

void Core::tell(routing::Left const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const agent = name_of(event.agent);
  if (consults_.erase(event.contact) != 0) {
    note_asked(*live);
    if (!agent.empty()) colleague_gone(*live, agent);
    if (!agent.empty()) news(agent, AgentNews::Kind::gone, live, {}, "consult_over", true);
    return;
  }
  end_mute(*live);
  auto told = event_of(domain::EventKind::ended, live->at(now_));
  told.by = live->ending.value_or(event.why == routing::LeaveCause::abandoned ? domain::Role::customer : domain::Role::bot);
  if (told.by == domain::Role::agent && !live->agent.empty()) told.participant = live->participant(live->agent, *told.by);
  append(*live, std::move(told));
  queue_changed(*live);
  bool const was_offered = live->stage == Stage::offered;
  change(*live, Stage::over, {});
  if (!agent.empty() && was_offered) {  // never theirs: nothing to wrap up
    news(agent, AgentNews::Kind::offer_gone, live, {}, "abandoned");
  } else if (!agent.empty()) {
    live->wrapping.insert(agent);
    news(agent, AgentNews::Kind::wrap_up, live, event.wrap_up_until);
  }
  finish_if_done(*live);
}

void Core::tell(routing::WrapUpEnded const& event) {
  LiveInteraction* const live = of(event.contact);
  std::string const agent = id_text(event.agent);
  note_work_state(agent);
  if (live == nullptr) return;  // of a consultation
  news(agent, AgentNews::Kind::gone, live, {}, "wrapped_up");
  live->wrapping.erase(agent);
  finish_if_done(*live);
}

void Core::tell(routing::CallbackRequested const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  bool const later = event.due > now_;
  if (later) change(*live, Stage::parked, {});
  append(*live, callback_event(live->at(now_), later ? std::optional{event.due} : std::nullopt));
}

void Core::tell(routing::CustomerNotReached const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  change(*live, Stage::parked, {});
  append(*live, callback_event(live->at(now_), event.retry_at));
  std::string const agent = id_text(event.agent);
  live->wrapping.insert(agent);
  news(agent, AgentNews::Kind::wrap_up, live, event.wrap_up_until);
}

void Core::tell(routing::CallbackDue const& event) {
  if (LiveInteraction* const live = of(event.contact)) change(*live, Stage::waiting, {});
}

void Core::tell(routing::Transferred const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const agent = id_text(event.by);
  end_mute(*live);
  auto told = event_of(domain::EventKind::transfer, live->at(now_));
  told.participant = live->participant(agent, domain::Role::agent);
  ConfigureQueue const* const queue = directory_.queue(event.wait.queue);
  bool const to_agent = !event.wait.reserved_for.nil();
  told.attributes.push_back(text_attribute("to", to_agent ? id_text(event.wait.reserved_for) : queue->slug));
  told.attributes.push_back(text_attribute("mode", "cold"));
  std::uint32_t const number = append(*live, std::move(told));
  live->transfer = live->events[number - 1].id;
  live->row.queue = queue->slug;
  live->wrapping.insert(agent);
  change(*live, Stage::waiting, {});
  update(*live);
  changed_queues_.insert(event.wait.queue);
  news(agent, AgentNews::Kind::wrap_up, live, event.wrap_up_until);
}

void Core::tell(routing::ConsultStarted const& event) {
  consults_[event.consult] = id_text(event.contact);
  if (LiveInteraction const* const live = of(event.contact)) note_asked(*live);
}

void Core::tell(routing::Acknowledged const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  if (consults_.contains(event.contact)) note_asked(*live);
  news(id_text(event.agent), AgentNews::Kind::acknowledged, live, {}, {}, consults_.contains(event.contact));
}

/// The receiver has read what was handed over, so the customer may be told. A cold transfer's event is
/// corrected, a warm one is told only now.
void Core::tell(routing::TransferDone const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const from = name_of(event.from);
  std::string const to = id_text(event.to);
  end_mute(*live);
  auto told = event_of(domain::EventKind::transfer, live->at(now_));
  if (live->transfer) {
    domain::Event const& cold = live->events[live->numbers.at(*live->transfer) - 1];
    told.at_ms = cold.at_ms;
    told.participant = cold.participant;
    told.revises = cold.id;
    live->transfer.reset();
  } else {
    told.participant = live->participant(from, domain::Role::agent);
  }
  bool const warm = !event.consult.nil();
  told.attributes.push_back(text_attribute("to", to));
  told.attributes.push_back(text_attribute("mode", warm ? "warm" : "cold"));
  told.attributes.push_back({{}, "context_acknowledged", domain::Value::of_boolean(true)});
  append(*live, std::move(told));
  if (!warm) return;
  consults_.erase(event.consult);
  auto joined = event_of(domain::EventKind::answered, live->at(now_));
  joined.participant = join(*live, to, domain::Role::agent);
  append(*live, std::move(joined));
  change(*live, Stage::connected, to);
  live->wrapping.insert(from);
  news(from, AgentNews::Kind::wrap_up, live, event.wrap_up_until);
  news(to, AgentNews::Kind::connected, live);
}

void Core::tell(routing::ReturnedToQueue const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const agent = name_of(event.agent);
  change(*live, Stage::waiting, {});
  live->wrapping.insert(agent);
  news(agent, AgentNews::Kind::wrap_up, live, event.wrap_up_until, "put_back");
}

void Core::tell(routing::Assigned const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const agent = id_text(event.agent);
  auto told = event_of(domain::EventKind::answered, live->at(now_));
  told.participant = join(*live, agent, domain::Role::agent);
  append(*live, std::move(told));
  change(*live, Stage::connected, agent);
  news(agent, AgentNews::Kind::connected, live);
}

void Core::tell(routing::Moved const& event) {
  LiveInteraction* const live = of(event.contact);
  changed_queues_.insert(event.wait.queue);
  ConfigureQueue const* const queue = directory_.queue(event.wait.queue);
  if (live == nullptr || queue == nullptr) return;
  queue_changed(*live);
  live->row.queue = queue->slug;
  change(*live, Stage::waiting, {});
  update(*live);
}

void Core::tell(routing::TakenOver const& event) {
  LiveInteraction* const live = of(event.contact);
  if (live == nullptr) return;
  std::string const from = id_text(event.from);
  std::string const to = id_text(event.to);
  end_mute(*live);
  auto told = event_of(domain::EventKind::transfer, live->at(now_));
  told.participant = live->participant(from, domain::Role::agent);
  told.attributes.push_back(text_attribute("to", to));
  told.attributes.push_back(text_attribute("mode", "warm"));
  told.attributes.push_back({{}, "context_acknowledged", domain::Value::of_boolean(true)});
  append(*live, std::move(told));
  auto joined = event_of(domain::EventKind::answered, live->at(now_));
  joined.participant = join(*live, to, domain::Role::agent);
  append(*live, std::move(joined));
  change(*live, Stage::connected, to);
  live->wrapping.insert(from);
  news(from, AgentNews::Kind::wrap_up, live, event.wrap_up_until, "taken_over");
  news(to, AgentNews::Kind::connected, live);
}

}  // namespace rapport::centre

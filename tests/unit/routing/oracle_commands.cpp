#include <algorithm>

#include "unit/routing/oracle.hpp"

/// What each command does, in the order in which the rules say it. Limits that the random worlds never
/// reach (lengths, counts of the whole centre) are left to tests of their own.
namespace rapport::routing {

using base::Instant;

Oracle::Refused Oracle::on(SetQueue const& c) {
  queues_[c.queue->id] = *c.queue;
  emit(QueueSet{c.queue});
  return std::nullopt;
}

Oracle::Refused Oracle::on(SetAgent const& c) {
  workers_[c.agent->id].profile = *c.agent;
  emit(AgentSet{c.agent});
  freed_.push_back(c.agent->id);
  return std::nullopt;
}

Oracle::Refused Oracle::on(SetPresence const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  Worker& worker = workers_.at(c.agent);
  if ((c.presence == Presence::on_break) == c.reason.empty()) return Refusal::bad_reason;
  bool const comes_back = c.presence == Presence::available && worker.resumes;
  if (worker.presence == c.presence && worker.reason == c.reason && !comes_back) return Refusal::already_so;
  auto const serving = [](Held const& held) { return held.connected || held.receiving; };
  if (c.presence == Presence::offline && std::ranges::any_of(worker.held, serving))
    return Refusal::has_contacts;
  worker.presence = c.presence;
  worker.reason = c.reason;
  worker.resumes.reset();
  if (c.presence == Presence::available) worker.idle_since = now_;
  emit(PresenceSet{c.agent, c.presence, c.reason});
  auto const held = worker.held;
  for (Held const& one : held) {
    if (c.presence == Presence::available) break;
    if (one.offered) give_back(one.contact, ReturnCause::withdrawn);
    if (!one.wrap_up || c.presence != Presence::offline) continue;
    auto const same = std::ranges::find_if(
        worker.held, [&](Held const& h) { return h.wrap_up && h.contact == one.contact; });
    worker.held.erase(same);
    worker.idle_since = now_;
    emit(WrapUpEnded{c.agent, one.contact});
  }
  freed_.push_back(c.agent);
  return std::nullopt;
}

Oracle::Refused Oracle::on(Resume const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  Worker& worker = workers_.at(c.agent);
  if (!worker.resumes) return Refusal::already_so;
  worker.resumes.reset();
  worker.idle_since = now_;
  emit(Resumed{c.agent});
  freed_.push_back(c.agent);
  return std::nullopt;
}

Oracle::Refused Oracle::on(EndWrapUp const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  Worker& worker = workers_.at(c.agent);
  auto const held =
      std::ranges::find_if(worker.held, [&](Held const& h) { return h.wrap_up && h.contact == c.contact; });
  if (held == worker.held.end()) return Refusal::not_in_wrap_up;
  worker.held.erase(held);
  worker.idle_since = now_;
  emit(WrapUpEnded{c.agent, c.contact});
  freed_.push_back(c.agent);
  return std::nullopt;
}

std::variant<QueueId, Refusal> Oracle::admitted(QueueId id) const {
  for (int hop = 0; hop <= 8; ++hop) {
    if (!queues_.contains(id)) return Refusal::unknown_queue;
    Queue const& rules = queues_.at(id);
    auto const waiting = std::ranges::count_if(customers_, [&](auto const& entry) {
      Customer const& c = entry.second;
      return c.rules.id == id && (c.stage == Stage::waiting || c.stage == Stage::offered);
    });
    if (rules.waiting_max == 0 || waiting < static_cast<std::ptrdiff_t>(rules.waiting_max)) return id;
    if (!rules.overflow_to) return Refusal::queue_full;
    id = *rules.overflow_to;
  }
  return Refusal::queue_full;
}

Oracle::Refused Oracle::on(Enter const& c) {
  if (customers_.contains(c.contact)) return Refusal::contact_exists;
  auto const queue = admitted(c.queue);
  if (auto const* refused = std::get_if<Refusal>(&queue)) return *refused;
  Customer customer;
  customer.channel = c.channel;
  customer.boost = c.boost;
  Wait wait{std::get<QueueId>(queue), now_, c.needs, false, false, {}, {}};
  queue_up(customer, wait);
  if (workers_.contains(c.last_agent) && customer.rules.affinity_ms > 0) {
    Worker const& last = workers_.at(c.last_agent);
    std::size_t load = last.held.size();
    for (auto const& [id, other] : customers_) {
      load += other.stage == Stage::waiting && other.reserved_for == c.last_agent ? 1U : 0U;
    }
    bool const at_work = last.presence == Presence::available && !last.resumes;
    bool const serves = last.profile.capacity[static_cast<std::size_t>(c.channel)] > 0;
    bool const able =
        std::ranges::all_of(customer.needs, [&](auto const& n) { return level(last, n.first) >= n.second; });
    if (at_work && serves && able && load < customer.rules.fair_load) {
      wait.reserved_for = customer.reserved_for = c.last_agent;
      wait.reserved_until = customer.reserved_until = now_ + customer.rules.affinity_ms;
    }
  }
  customers_[c.contact] = customer;
  emit(Entered{c.contact, c.channel, c.boost, wait});
  came_.push_back(c.contact);
  return std::nullopt;
}

Oracle::Refused Oracle::on(End const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer const customer = customers_.at(c.contact);
  bool const served = customer.stage == Stage::connected || customer.stage == Stage::receiving;
  if (!customer.about.nil())
    leave(c.contact, LeaveCause::consult_over, now_);
  else if (served)
    leave(c.contact, LeaveCause::ended, now_ + customer.rules.wrap_up_ms);
  else
    leave(c.contact, LeaveCause::abandoned, now_);
  return std::nullopt;
}

Oracle::Refused Oracle::on(Answer const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (customer.stage != Stage::offered || customer.with != c.agent) return Refusal::not_offered;
  Held& held = live(c.agent, c.contact);
  held.offered = false;
  held.receiving = customer.handover;
  held.connected = !customer.handover;
  customer.stage = customer.handover ? Stage::receiving : Stage::connected;
  customer.until = customer.handover ? now_ + customer.rules.acknowledge_ms : Instant{};
  customer.reserved_for = {};
  customer.directed = false;
  emit(Answered{c.contact, c.agent, customer.handover, customer.until});
  freed_.push_back(c.agent);
  return std::nullopt;
}

Oracle::Refused Oracle::on(Refuse const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer const& customer = customers_.at(c.contact);
  if (customer.stage != Stage::offered || customer.with != c.agent) return Refusal::not_offered;
  give_back(c.contact, ReturnCause::refused);
  return std::nullopt;
}

Oracle::Refused Oracle::on(Acknowledge const& c) {
  if (!workers_.contains(c.agent)) return Refusal::unknown_agent;
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (customer.stage != Stage::receiving || customer.with != c.agent) return Refusal::not_receiving;
  customer.stage = Stage::connected;
  customer.handover = false;
  live(c.agent, c.contact).receiving = false;
  live(c.agent, c.contact).connected = true;
  emit(Acknowledged{c.contact, c.agent});
  if (customer.about.nil()) emit(TransferDone{c.contact, customer.handed_by, c.agent, {}, {}});
  return std::nullopt;
}

Oracle::Refused Oracle::on(RequestCallback const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (!customer.about.nil()) return Refusal::is_consult;
  if (customer.stage != Stage::waiting) return Refusal::not_waiting;
  Instant const due = c.due.value_or(now_);
  if (due < now_ || due - now_ > 90 * base::day) return Refusal::bad_due_time;
  customer.callback = true;
  if (due > now_) {
    customer.stage = Stage::parked;
    customer.until = due;
    customer.reserved_for = {};
    customer.directed = false;
  }
  emit(CallbackRequested{c.contact, due});
  return std::nullopt;
}

Oracle::Refused Oracle::on(CallbackMissed const& c) {
  if (!customers_.contains(c.contact)) return Refusal::unknown_contact;
  Customer& customer = customers_.at(c.contact);
  if (!customer.callback) return Refusal::not_callback;
  if (customer.stage != Stage::connected) return Refusal::not_connected;
  if (!customer.consult.nil()) return Refusal::transfer_in_progress;
  if (++customer.attempts >= customer.rules.callback_attempts_max) {
    leave(c.contact, LeaveCause::unreachable, now_);
    return std::nullopt;
  }
  AgentId const agent = customer.with;
  wrap_up(agent, c.contact, now_);
  customer.stage = Stage::parked;
  customer.with = {};
  customer.until = now_ + customer.rules.callback_retry_ms;
  emit(CustomerNotReached{c.contact, agent, customer.until, now_});
  freed_.push_back(agent);
  return std::nullopt;
}

}  // namespace rapport::routing

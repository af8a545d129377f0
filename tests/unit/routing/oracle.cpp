#include "unit/routing/oracle.hpp"

#include <algorithm>

namespace rapport::routing {

using base::Instant;

std::variant<std::vector<Event>, Refusal> Oracle::handle(Command const& command, Instant now) {
  if (now < now_) return Refusal::time_before_present;
  if (auto const due = next_deadline(); due && *due < now) return Refusal::deadlines_due;
  Instant const before = now_;
  out_.clear();
  came_.clear();
  freed_.clear();
  now_ = now;
  if (auto const refused = std::visit([&](auto const& c) { return on(c); }, command)) {
    now_ = before;
    return *refused;
  }
  settle();
  return out_;
}

std::vector<Event> Oracle::advance(Instant until) {
  out_.clear();
  for (;;) {
    auto const all = deadlines();
    auto const first = std::ranges::min_element(all);
    if (first == all.end() || first->when > until) return out_;
    now_ = std::max(now_, first->when);
    came_.clear();
    freed_.clear();
    run_out(*first);
    settle();
  }
}

std::optional<Instant> Oracle::next_deadline() const {
  auto const all = deadlines();
  auto const first = std::ranges::min_element(all);
  return first == all.end() ? std::nullopt : std::optional{first->when};
}

std::optional<std::size_t> Oracle::position(ContactId id, Instant now) const {
  auto const in_line = [](Customer const& c) {
    return c.stage == Stage::waiting || c.stage == Stage::offered;
  };
  auto const found = customers_.find(id);
  if (found == customers_.end() || !in_line(found->second)) return std::nullopt;
  std::size_t ahead = 0;
  for (auto const& [other, customer] : customers_) {
    ahead +=
        in_line(customer) && customer.rules.id == found->second.rules.id && before(other, id, now) ? 1U : 0U;
  }
  return ahead + 1;
}

int Oracle::level(Worker const& worker, SkillId skill) {
  for (SkillLevel const& had : worker.profile.skills) {
    if (had.skill == skill) return had.level;
  }
  return 0;
}

bool Oracle::has_room(Worker const& worker, domain::Channel channel) const {
  return worker.presence == Presence::available && !worker.resumes && fits(worker, channel);
}

bool Oracle::fits(Worker const& worker, domain::Channel channel) const {
  int same = 0;
  for (Held const& held : worker.held) {
    if (held.offered || held.consulting) return false;
    if (held.channel != channel && !worker.profile.mixes_channels) return false;
    if (held.channel == channel) ++same;
  }
  return same < worker.profile.capacity[static_cast<std::size_t>(channel)];
}

bool Oracle::may_have(Worker const& worker, Customer const& customer) const {
  if (customer.stage != Stage::waiting || !has_room(worker, customer.channel)) return false;
  if (!customer.reserved_for.nil() && customer.reserved_for != worker.profile.id) return false;
  if (customer.directed) return true;
  return std::ranges::all_of(customer.needs,
                             [&](auto const& need) { return level(worker, need.first) >= need.second; });
}

int Oracle::priority(Customer const& customer, Instant at) const {
  int result = std::min(10, customer.rules.priority + customer.boost);
  for (Instant next = customer.entry + customer.rules.age_every_ms;
       customer.rules.age_every_ms > 0 && next <= at && result < 10;
       next = next + customer.rules.age_every_ms) {
    ++result;
  }
  return result;
}

/// Priority descending, effective entry, id.
bool Oracle::before(ContactId left, ContactId right, Instant at) const {
  Customer const& l = customers_.at(left);
  Customer const& r = customers_.at(right);
  if (priority(l, at) != priority(r, at)) return priority(l, at) > priority(r, at);
  if (l.entry != r.entry) return l.entry < r.entry;
  return left < right;
}

bool Oracle::overflows(Customer const& c) const {
  if (c.overflows >= 8) return false;
  bool const unanswered = c.rules.unanswered_max > 0 && c.unanswered >= c.rules.unanswered_max;
  return unanswered || (c.rules.overflow_after_ms > 0 && now_ >= c.queued_at + c.rules.overflow_after_ms);
}

void Oracle::place(ContactId id) {
  if (!customers_.contains(id) || customers_.at(id).stage != Stage::waiting) return;
  Customer& customer = customers_.at(id);
  if (overflows(customer)) {
    if (!customer.about.nil()) return leave(id, LeaveCause::consult_unanswered, now_);
    if (!customer.rules.overflow_to) return leave(id, LeaveCause::overflowed, now_);
    bool const unanswered =
        customer.rules.unanswered_max > 0 && customer.unanswered >= customer.rules.unanswered_max;
    QueueId const to = *customer.rules.overflow_to;
    queue_up(customer, {to, customer.entry, customer.own, customer.needs_only, false, {}, {}});
    ++customer.overflows;
    emit(Overflowed{id, to, unanswered ? OverflowCause::unanswered : OverflowCause::waited});
  }
  // The queue's strategy as a list of numbers, the least is best; the id breaks ties.
  std::optional<std::pair<std::int64_t, AgentId>> best;
  for (auto const& [agent, worker] : workers_) {
    if (!may_have(worker, customer)) continue;
    std::int64_t value = worker.idle_since.since_epoch;
    if (customer.rules.strategy == Strategy::least_loaded)
      value = static_cast<std::int64_t>(worker.held.size());
    if (customer.rules.strategy == Strategy::most_skilled) {
      value = 0;
      // A skill that is no longer asked for does not count.
      for (auto const& [skill, least] : customer.needs) value -= least > 0 ? level(worker, skill) : 0;
    }
    if (!best || std::pair{value, agent} < *best) best = {value, agent};
  }
  if (best) offer(id, best->second);
}

void Oracle::settle() {
  for (std::size_t i = 0; i < came_.size(); ++i) place(came_[i]);
  for (AgentId const id : freed_) {
    Worker& worker = workers_.at(id);
    for (std::size_t i = 0; i < worker.held.size();) {
      if (!worker.held[i].wrap_up || worker.held[i].until > now_) {
        ++i;
        continue;
      }
      emit(WrapUpEnded{id, worker.held[i].contact});
      worker.held.erase(worker.held.begin() + static_cast<std::ptrdiff_t>(i));
      worker.idle_since = now_;
    }
  }
  for (AgentId const id : freed_) {
    std::optional<ContactId> best;
    for (auto const& [contact, customer] : customers_) {
      if (may_have(workers_.at(id), customer) && (!best || before(contact, *best, now_))) best = contact;
    }
    if (best) offer(*best, id);
  }
}

void Oracle::offer(ContactId id, AgentId agent) {
  Customer& customer = customers_.at(id);
  customer.stage = Stage::offered;
  customer.with = agent;
  customer.until = now_ + customer.rules.offer_ms;
  workers_.at(agent).held.push_back({id, customer.channel, true, false, false, false, false, {}});
  emit(Offered{id, agent, customer.until});
}

void Oracle::give_back(ContactId id, ReturnCause why) {
  Customer& customer = customers_.at(id);
  AgentId const agent = customer.with;
  std::erase_if(workers_.at(agent).held,
                [&](Held const& held) { return held.contact == id && !held.wrap_up; });
  customer.stage = Stage::waiting;
  customer.with = {};
  customer.reserved_for = {};
  customer.directed = false;
  emit(Returned{id, agent, why});
  if (why != ReturnCause::withdrawn) {
    ++customer.unanswered;
    base::Millis const pause =
        why == ReturnCause::refused ? customer.rules.refusal_pause_ms : customer.rules.not_responding_ms;
    workers_.at(agent).resumes = now_ + pause;
    emit(NotResponding{agent, now_ + pause});
  }
  came_.push_back(id);
}

Oracle::Held& Oracle::live(AgentId agent, ContactId contact) {
  auto& held = workers_.at(agent).held;
  return *std::ranges::find_if(held, [&](Held const& h) { return h.contact == contact && !h.wrap_up; });
}

void Oracle::wrap_up(AgentId agent, ContactId id, Instant until) {
  live(agent, id) = {id, live(agent, id).channel, false, false, false, true, false, until};
}

/// A consultation about it goes first; its agent wraps up, or is rid of the offer.
void Oracle::leave(ContactId id, LeaveCause why, Instant wrap_up_until) {
  if (ContactId const consult = customers_.at(id).consult; !consult.nil())
    leave(consult, LeaveCause::consult_over, now_);
  Customer const customer = customers_.at(id);
  customers_.erase(id);
  emit(Left{id, why, customer.with, wrap_up_until});
  if (customer.stage == Stage::offered) {
    std::erase_if(workers_.at(customer.with).held,
                  [&](Held const& held) { return held.contact == id && !held.wrap_up; });
  } else if (!customer.with.nil()) {
    wrap_up(customer.with, id, wrap_up_until);
  }
  if (!customer.with.nil()) freed_.push_back(customer.with);
  if (customer.about.nil()) return;
  Customer& served = customers_.at(customer.about);
  served.consult = {};
  live(served.with, customer.about).consulting = false;
  freed_.push_back(served.with);
}

void Oracle::queue_up(Customer& customer, Wait const& wait) {
  customer.rules = queues_.at(wait.queue);
  customer.entry = wait.effective_entry;
  customer.own = wait.needs;
  customer.needs_only = wait.needs_only;
  customer.directed = wait.directed;
  customer.reserved_for = wait.reserved_for;
  customer.reserved_until = wait.reserved_until;
  start_waiting(customer);
}

void Oracle::start_waiting(Customer& customer) {
  customer.stage = Stage::waiting;
  customer.with = {};
  customer.queued_at = now_;
  customer.step = 0;
  customer.unanswered = 0;
  customer.needs.clear();
  for (SkillLevel const need : customer.own.skills()) customer.needs[need.skill] = need.level;
  if (customer.needs_only) return;
  for (SkillLevel const need : customer.rules.needs.skills()) {
    int& least = customer.needs[need.skill];
    least = std::max<int>(least, need.level);
  }
}

}  // namespace rapport::routing

#include <algorithm>

#include "unit/routing/oracle.hpp"

namespace rapport::routing {

using base::Instant;

/// Every deadline there is: offers, acknowledgements, parked callbacks, reservations, relaxations,
/// overflows in this order for one contact; then the agents' timers.
std::vector<Oracle::Deadline> Oracle::deadlines() const {
  std::vector<Deadline> all;
  for (auto const& [id, c] : customers_) {
    auto const add = [&, high = id.high, low = id.low](Instant when, int kind) {
      all.push_back({when, false, high, low, kind});
    };
    if (c.stage == Stage::offered) add(c.until, 0);
    if (c.stage == Stage::receiving) add(c.until, 1);
    if (c.stage == Stage::parked) add(c.until, 2);
    if (c.stage == Stage::waiting && !c.reserved_for.nil()) add(c.reserved_until, 3);
    bool const unanswered = c.stage == Stage::waiting || c.stage == Stage::offered;
    auto const step = static_cast<std::size_t>(c.step);
    if (unanswered && step < c.rules.relax.size()) add(c.queued_at + c.rules.relax[step].after_ms, 4);
    if (c.stage == Stage::waiting && c.rules.overflow_after_ms != 0 && c.overflows < 8) {
      add(c.queued_at + c.rules.overflow_after_ms, 5);
    }
  }
  for (auto const& [id, w] : workers_) {
    if (w.resumes) all.push_back({*w.resumes, true, id.high, id.low, 0});
    for (Held const& held : w.held) {
      if (held.wrap_up) all.push_back({held.until, true, id.high, id.low, 0});
    }
  }
  return all;
}

void Oracle::run_out(Deadline const& deadline) {
  if (deadline.of_agent) {
    AgentId const id{deadline.high, deadline.low};
    Worker& worker = workers_.at(id);
    if (worker.resumes && *worker.resumes <= now_) {
      worker.resumes.reset();
      worker.idle_since = now_;
      emit(Resumed{id});
    }
    freed_.push_back(id);
    return;
  }
  ContactId const id{deadline.high, deadline.low};
  Customer& customer = customers_.at(id);
  if (deadline.kind == 0) return give_back(id, ReturnCause::no_answer);
  if (deadline.kind == 1) return give_back(id, ReturnCause::not_acknowledged);
  if (deadline.kind == 2) {
    start_waiting(customer);
    emit(CallbackDue{id});
  } else if (deadline.kind == 3) {
    customer.reserved_for = {};
    customer.directed = false;
    emit(ReservationEnded{id});
  } else if (deadline.kind == 4) {
    SkillLevel const to = customer.rules.relax[static_cast<std::size_t>(customer.step++)].to;
    if (customer.needs.contains(to.skill)) {
      int& least = customer.needs[to.skill];
      least = std::min<int>(least, to.level);
    }
    emit(Relaxed{id});
  }
  came_.push_back(id);
}

}  // namespace rapport::routing

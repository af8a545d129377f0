#include "routing/queue.hpp"

#include <algorithm>

namespace rapport::routing {
namespace {

using base::Millis;

bool timer(Millis span) { return span >= limits::routing_timer_min && span <= limits::routing_timer_max; }
bool timer_or_off(Millis span) { return span == 0 || timer(span); }
bool known_skill(SkillLevel level) {
  return static_cast<std::size_t>(level.skill) < limits::skills_max && level.level <= limits::proficiency_max;
}

bool relaxing_in_order(Queue const& queue) {
  if (queue.relax.size() > limits::relax_steps_max) return false;
  return std::ranges::is_sorted(queue.relax, {}, &RelaxStep::after_ms) &&
         std::ranges::all_of(
             queue.relax, [](RelaxStep const& step) { return timer(step.after_ms) && known_skill(step.to); });
}

bool timers_in_limits(Queue const& queue) {
  return timer(queue.offer_ms) && timer(queue.acknowledge_ms) && timer_or_off(queue.wrap_up_ms) &&
         timer(queue.refusal_pause_ms) && timer(queue.not_responding_ms) && timer_or_off(queue.affinity_ms) &&
         timer(queue.directed_ms) && timer_or_off(queue.overflow_after_ms) &&
         timer(queue.callback_retry_ms) && timer_or_off(queue.age_every_ms);
}

}  // namespace

std::optional<Refusal> check(Queue const& queue) {
  bool const counts = queue.priority <= limits::priority_max &&
                      queue.unanswered_max <= limits::unanswered_max && queue.callback_attempts_max >= 1 &&
                      queue.callback_attempts_max <= limits::callback_attempts_max;
  bool const target =
      queue.target_ms >= 0 && queue.target_thousandths >= 0 && queue.target_thousandths <= 1'000;
  bool const itself = queue.closed_to == queue.id || queue.overflow_to == queue.id;
  if (valid(queue.needs) && counts && target && !itself && relaxing_in_order(queue) &&
      timers_in_limits(queue) && valid(queue.hours)) {
    return std::nullopt;
  }
  return Refusal::bad_queue;
}

}  // namespace rapport::routing

#include "insight/live_queue.hpp"

#include <algorithm>

namespace rapport::insight {
namespace {

std::int64_t number_of(base::Instant at) {
  return at.since_epoch / base::minute - (at.since_epoch % base::minute < 0 ? 1 : 0);
}

constexpr auto window = static_cast<std::int64_t>(live_minutes);

std::size_t place_of(std::int64_t number) { return static_cast<std::size_t>((number % window + window) % window); }

}  // namespace

void LiveQueue::move_to(base::Instant now) {
  std::int64_t const number = number_of(now);
  bool const first = minutes_.empty();
  if (first) minutes_.resize(live_minutes);
  if (!first && number <= latest_) return;
  std::int64_t const oldest = number - window + 1;
  for (std::int64_t fresh = first ? oldest : std::max(latest_ + 1, oldest); fresh <= number; ++fresh) {
    minutes_[place_of(fresh)] = Minute{fresh, {}, waiting_};
  }
  latest_ = number;
}

LiveQueue::Minute* LiveQueue::minute_of(base::Instant at) {
  Minute& minute = minutes_[place_of(number_of(at))];
  return minute.number == number_of(at) ? &minute : nullptr;
}

void LiveQueue::waiting(base::Instant at, std::uint32_t number) {
  move_to(at);
  waiting_ = number;
  Minute& running = minutes_[place_of(latest_)];
  running.waiting_max = std::max(running.waiting_max, number);
}

void LiveQueue::wait_ended(base::Instant at, Leg const& leg) {
  move_to(at);
  if (Minute* const minute = minute_of(leg.entered_at)) count_wait(minute->counters, leg, targets_);
}

void LiveQueue::finished(base::Instant at, std::span<Leg const> legs, Leg const& leg) {
  move_to(at);
  if (Minute* const minute = minute_of(leg.entered_at)) count_work(minute->counters, legs, leg, Scope::queue);
}

LiveReading LiveQueue::reading(base::Instant now, ServiceLevelFormula formula) {
  move_to(now);
  LiveReading reading;
  reading.waiting = waiting_;
  Counters total;
  for (std::size_t i = 0; i < live_minutes; ++i) {
    Minute const& minute = minutes_[place_of(latest_ - window + 1 + static_cast<std::int64_t>(i))];
    total += minute.counters;
    reading.points[i] = {{minute.number * base::minute}, minute.waiting_max, service_level(minute.counters, formula)};
  }
  reading.report = report(total, {formula, targets_});
  return reading;
}

}  // namespace rapport::insight

#include "insight/counters.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::insight {
namespace {

constexpr auto bounds = [] {
  struct Steps {
    base::Millis to;
    base::Millis step;
  };
  constexpr std::array<Steps, 5> plan{{{base::minute, 5 * base::second},
                                       {5 * base::minute, 15 * base::second},
                                       {30 * base::minute, base::minute},
                                       {2 * base::hour, 5 * base::minute},
                                       {base::day, base::hour}}};
  std::array<base::Millis, WaitHistogram::bucket_count - 1> made{};
  std::size_t bucket = 0;
  base::Millis bound = 0;
  for (Steps const& steps : plan) {
    while (bound < steps.to) made.at(bucket++) = bound += steps.step;
  }
  return made;
}();
static_assert(bounds.back() == base::day);

/// All that is summed, so that addition cannot forget one.
constexpr std::array sums{
    &Counters::offered, &Counters::answered, &Counters::answered_in_time, &Counters::abandoned_short,
    &Counters::abandoned_long, &Counters::abandoned_in_time, &Counters::passed_on, &Counters::missed_offers,
    &Counters::wait_ms, &Counters::handled, &Counters::transferred, &Counters::placed, &Counters::talk_ms,
    &Counters::hold_ms, &Counters::wrap_up_ms, &Counters::consults, &Counters::consult_ms};
static_assert(sizeof(Counters) == (sums.size() + 1) * sizeof(std::int64_t) + sizeof(WaitHistogram) + sizeof(StateTimes),
              "a counter is missing from the sums");

// Places of the row, with room for states and sums to come.
constexpr std::size_t states_at = row_maxima;
constexpr std::size_t sums_at = states_at + 16;
constexpr std::size_t waits_at = sums_at + 32;
static_assert(agent_state_count <= sums_at - states_at && sums.size() <= waits_at - sums_at);

bool same_place(Leg const& one, Leg const& other, Scope scope) {
  return scope == Scope::brand || (scope == Scope::queue ? one.queue == other.queue : one.agent == other.agent);
}

}  // namespace

std::optional<base::Millis> WaitHistogram::bound(std::size_t bucket) {
  return bucket < bounds.size() ? std::optional{bounds[bucket]} : std::nullopt;
}

void WaitHistogram::add(base::Millis wait_ms) {
  ++buckets_[static_cast<std::size_t>(std::ranges::lower_bound(bounds, wait_ms) - bounds.begin())];
}

std::int64_t WaitHistogram::count() const {
  std::int64_t sum = 0;
  for (std::int64_t const bucket : buckets_) sum += bucket;
  return sum;
}

std::optional<base::Millis> WaitHistogram::percentile(std::int32_t share) const {
  RAPPORT_ASSERT(share > 0 && share <= 1'000);
  std::int64_t const all = count();
  if (all == 0) return std::nullopt;
  std::int64_t const wanted = (all * share + 999) / 1'000;
  std::int64_t seen = 0;
  std::size_t bucket = 0;
  while ((seen += buckets_[bucket]) < wanted) ++bucket;
  return bound(bucket);
}

WaitHistogram& WaitHistogram::operator+=(WaitHistogram const& other) {
  for (std::size_t i = 0; i < bucket_count; ++i) buckets_[i] += other.buckets_[i];
  return *this;
}

Counters& Counters::operator+=(Counters const& other) {
  for (auto const sum : sums) this->*sum += other.*sum;
  wait_max_ms = std::max(wait_max_ms, other.wait_max_ms);
  waits += other.waits;
  states += other.states;
  return *this;
}

std::vector<std::int64_t> row_of(Counters const& counters) {
  std::vector<std::int64_t> row(waits_at + WaitHistogram::bucket_count);
  row[0] = counters.wait_max_ms;
  std::ranges::copy(counters.states.ms, row.begin() + states_at);
  for (std::size_t at = 0; at < sums.size(); ++at) row[sums_at + at] = counters.*sums[at];
  for (std::size_t at = 0; at < WaitHistogram::bucket_count; ++at) row[waits_at + at] = counters.waits.in_bucket(at);
  auto const last = std::find_if(row.rbegin(), row.rend(), [](std::int64_t number) { return number != 0; });
  row.erase(last.base(), row.end());
  return row;
}

Counters counters_of(std::span<std::int64_t const> row) {
  auto const number = [&](std::size_t at) { return at < row.size() ? row[at] : 0; };
  Counters counters;
  counters.wait_max_ms = number(0);
  for (std::size_t at = 0; at < agent_state_count; ++at) counters.states.ms[at] = number(states_at + at);
  for (std::size_t at = 0; at < sums.size(); ++at) counters.*sums[at] = number(sums_at + at);
  for (std::size_t at = 0; at < WaitHistogram::bucket_count; ++at) counters.waits.set(at, number(waits_at + at));
  return counters;
}

void count_wait(Counters& counters, Leg const& leg, Targets const& targets) {
  if (leg.consult || !leg.waited_in_queue()) return;
  ++counters.offered;
  bool const in_time = leg.wait_ms <= targets.answer_ms;
  if (leg.answered()) {
    ++counters.answered;
    if (in_time) ++counters.answered_in_time;
    counters.wait_ms += leg.wait_ms;
    counters.wait_max_ms = std::max(counters.wait_max_ms, leg.wait_ms);
    counters.waits.add(leg.wait_ms);
  } else if (leg.end == LegEnd::abandoned) {
    ++(leg.wait_ms <= targets.short_abandon_ms ? counters.abandoned_short : counters.abandoned_long);
    if (in_time) ++counters.abandoned_in_time;
  } else {
    ++counters.passed_on;
  }
}

void count_work(Counters& counters, std::span<Leg const> legs, Leg const& leg, Scope scope) {
  if (!leg.answered()) return;
  if (leg.consult) {
    ++counters.consults;
    counters.consult_ms += leg.talk_ms + leg.hold_ms;
    return;
  }
  RAPPORT_ASSERT(leg.number < legs.size());
  bool handled_before = false;
  bool transferred_before = false;
  for (Leg const& earlier : legs.first(leg.number)) {
    if (!earlier.answered() || !same_place(earlier, leg, scope)) continue;
    handled_before = true;
    transferred_before = transferred_before || earlier.transferred_out();
  }
  if (!handled_before) ++counters.handled;
  if (!transferred_before && leg.transferred_out()) ++counters.transferred;
  if (leg.entry == Entry::placed) ++counters.placed;
  counters.talk_ms += leg.talk_ms;
  counters.hold_ms += leg.hold_ms;
  counters.wrap_up_ms += leg.wrap_up_ms;
}

}  // namespace rapport::insight

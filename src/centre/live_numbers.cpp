#include "centre/live_numbers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "centre/local_day.hpp"

namespace rapport::centre {
namespace {

// In the order of insight::Scope.
constexpr std::array<std::string_view, 3> scopes{"brand", "queue", "agent"};

/// Of a brand that is not known, and of agents of several brands, by UTC.
base::Instant day_of(std::string_view brand, base::Instant at, Directory const& directory) {
  ConfigureBrand const* const known = directory.brand(brand);
  return local_day(known != nullptr ? std::span{known->zone} : std::span<routing::ZoneChange const>{}, at);
}

}  // namespace

std::string counters_key(insight::Scope scope, std::string_view brand, std::string_view id) {
  std::string key{scopes[static_cast<std::size_t>(scope)]};
  key.reserve(key.size() + brand.size() + id.size() + 2);
  return key.append("/").append(brand).append("/").append(id);
}

std::optional<insight::IntervalKey> read_counters_key(std::string_view key, base::Instant start) {
  std::size_t const first = key.find('/');
  std::size_t const second = first == std::string_view::npos ? first : key.find('/', first + 1);
  auto const scope = std::ranges::find(scopes, key.substr(0, first));
  if (second == std::string_view::npos || scope == scopes.end()) return std::nullopt;
  return insight::IntervalKey{std::string{key.substr(first + 1, second - first - 1)}, static_cast<insight::Scope>(scope - scopes.begin()),
                              std::string{key.substr(second + 1)}, start};
}

insight::Targets targets_of(ConfigureQueue const& queue) { return {.answer_ms = queue.rules->target_ms}; }

/// A queue with other targets than before begins anew: its numbers would not compare.
insight::LiveQueue& LiveNumbers::queue(ConfigureQueue const& queue) {
  insight::Targets const targets = targets_of(queue);
  auto const found = halves_.find(queue.slug);
  if (found != halves_.end() && found->second.targets == targets) return found->second.queue;
  return halves_.insert_or_assign(queue.slug, Half{targets, insight::LiveQueue{targets}}).first->second.queue;
}

void LiveNumbers::waiting(base::Instant at, ConfigureQueue const& queue, std::size_t number) {
  this->queue(queue).waiting(at, static_cast<std::uint32_t>(number));
  queues_.insert(queue.slug);
  brands_.insert(queue.brand);
}

void LiveNumbers::wait_ended(base::Instant at, insight::Leg const& leg, Directory const& directory) {
  ConfigureQueue const* const known = directory.queue(leg.queue);
  if (known == nullptr) return;
  queue(*known).wait_ended(at, leg);
  queues_.insert(known->slug);
}

void LiveNumbers::finished(base::Instant at, std::span<insight::Leg const> legs, insight::Leg const& leg, Directory const& directory) {
  ConfigureQueue const* const known = directory.queue(leg.queue);
  if (known == nullptr || leg.consult) return;  // a consultation is no contact of the queue in which it waited
  queue(*known).finished(at, legs, leg);
  queues_.insert(known->slug);
}

void LiveNumbers::counted(base::Instant now, insight::IntervalKey const& key, insight::Counters const& counters, Directory const& directory) {
  if (key.scope == insight::Scope::queue) queues_.insert(key.id);
  if (key.scope == insight::Scope::agent) agents_.insert(key.id);
  if (key.scope == insight::Scope::brand) brands_.insert(key.brand);
  base::Instant const day = day_of(key.brand, now, directory);
  if (key.start < day) return;
  Today& today = today_[counters_key(key.scope, key.brand, key.id)];
  if (today.day != day) today = {day, {}};
  today.counters += counters;
}

void LiveNumbers::agent_changed(std::string const& agent, Directory const& directory) {
  agents_.insert(agent);
  ConfigureAgent const* const known = directory.agent(agent);
  for (auto const& [brand, configured] : directory.brands()) {
    if (known != nullptr && known->of(brand)) brands_.insert(brand);
  }
}

insight::LiveReading LiveNumbers::half_hour(ConfigureQueue const& queue, base::Instant now, insight::ServiceLevelFormula formula) {
  return this->queue(queue).reading(now, formula);
}

insight::Counters LiveNumbers::today(insight::Scope scope, std::string_view brand, std::string_view id, base::Instant now, Directory const& directory) const {
  auto const found = today_.find(counters_key(scope, brand, id));
  if (found == today_.end() || found->second.day != day_of(brand, now, directory)) return {};
  return found->second.counters;
}

std::set<std::string> LiveNumbers::take_queues(base::Instant now) {
  std::int64_t const minute = now.since_epoch / base::minute;
  if (std::exchange(minute_, minute) != minute) {
    for (auto const& [slug, half] : halves_) queues_.insert(slug);
  }
  return std::exchange(queues_, {});
}

}  // namespace rapport::centre

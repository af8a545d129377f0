#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "centre/core.hpp"
#include "centre/ids.hpp"
#include "routing/status.hpp"

/// The numbers of the floor, counted beside what happens on it, and told.
namespace rapport::centre {
namespace {

constexpr base::Millis numbers_every_ms = base::second;
constexpr base::Millis brands_every_ms = 5 * base::second;  ///< a look at every agent
constexpr auto formula = insight::ServiceLevelFormula::all_contacts;

std::shared_ptr<insight::Report const> report_of(insight::Counters const& counters, insight::Targets const& targets) {
  return std::make_shared<insight::Report const>(insight::report(counters, {formula, targets}));
}

}  // namespace

std::optional<base::Instant> Core::next_deadline() const {
  auto const floor = floor_.next_deadline();
  auto const count = numbers_.next_count();
  return floor && count ? std::min(*floor, *count) : floor ? floor
                                                           : count;
}

/// What is due first: the floor's deadlines of one moment, or counting agents' time. REQUIRES: one is due.
void Core::decide_next() {
  auto const floor = floor_.next_deadline();
  auto const count = numbers_.next_count();
  if (floor && (!count || *floor <= *count)) return follow(floor_.advance(*floor));
  now_ = std::max(now_, *count);
  note(numbers_.count_next());
}

/// Logs what the numbers are counted from, and counts it.
void Core::note(NumbersEvent const& event) {
  keep(records::AppendFloor{encode(event)});
  ++floor_events_;
  numbers_.happened(event, directory_);
  numbers_.settle(floor_.state(), std::visit([](auto const& what) { return what.at; }, event), directory_);
  keep_counted();
}

void Core::keep_counted() {
  for (auto const& [key, counters] : numbers_.take_counted()) {
    numbers_.live().counted(now_, key, counters, directory_);
    auto row = insight::row_of(counters);
    if (!row.empty()) keep(records::AddCounters{counters_key(key.scope, key.brand, key.id), key.start, std::move(row), insight::row_maxima});
  }
  step_->seams.push_back(step_->changes.size());
}

QueueNumbers Core::queue_numbers(ConfigureQueue const& queue, base::Instant now) {
  QueueNumbers told;
  told.queue = queue.slug;
  told.brand = queue.brand;
  told.at = now;
  if (auto const status = routing::queue_status(floor_.state(), queue.rules->id, now)) {
    told.waiting = status->waiting;
    told.oldest = status->oldest;
  }
  told.estimate_ms = routing::estimated_wait_behind_all(floor_.state(), queue.rules->id, now);
  LiveNumbers& live = numbers_.live();
  told.half_hour = std::make_shared<insight::LiveReading const>(live.half_hour(queue, now, formula));
  told.today = report_of(live.today(insight::Scope::queue, queue.brand, queue.slug, now, directory_), targets_of(queue));
  return told;
}

/// Over all brands that the agent served, the running state included.
std::optional<AgentNumbers> Core::agent_numbers(std::string const& agent, base::Instant now) const {
  auto const id = parse_id<routing::AgentId>(agent);
  insight::AgentClock const* const clock = id ? numbers_.agent(*id) : nullptr;
  if (clock == nullptr) return std::nullopt;
  LiveNumbers const& live = numbers_.live();
  insight::Counters counters = live.today(insight::Scope::agent, {}, agent, now, directory_);
  for (auto const& [brand, known] : directory_.brands()) counters += live.today(insight::Scope::agent, brand, agent, now, directory_);
  if (auto const running = clock->running(now)) counters.states.of(running->state) += running->to - running->from;
  return AgentNumbers{agent, now, clock->state(), clock->since(), report_of(counters, {})};
}

void Core::tell_brands(base::Instant now, Step& step) {
  std::set<std::string> const changed = numbers_.live().take_brands();
  std::map<std::string, BrandNumbers> told;
  for (std::string const& id : changed) {
    if (directory_.brand(id) == nullptr) continue;
    BrandNumbers& brand = told[id];
    brand.brand = id;
    brand.at = now;
    brand.today = report_of(numbers_.live().today(insight::Scope::brand, id, {}, now, directory_), {});
  }
  for (auto const& [slug, queue] : directory_.queues()) {
    auto const brand = told.find(queue.brand);
    routing::QueueState const* const line = brand != told.end() ? floor_.state().queue(queue.rules->id) : nullptr;
    if (line != nullptr) brand->second.waiting += line->waiting;
  }
  if (told.empty()) return;
  auto const& clocks = numbers_.agents();
  auto clock = clocks.begin();
  for (auto const& [text, agent] : directory_.agents()) {
    // Both stand in the order of ids: the next clock is the agent's, as a rule.
    if (clock == clocks.end() || clock->first != agent.profile->id) clock = clocks.find(agent.profile->id);
    if (clock == clocks.end()) continue;
    for (auto& [brand, numbers] : told) {
      if (agent.of(brand)) ++numbers.agents[static_cast<std::size_t>(clock->second.state())];
    }
    ++clock;
  }
  for (auto& [id, brand] : told) step.publications.emplace_back(std::move(brand));
}

void Core::tell_numbers(base::Instant now, Step& step) {
  if (now - numbers_told_ < numbers_every_ms) return;
  numbers_told_ = now;
  for (std::string const& slug : numbers_.live().take_queues(now)) {
    if (ConfigureQueue const* const queue = directory_.queue(slug)) step.publications.emplace_back(queue_numbers(*queue, now));
  }
  for (std::string const& agent : numbers_.live().take_agents()) {
    if (auto told = agent_numbers(agent, now)) step.publications.emplace_back(*std::move(told));
  }
  if (now - brands_told_ < brands_every_ms) return;
  brands_told_ = now;
  tell_brands(now, step);
}

}  // namespace rapport::centre

#include "server/api/numbers.hpp"

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "server/api/body.hpp"
#include "server/api/numbers_json.hpp"
#include "server/api/numbers_range.hpp"
#include "server/api/problems.hpp"
#include "server/api/scan.hpp"
#include "server/api/staffing.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using insight::Counters;
using people::Permission;

std::string moment(base::Instant at) { return base::format_rfc3339(at); }

json::object head_of(RangeAsked const& range) {
  return {{"from", moment(range.from)}, {"to", moment(range.to)}, {"by", range.by}};
}

/// The queue's target as it is configured now; the counters were made by the one of then.
insight::Targets targets_of(records::Store& store, Configuration const& configuration, std::string const& queue) {
  insight::Targets targets;
  auto const document = store.document("queue", queue);
  if (!document || !*document) return targets;
  auto const rules = configuration.queue_rules(**document);
  if (rules) targets.answer_ms = rules->rules.target_ms;
  return targets;
}

Response queues(Services& services, Configuration const& configuration, Asked const& asked) {
  auto const range = range_asked(asked.request, asked.now);
  if (!range) return range.error().response();
  auto brands = brands_asked(asked);
  if (!brands) return brands.error().response();
  auto const sums = read_counters(services.store, *range, {insight::Scope::queue, *std::move(brands), query_text(asked.request, "queue")});
  if (!sums) return sums.error().response();
  std::map<std::string, insight::Targets> targets;
  json::array items;
  for (auto const& [key, counters] : *sums) {
    auto const& [brand, queue, start] = key;
    auto const known = targets.find(queue);
    insight::Targets const& by = known != targets.end() ? known->second : targets.emplace(queue, targets_of(services.store, configuration, queue)).first->second;
    json::object numbers = render(insight::report(counters, {range->formula, by}), {.target = true, .states = false});
    items.push_back(json::object{{"queue", queue}, {"brand", brand}, {"start", moment(start)}, {"numbers", std::move(numbers)}});
  }
  json::object answer = head_of(*range);
  answer["items"] = std::move(items);
  return Response::json(json::serialize(answer));
}

Response brands(Services& services, Asked const& asked) {
  auto const range = range_asked(asked.request, asked.now);
  if (!range) return range.error().response();
  auto own_numbers = brands_asked(asked);
  if (!own_numbers) return own_numbers.error().response();
  auto const sums = read_counters(services.store, *range, {insight::Scope::brand, *std::move(own_numbers), std::nullopt});
  if (!sums) return sums.error().response();
  json::array items;
  for (auto const& [key, counters] : *sums) {
    auto const& [brand, none, start] = key;
    if (brand.empty()) continue;  // the time of agents of several brands
    json::object numbers = render(insight::report(counters, {range->formula, {}}), {.target = false, .states = true});
    items.push_back(json::object{{"brand", brand}, {"start", moment(start)}, {"numbers", std::move(numbers)}});
  }
  json::object answer = head_of(*range);
  answer["items"] = std::move(items);
  return Response::json(json::serialize(answer));
}

/// One row an agent, over the brands that may be seen.
using AgentSums = std::map<std::pair<std::string, base::Instant>, Counters>;

json::array items_of(AgentSums const& sums, RangeAsked const& range, std::function<bool(std::string const&)> const& sees_time) {
  json::array items;
  for (auto const& [key, counters] : sums) {
    json::object numbers = render(insight::report(counters, {range.formula, {}}), {.target = false, .states = sees_time(key.first)});
    items.push_back(json::object{{"agent", key.first}, {"start", moment(key.second)}, {"numbers", std::move(numbers)}});
  }
  return items;
}

/// An agent's time belongs to no contact: it is for who may see all of the agent's brands.
Response agents(Services& services, Asked const& asked) {
  auto const range = range_asked(asked.request, asked.now);
  if (!range) return range.error().response();
  auto own_numbers = brands_asked(asked);
  if (!own_numbers) return own_numbers.error().response();
  auto const id = query_text(asked.request, "agent");
  auto const sees_time = [&, brands = *own_numbers](std::string const& agent) { return brands.all || services.live.within(agent, brands); };
  people::BrandSet reading = *own_numbers;
  if (!reading.all) reading.names.emplace_back();  // time of agents of several brands, for who sees all of these
  auto const sums = read_counters(services.store, *range, {insight::Scope::agent, std::move(reading), id});
  if (!sums) return sums.error().response();
  AgentSums by_agent;
  for (auto const& [key, counters] : *sums) {
    auto const& [brand, agent, start] = key;
    if (brand.empty() && !sees_time(agent)) continue;
    by_agent[{agent, start}] += counters;
  }
  json::object answer = head_of(*range);
  answer["items"] = items_of(by_agent, *range, sees_time);
  return Response::json(json::serialize(answer));
}

/// One's own, of every brand that one served.
Response own_numbers(Services& services, Asked const& asked) {
  auto const range = range_asked(asked.request, asked.now);
  if (!range) return range.error().response();
  auto const sums = read_counters(services.store, *range, {insight::Scope::agent, people::BrandSet::every(), asked.principal().user});
  if (!sums) return sums.error().response();
  AgentSums mine;
  for (auto const& [key, counters] : *sums) mine[{std::get<1>(key), std::get<2>(key)}] += counters;
  json::object answer = head_of(*range);
  answer["items"] = items_of(mine, *range, [](std::string const&) { return true; });
  return Response::json(json::serialize(answer));
}

}  // namespace

void add_numbers(Gate& gate, Configuration const& configuration) {
  auto const add = [&gate](std::string_view path, Pass pass, Response (*work)(Services&, Asked const&)) {
    gate.answer(Method::get, path, std::move(pass), [&gate, work](Asked const& asked) { return work(gate.services(), asked); });
  };
  gate.answer(Method::get, "/api/v1/numbers/queues", {{Permission::numbers_read}},
              [&gate, &configuration](Asked const& asked) { return queues(gate.services(), configuration, asked); });
  add("/api/v1/numbers/agents", {{Permission::numbers_read}}, agents);
  add("/api/v1/numbers/brands", {{Permission::numbers_read}}, brands);
  add("/api/v1/me/numbers", {{Permission::presence_own}}, own_numbers);
  gate.answer(Method::get, "/api/v1/numbers/staffing", {{Permission::numbers_read}}, [](Asked const& asked) { return staffing(asked.request); });
}

}  // namespace rapport::server::api

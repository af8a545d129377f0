#include "server/api/numbers_json.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using insight::Counters;

// As they are called in the API.
constexpr std::array<std::pair<std::string_view, std::int64_t Counters::*>, 17> counted{{
    {"offered", &Counters::offered},
    {"answered", &Counters::answered},
    {"answered_in_time", &Counters::answered_in_time},
    {"abandoned_short", &Counters::abandoned_short},
    {"abandoned_long", &Counters::abandoned_long},
    {"abandoned_in_time", &Counters::abandoned_in_time},
    {"passed_on", &Counters::passed_on},
    {"missed_offers", &Counters::missed_offers},
    {"handled", &Counters::handled},
    {"transferred", &Counters::transferred},
    {"placed", &Counters::placed},
    {"consults", &Counters::consults},
    {"wait_ms", &Counters::wait_ms},
    {"talk_ms", &Counters::talk_ms},
    {"hold_ms", &Counters::hold_ms},
    {"wrap_up_ms", &Counters::wrap_up_ms},
    {"consult_ms", &Counters::consult_ms},
}};

json::value share(std::optional<std::int32_t> thousandths) {
  return thousandths ? json::value(static_cast<double>(*thousandths) / 1'000.0) : json::value(nullptr);
}
json::value millis(std::optional<base::Millis> span) { return span ? json::value(*span) : json::value(nullptr); }
json::value interval_moment(base::Instant at) { return json::string{base::format_rfc3339(at)}; }

json::object by_state(auto const& values) {
  json::object made;
  for (std::size_t at = 0; at < insight::agent_state_count; ++at) made[insight::name(static_cast<insight::AgentState>(at))] = values[at];
  return made;
}

json::object service_level(insight::Report const& report, bool target) {
  insight::ReportSettings const& settings = report.settings;
  json::object made{{"value", share(report.service_level)}, {"formula", insight::name(settings.formula)}, {"written", insight::written(settings.formula)}, {"target_ms", nullptr}};
  if (target) made["target_ms"] = settings.targets.answer_ms;
  return made;
}

}  // namespace

json::object render(insight::Report const& report, ReportParts parts) {
  json::object made;
  for (auto const& [name, counter] : counted) made[name] = report.counted.*counter;
  made["service_level"] = service_level(report, parts.target);
  made["asa_ms"] = millis(report.asa_ms);
  made["wait_p50_ms"] = millis(report.wait_p50_ms);
  made["wait_p90_ms"] = millis(report.wait_p90_ms);
  made["wait_max_ms"] = millis(report.wait_max_ms);
  made["aht_ms"] = millis(report.aht_ms);
  made["abandonment"] = share(report.abandonment);
  made["transfer_rate"] = share(report.transfer_rate);
  made["occupancy"] = parts.states ? share(report.occupancy) : json::value(nullptr);
  made["states_ms"] = parts.states ? json::value(by_state(report.counted.states.ms)) : json::value(nullptr);
  return made;
}

json::object render(centre::QueueNumbers const& numbers) {
  json::array points;
  for (insight::LivePoint const& point : numbers.half_hour->points) {
    points.push_back(json::object{{"minute", interval_moment(point.minute)}, {"waiting_max", point.waiting_max}, {"service_level", share(point.service_level)}});
  }
  json::object made{{"queue", numbers.queue}, {"brand", numbers.brand}, {"at", interval_moment(numbers.at)}, {"waiting", numbers.waiting}, {"oldest", nullptr}, {"estimated_wait_seconds", nullptr}};
  if (numbers.oldest) made["oldest"] = interval_moment(*numbers.oldest);
  if (numbers.estimate_ms) made["estimated_wait_seconds"] = (*numbers.estimate_ms + base::second - 1) / base::second;
  made["half_hour"] = render(numbers.half_hour->report, {.target = true, .states = false});
  made["points"] = std::move(points);
  made["today"] = render(*numbers.today, {.target = true, .states = false});
  return made;
}

json::object render(centre::AgentNumbers const& numbers) {
  return {{"agent", numbers.agent}, {"at", interval_moment(numbers.at)}, {"state", insight::name(numbers.state)}, {"since", interval_moment(numbers.since)}, {"today", render(*numbers.today, {.target = false, .states = true})}};
}

json::object render(centre::BrandNumbers const& numbers) {
  return {{"brand", numbers.brand}, {"at", interval_moment(numbers.at)}, {"waiting", numbers.waiting}, {"agents", by_state(numbers.agents)}, {"today", render(*numbers.today, {.target = false, .states = true})}};
}

}  // namespace rapport::server::api

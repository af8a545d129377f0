#include "server/api/staffing.hpp"

#include <boost/json.hpp>
#include <cmath>
#include <optional>
#include <string>

#include "base/decimal.hpp"
#include "base/limits.hpp"
#include "insight/erlang.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

constexpr std::uint32_t more_agents = 5;  ///< shown above the number that keeps the target

struct StaffingAsked {
  insight::Load load;
  double target_s = 20;
  double target_share = 0.8;
  std::optional<double> patience_s;
};

/// A decimal parameter above `over` and at most `most`.
std::optional<double> number(http::Request const& request, std::string_view name, double over, double most, std::optional<double> other = std::nullopt) {
  auto const text = request.query.find(name);
  if (!text) return other;
  auto const thousandths = base::parse_thousandths(*text);
  if (!thousandths) return std::nullopt;
  double const value = static_cast<double>(*thousandths) / 1'000.0;
  return value > over && value <= most ? std::optional{value} : std::nullopt;
}

std::optional<StaffingAsked> read_staffing(http::Request const& request) {
  StaffingAsked asked;
  auto const arrivals = number(request, "arrivals_per_hour", 0, 1'000'000);
  auto const handle = number(request, "handle_seconds", 0, 100'000);
  auto const target = number(request, "target_seconds", -1, 100'000, 20.0);
  auto const percent = number(request, "target_percent", 0, 99.9, 80.0);
  if (!arrivals || !handle || !target || *target < 0 || !percent) return std::nullopt;
  asked.load = {*arrivals, *handle};
  asked.target_s = *target;
  asked.target_share = *percent / 100.0;
  if (request.query.find("patience_seconds")) {
    asked.patience_s = number(request, "patience_seconds", 0, 100'000);
    if (!asked.patience_s) return std::nullopt;
  }
  return asked;
}

double rounded(double value) { return std::round(value * 10'000.0) / 10'000.0; }

json::object option(StaffingAsked const& asked, std::uint32_t agents, insight::ErlangC const& waits) {
  json::object made{{"agents", agents},
                    {"wait_probability", rounded(waits.wait_probability)},
                    {"service_level", rounded(waits.service_level(asked.target_s))},
                    {"asa_seconds", rounded(waits.asa_s)},
                    {"occupancy", rounded(asked.load.erlangs() / agents)},
                    {"abandonment", nullptr},
                    {"mean_wait_seconds", nullptr}};
  if (!asked.patience_s) return made;
  if (auto const patient = insight::erlang_a(asked.load, agents, *asked.patience_s)) {
    made["abandonment"] = rounded(patient->abandon_probability);
    made["mean_wait_seconds"] = rounded(patient->mean_wait_s);
  }
  return made;
}

}  // namespace

http::Response staffing(http::Request const& request) {
  auto const asked = read_staffing(request);
  if (!asked) return malformed("arrivals_per_hour and handle_seconds: expected numbers above 0; target_seconds, target_percent, patience_seconds: numbers").response();
  double const erlangs = asked->load.erlangs();
  if (erlangs > limits::staffing_erlangs_max) return malformed("the load is above staffing_erlangs_max").response();
  json::array options;
  std::optional<std::uint32_t> enough;
  for (auto agents = static_cast<std::uint32_t>(erlangs) + 1; !enough || agents <= *enough + more_agents; ++agents) {
    auto const waits = insight::erlang_c(asked->load, agents);
    if (!waits) continue;  // as many as the load: the queue grows without end
    if (!enough && waits->service_level(asked->target_s) >= asked->target_share) enough = agents;
    options.push_back(option(*asked, agents, *waits));
  }
  return http::Response::json(json::serialize(json::object{{"erlangs", rounded(erlangs)}, {"agents", *enough}, {"options", std::move(options)}}));
}

}  // namespace rapport::server::api

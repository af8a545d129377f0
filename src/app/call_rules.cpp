#include "app/call_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/phone_limits.hpp"
#include "centre/zone_table.hpp"
#include "customers/callee.hpp"

namespace rapport::app {
namespace {

using server::api::CallGranted;
using server::api::CallRefused;

base::Millis of_day(std::string_view clock) {
  auto const number = [](std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  return number(clock.substr(0, 2)) * base::hour + number(clock.substr(3, 2)) * base::minute;
}

/// What the clock shows there, from midnight; nothing: there is no such zone.
std::optional<base::Millis> local_clock(std::string const& zone, base::Instant now) {
  auto const changes = centre::zone_table(zone, now);
  if (!changes) return std::nullopt;
  base::Millis offset = 0;
  for (routing::ZoneChange const& change : *changes) {
    if (change.from <= now) offset = change.offset_ms;
  }
  base::Millis const clock = (now.since_epoch + offset) % base::day;
  return clock < 0 ? clock + base::day : clock;
}

}  // namespace

CountryZones read_country_zones(std::string_view table) {
  CountryZones zones;
  while (!table.empty()) {
    std::size_t const end = std::min(table.find('\n'), table.size());
    std::string_view const line = table.substr(0, end);
    table.remove_prefix(std::min(end + 1, table.size()));
    std::size_t const first = line.find('\t');
    std::size_t const second = first == std::string_view::npos ? first : line.find('\t', first + 1);
    if (line.starts_with('#') || second == std::string_view::npos) continue;
    std::string_view const name = line.substr(second + 1, line.find('\t', second + 1) - second - 1);
    zones.emplace(line.substr(0, first), name);
  }
  return zones;
}

CallRules::CallRules(Settings::Phone const& settings, CountryZones zones, base::Metrics& metrics)
    : settings_(settings), from_(of_day(std::string_view{settings.call_hours}.substr(0, 5))), to_(of_day(std::string_view{settings.call_hours}.substr(6))), zones_(std::move(zones)), metrics_(metrics) {
  for (std::string const& one : settings_.zones) {  // instead of all that the table has
    std::string const country = one.substr(0, 2);
    zones_.erase(country);
    zones_.emplace(country, one.substr(3));
  }
}

CallRefused CallRules::refuse(std::string_view code, std::string detail) {
  metrics_.counter("rapport_calls_refused_total", "Calls that agents wanted to place, or customers to have, and that were refused.", {{"why", std::string{code}}}).add();
  return {std::string{code}, std::move(detail)};
}

CallRules::Granted CallRules::check(std::string_view number, std::string const& region) const {
  using Kind = customers::Callee::Kind;
  std::string const& home = region.empty() ? settings_.region : region;
  auto const callee = customers::read_callee(number, home);
  if (!callee) return CallRefused{"number_not_readable", std::string{customers::describe(callee.error())}};
  if (callee->kind == Kind::emergency) {
    if (settings_.emergency == "refuse") return CallRefused{"emergency_number", "emergency numbers are not called from here; use another telephone"};
    return CallGranted{callee->number, settings_.emergency, true};
  }
  if (callee->kind == Kind::premium) return CallRefused{"premium_number", "a number that costs more than a call"};
  if (callee->kind == Kind::unknown) return CallRefused{"unknown_number", "no numbering plan knows this number"};
  std::vector<std::string> const& allowed = settings_.countries;
  bool const goes = allowed.empty() ? !home.empty() && callee->region == home : std::ranges::find(allowed, callee->region) != allowed.end();
  if (!goes) return CallRefused{"country_not_allowed", fmt::format("calls to {} are not allowed", callee->region.empty() ? "this number's country" : callee->region)};
  return CallGranted{callee->number, {}, false, callee->region};
}

CallRules::Granted CallRules::check_number(std::string_view number, std::string const& region) {
  auto granted = check(number, region);
  if (!granted) return refuse(granted.error().code, granted.error().detail);
  return granted;
}

/// Empty: one of them is not known.
std::vector<base::Millis> CallRules::clocks_of(std::string_view country, base::Instant now) const {
  std::lock_guard const lock{clocks_mutex_};
  base::Instant const minute{now.since_epoch - now.since_epoch % base::minute};
  auto found = clocks_.find(country);
  if (found == clocks_.end() || found->second.at != minute) {
    Clocks clocks{minute, {}};
    auto const [first, last] = zones_.equal_range(country);
    for (auto zone = first; zone != last; ++zone) {
      auto const clock = local_clock(zone->second, minute);
      if (!clock) {
        clocks.shown.clear();
        break;
      }
      clocks.shown.push_back(*clock);
    }
    found = clocks_.insert_or_assign(std::string{country}, std::move(clocks)).first;
  }
  std::vector<base::Millis> shown = found->second.shown;
  for (base::Millis& clock : shown) clock = (clock + (now - minute)) % base::day;
  return shown;
}

/// Nobody is called where it is not known what the clock shows.
bool CallRules::within(std::string_view country, base::Instant now, base::Millis from, base::Millis to) const {
  std::vector<base::Millis> const clocks = clocks_of(country, now);
  return !clocks.empty() && std::ranges::all_of(clocks, [&](base::Millis clock) { return clock >= std::max(from, from_) && clock < std::min(to, to_); });
}

void CallRules::remember(std::string const& agent, base::Instant at) {
  std::lock_guard const lock{mutex_};
  if (placed_.size() >= limits::placed_agents_max && !placed_.contains(agent)) return;
  std::deque<base::Instant>& calls = placed_[agent];
  calls.insert(std::ranges::upper_bound(calls, at), at);
}

bool CallRules::take_place(std::string const& agent, base::Instant now, std::string_view& code) {
  std::lock_guard const lock{mutex_};
  auto const stale = [now](base::Instant at) { return at + base::hour <= now; };
  if (placed_.size() >= limits::placed_agents_max) std::erase_if(placed_, [&](auto const& entry) { return entry.second.empty() || stale(entry.second.back()); });
  std::deque<base::Instant>& recent = placed_[agent];
  while (!recent.empty() && stale(recent.front())) recent.pop_front();
  if (recent.size() >= static_cast<std::size_t>(settings_.calls_per_agent_hour)) {
    code = "too_many_calls";
    return false;
  }
  if (at_once_ >= static_cast<std::size_t>(settings_.calls_at_once)) {
    code = "calls_at_once";
    return false;
  }
  recent.push_back(now);
  ++at_once_;
  return true;
}

CallRules::Granted CallRules::look(server::api::CallWish const& wish, std::string const& region, base::Instant now) {
  auto granted = check_number(wish.to, region);
  if (!granted) return granted;
  if (!granted->emergency) {
    if (wish.listed && wish.listed(granted->to)) return refuse("do_not_call", "this number is on the list of those that are not called");
    if (!wish.at_any_hour && !within_hours(granted->country, now)) return refuse("outside_call_hours", fmt::format("it is not {} where this number is", settings_.call_hours));
    std::string_view code;
    if (!take_place(wish.agent, now, code)) {
      return refuse(code, code == "too_many_calls" ? fmt::format("phone.calls_per_agent_hour: {} calls in the last hour", settings_.calls_per_agent_hour) : fmt::format("phone.calls_at_once: {} calls are under way", settings_.calls_at_once));
    }
  }
  return granted;
}

CallRules::Granted CallRules::look_callback(std::string_view number, std::string const& region) {
  auto granted = check_number(number, region);
  if (granted && granted->emergency) return refuse("emergency_number", "nobody is called back there");
  return granted;
}

CallRules::Granted CallRules::look_menu(std::string_view number, std::string const& region) {
  auto granted = check_number(number, region);
  if (!granted) return granted;
  if (granted->emergency) return refuse("emergency_number", "no menu leads there");
  {
    std::lock_guard const lock{mutex_};
    if (at_once_ < static_cast<std::size_t>(settings_.calls_at_once)) {
      ++at_once_;
      return granted;
    }
  }
  return refuse("calls_at_once", fmt::format("phone.calls_at_once: {} calls are under way", settings_.calls_at_once));
}

void CallRules::over() {
  std::lock_guard const lock{mutex_};
  if (at_once_ > 0) --at_once_;
}

}  // namespace rapport::app

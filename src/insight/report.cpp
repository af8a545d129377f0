#include "insight/report.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace rapport::insight {
namespace {

struct Wording {
  std::string_view name;
  std::string_view written;
};
// In the order of the enumeration.
constexpr std::array<Wording, 5> formulas{{
    {"abandons_in_time_credited", "(answered within T + abandoned within T) / (answered + abandoned)"},
    {"answered_only", "answered within T / answered"},
    {"all_contacts", "answered within T / (answered + abandoned)"},
    {"late_abandons_only", "answered within T / (answered + abandoned beyond T)"},
    {"short_abandons_credited", "(answered within T + short abandons) / (answered + abandoned)"},
}};

/// Rounded half up. REQUIRES: part >= 0, whole > 0.
std::int64_t divide(std::int64_t part, std::int64_t whole) { return (part + whole / 2) / whole; }

std::optional<base::Millis> mean(std::int64_t sum, std::int64_t count) {
  return count > 0 ? std::optional{divide(sum, count)} : std::nullopt;
}

/// No wait was longer than the longest, whatever the bucket's bound; beyond a day only that is known.
std::optional<base::Millis> percentile(Counters const& counters, std::int32_t of) {
  if (counters.answered == 0) return std::nullopt;
  return std::min(counters.waits.percentile(of).value_or(counters.wait_max_ms), counters.wait_max_ms);
}

}  // namespace

std::string_view name(ServiceLevelFormula formula) { return formulas[static_cast<std::size_t>(formula)].name; }
std::string_view written(ServiceLevelFormula formula) { return formulas[static_cast<std::size_t>(formula)].written; }

std::optional<ServiceLevelFormula> parse_service_level_formula(std::string_view text) {
  auto const found = std::ranges::find(formulas, text, &Wording::name);
  if (found == formulas.end()) return std::nullopt;
  return static_cast<ServiceLevelFormula>(found - formulas.begin());
}

std::optional<std::int32_t> share(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return static_cast<std::int32_t>(divide(part * 1'000, whole));
}

std::optional<std::int32_t> service_level(Counters const& counters, ServiceLevelFormula formula) {
  std::int64_t const in_time = counters.answered_in_time;
  std::int64_t const all = counters.answered + counters.abandoned();
  switch (formula) {
    case ServiceLevelFormula::abandons_in_time_credited:
      return share(in_time + counters.abandoned_in_time, all);
    case ServiceLevelFormula::answered_only:
      return share(in_time, counters.answered);
    case ServiceLevelFormula::all_contacts:
      return share(in_time, all);
    case ServiceLevelFormula::late_abandons_only:
      return share(in_time, all - counters.abandoned_in_time);
    case ServiceLevelFormula::short_abandons_credited:
      return share(in_time + counters.abandoned_short, all);
  }
  RAPPORT_ASSERT(false);
}

Report report(Counters const& counters, ReportSettings const& settings) {
  Report made;
  made.settings = settings;
  made.counted = counters;
  made.service_level = service_level(counters, settings.formula);
  made.asa_ms = mean(counters.wait_ms, counters.answered);
  made.wait_p50_ms = percentile(counters, 500);
  made.wait_p90_ms = percentile(counters, 900);
  if (counters.answered > 0) made.wait_max_ms = counters.wait_max_ms;
  made.aht_ms = mean(counters.talk_ms + counters.hold_ms + counters.wrap_up_ms, counters.handled);
  std::int64_t const busy = counters.states.busy();
  made.occupancy = share(busy, busy + counters.states.of(AgentState::idle));
  made.abandonment = share(counters.abandoned_long, counters.offered);
  made.transfer_rate = share(counters.transferred, counters.handled);
  return made;
}

}  // namespace rapport::insight

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "insight/counters.hpp"

namespace rapport::insight {

/// The five ways in use to count a service level. Its name stands beside the number wherever it is
/// shown. T is the target, ans answered, aban abandoned contacts.
enum class ServiceLevelFormula : std::uint8_t {
  abandons_in_time_credited,  ///< (ans within T + aban within T) / (ans + aban)
  answered_only,              ///< ans within T / ans
  all_contacts,               ///< ans within T / (ans + aban)
  late_abandons_only,         ///< ans within T / (ans + aban beyond T)
  short_abandons_credited,    ///< (ans within T + short aban) / (ans + aban)
};

std::string_view name(ServiceLevelFormula formula);
/// The formula itself, for a person: "(answered within T + abandoned within T) / (answered + abandoned)".
std::string_view written(ServiceLevelFormula formula);
std::optional<ServiceLevelFormula> parse_service_level_formula(std::string_view text);

/// Share in thousandths, rounded half up; nothing of nothing.
std::optional<std::int32_t> share(std::int64_t part, std::int64_t whole);

std::optional<std::int32_t> service_level(Counters const& counters, ServiceLevelFormula formula);

struct ReportSettings {
  ServiceLevelFormula formula = ServiceLevelFormula::all_contacts;
  Targets targets;  ///< by which the counters were counted, printed beside the service level

  bool operator==(ReportSettings const&) const = default;
};

/// The numbers of one brand, queue or agent over some time. What has no data is nothing, never 0.
struct Report {
  ReportSettings settings;
  Counters counted;
  std::optional<std::int32_t> service_level;  ///< thousandths, by settings.formula
  std::optional<base::Millis> asa_ms;         ///< mean wait of answered contacts
  std::optional<base::Millis> wait_p50_ms;    ///< half of the answered waited at most this long
  std::optional<base::Millis> wait_p90_ms;
  std::optional<base::Millis> wait_max_ms;
  std::optional<base::Millis> aht_ms;         ///< (talk + hold + wrap-up) / handled
  std::optional<std::int32_t> occupancy;      ///< thousandths of agents' time; of brands and agents
  std::optional<std::int32_t> abandonment;    ///< beyond the short limit, of offered, thousandths
  std::optional<std::int32_t> transfer_rate;  ///< thousandths of handled contacts

  bool operator==(Report const&) const = default;
};

Report report(Counters const& counters, ReportSettings const& settings);

}  // namespace rapport::insight

#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "server/api/phone_passwords.hpp"

namespace rapport::app {

/// The country codes of time zones, as /usr/share/zoneinfo/zone.tab writes them: ISO 3166-1, place, name.
using CountryZones = std::multimap<std::string, std::string, std::less<>>;
/// Lines that are none are left out.
CountryZones read_country_zones(std::string_view table);

/// Who may be called, when, and how often: what stands between an agent and a telephone bill. Each refusal
/// has a name (server::api::CallRefused) and is counted. Any thread.
///
/// Calls of the last hour are counted in memory; those of before the start are told once (`remember`).
class CallRules {
 public:
  CallRules(Settings::Phone const& settings, CountryZones zones, base::Metrics& metrics);

  /// An agent wants to call; `region` is their brand's, or empty. What is granted counts until `over`.
  base::Result<server::api::CallGranted, server::api::CallRefused> look(server::api::CallWish const& wish, std::string const& region, base::Instant now);
  /// A customer asked to be called at this number: neither the clock nor the agent's count matters.
  base::Result<server::api::CallGranted, server::api::CallRefused> look_callback(std::string_view number, std::string const& region);
  /// A menu sends a caller there: neither the clock nor an agent's count matters; it counts among those at once
  /// until `over`.
  base::Result<server::api::CallGranted, server::api::CallRefused> look_menu(std::string_view number, std::string const& region);
  /// A call of before the start, which counts for its agent's hour.
  void remember(std::string const& agent, base::Instant at);
  /// Whether such a number may be called at all: not counted, the clock is not looked at.
  base::Result<server::api::CallGranted, server::api::CallRefused> check(std::string_view number, std::string const& region) const;
  /// Whether the clocks of this country are within the hours of calls, and within this window of the day.
  bool within(std::string_view country, base::Instant now, base::Millis from, base::Millis to) const;
  /// A call of `look`'s ended, or was not placed after all.
  void over();

 private:
  using Granted = base::Result<server::api::CallGranted, server::api::CallRefused>;

  server::api::CallRefused refuse(std::string_view code, std::string detail);
  Granted check_number(std::string_view number, std::string const& region);
  std::vector<base::Millis> clocks_of(std::string_view country, base::Instant now) const;
  bool within_hours(std::string_view country, base::Instant now) const { return within(country, now, from_, to_); }
  bool take_place(std::string const& agent, base::Instant now, std::string_view& code);

  Settings::Phone settings_;
  base::Millis from_ = 0;  ///< of the day
  base::Millis to_ = 0;
  CountryZones zones_;
  base::Metrics& metrics_;
  std::mutex mutex_;                                                      ///< of what follows
  std::map<std::string, std::deque<base::Instant>, std::less<>> placed_;  ///< of the last hour, by agent
  std::size_t at_once_ = 0;
  /// What the clocks of a country show, from midnight; looked up once a minute, for that takes long.
  struct Clocks {
    base::Instant at;
    std::vector<base::Millis> shown;
  };
  mutable std::mutex clocks_mutex_;  ///< of what follows
  mutable std::map<std::string, Clocks, std::less<>> clocks_;
};

}  // namespace rapport::app

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/settings_load.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace rapport::app {

/// How one thing is that a server needs.
enum class Health : std::uint8_t { ok,
                                   warn,    ///< it will run, but something is likely not meant
                                   fail };  ///< it will not run, or not safely
struct Finding {
  std::string check;  ///< "data folder"
  Health health = Health::ok;
  std::string said;    ///< what was found
  std::string advice;  ///< what to do; empty where nothing is
};

/// What a look at the store found.
struct StoreState {
  std::string description;  ///< "SQLite 3.40.1, 120 MB"
  int schema = 0;           ///< version of what is stored; 0: nothing yet
  int schema_expected = 0;  ///< the version that this program works with
};

/// Looks at a store without changing it.
class StoreProbe {
 public:
  virtual ~StoreProbe() = default;
  /// Error: it cannot be reached, and why; shown to people, so it holds no password.
  virtual base::Result<StoreState> look(Settings const& settings) = 0;
};

/// Examines this machine for a server with these settings. Changes nothing; may take seconds where
/// the store does not answer. `store` null: the store is not looked at, which is not told.
std::vector<Finding> examine(LoadedSettings const& loaded, base::Instant now, StoreProbe* store);

/// The single checks.
Finding check_data_folder(Settings const& settings);
Finding check_free_space(Settings const& settings);
Finding check_lock(Settings const& settings);
Finding check_store(Settings const& settings, StoreProbe& store);
Finding check_clock(Settings const& settings, base::Instant now);
Finding check_certificate(Settings const& settings, base::Instant now);
Finding check_secret_files(Settings const& settings);
Finding check_ports(Settings const& settings);
Finding check_playbook(Settings const& settings);
Finding check_time_zones();
Finding check_descriptors(Settings const& settings);

/// Text for people, or a JSON array of {check, health, said, advice}.
std::string findings_text(std::vector<Finding> const& findings);
std::string findings_json(std::vector<Finding> const& findings);

/// `rapport doctor`. Returns the exit status: 0 all is well, 1 there are warnings, 2 something fails.
int doctor(SettingsChoice const& choice, std::string const& format, StoreProbe* store);

}  // namespace rapport::app

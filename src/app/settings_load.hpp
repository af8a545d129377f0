#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/settings.hpp"
#include "base/result.hpp"
#include "playbook/source.hpp"

namespace rapport::app {

/// What the settings are made of; later ones win: defaults, file, environment, command line.
struct SettingsSources {
  std::optional<playbook::SourceFile> file;                       ///< its path as errors show it
  std::map<std::string, std::string> environment;                 ///< only RAPPORT_…, HOME and XDG_DATA_HOME are looked at
  std::vector<std::pair<std::string, std::string>> command_line;  ///< path of a key → text, in order
};

/// The settings, where each value came from, and what is wrong.
struct LoadedSettings {
  Settings settings;
  std::map<std::string, std::string, std::less<>> origins;  ///< path → "rapport.yaml:4:9", "RAPPORT_LISTEN"; without an entry, the default
  std::vector<std::string> problems;                        ///< a line each, beginning with the place
  std::vector<std::string> warnings;                        ///< what is likely not meant

  explicit operator bool() const { return problems.empty(); }
};

/// Makes the settings. Pure: every mistake of every source is told, nothing is looked up.
LoadedSettings load_settings(SettingsSources const& sources);

/// Reads the secrets from the files that the settings name, and checks that the time zone exists.
/// What fails is added to the problems.
void complete_settings(LoadedSettings& loaded);

/// What of a command line becomes settings.
struct SettingsChoice {
  std::string config;               ///< empty: RAPPORT_CONFIG, or the first readable file of default_config_files()
  std::string data;                 ///< empty: not given
  std::vector<std::string> listen;  ///< the same
  std::vector<std::string> sip;     ///< the same
  std::string store;
  std::vector<std::string> set;  ///< KEY=VALUE
};

/// Reads the configuration's file and the process's environment, and makes the settings of both and
/// the command line: load_settings and complete_settings. Error: the file cannot be read, or a --set
/// is no KEY=VALUE.
base::Result<LoadedSettings> read_settings(SettingsChoice const& choice);

/// Reads a file of configuration. Error: it cannot be read, or is over limits::settings_file_bytes_max.
base::Result<playbook::SourceFile> read_settings_file(std::string const& path);

/// All problems and then warnings to standard error. Returns whether there are no problems.
bool report_problems(LoadedSettings const& loaded);

}  // namespace rapport::app

#include <date/tz.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <system_error>

#include "app/setting.hpp"
#include "app/settings_load.hpp"
#include "base/limits.hpp"

namespace rapport::app {
namespace {

/// The bytes of a file. Error: only what the system said, since the path may be a secret put in the wrong place.
base::Result<std::string> read_bytes(std::string const& path, std::size_t bytes_max, std::string_view limit) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return base::Error{std::generic_category().message(errno)};
  std::string bytes(bytes_max + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad() || (!stream.eof() && stream.fail())) return base::Error{std::generic_category().message(errno != 0 ? errno : EISDIR)};
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  if (bytes.size() > bytes_max) return base::Error{fmt::format("it has more than {} bytes ({})", bytes_max, limit)};
  return bytes;
}

/// Reads the secret if a file was named for it. A line end after it is no part of it.
void read_secret(Setting const& setting, SecretSource& source, LoadedSettings& loaded) {
  if (source.file.empty()) return;
  auto const origin = loaded.origins.find(setting.path);
  std::string const place = origin == loaded.origins.end() ? std::string(setting.path) : origin->second;
  auto const bytes = read_bytes(source.file.native(), limits::secret_file_bytes_max, "secret_file_bytes_max");
  if (!bytes) {
    loaded.problems.push_back(fmt::format("{}: the file named by \"{}\" cannot be read: {}", place, setting.path, bytes.error().message));
    return;
  }
  std::string_view secret = *bytes;
  while (secret.ends_with('\n') || secret.ends_with('\r')) secret.remove_suffix(1);
  if (secret.empty()) loaded.problems.push_back(fmt::format("{}: the file named by \"{}\" is empty; expected a secret", place, setting.path));
  source.value = base::Secret(secret);
}

bool zone_exists(std::string const& name) {
  try {
    date::locate_zone(name);
    return true;
  } catch (std::runtime_error const&) {
    return false;
  }
}

std::map<std::string, std::string> environment() {
  std::map<std::string, std::string> variables;
  for (char const* const* entry = ::environ; entry != nullptr && *entry != nullptr; ++entry) {
    std::string_view const text = *entry;
    std::size_t const equals = text.find('=');
    if (equals != std::string_view::npos) variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

/// The configuration to read where none is named: the user's own, then the machine's.
std::string default_file(std::map<std::string, std::string> const& variables) {
  std::vector<std::string> candidates;
  if (auto const config = variables.find("XDG_CONFIG_HOME"); config != variables.end() && config->second.starts_with('/')) {
    candidates.push_back(config->second + "/rapport/rapport.yaml");
  } else if (auto const home = variables.find("HOME"); home != variables.end() && home->second.starts_with('/')) {
    candidates.push_back(home->second + "/.config/rapport/rapport.yaml");
  }
  candidates.emplace_back("/etc/rapport/rapport.yaml");
  for (std::string const& candidate : candidates) {
    if (::access(candidate.c_str(), R_OK) == 0) return candidate;
  }
  return {};
}

}  // namespace

base::Result<playbook::SourceFile> read_settings_file(std::string const& path) {
  auto bytes = read_bytes(path, limits::settings_file_bytes_max, "settings_file_bytes_max");
  if (!bytes) return base::Error{fmt::format("{}: cannot be read: {}", path, bytes.error().message)};
  return playbook::SourceFile{path, std::move(*bytes)};
}

void complete_settings(LoadedSettings& loaded) {
  for (Setting const& setting : settings_table()) {
    if (auto const* const secret = std::get_if<SecretFileKind>(&setting.kind)) read_secret(setting, secret->in(loaded.settings), loaded);
    auto const* const trunks = std::get_if<TrunksKind>(&setting.kind);
    if (trunks == nullptr) continue;
    for (Settings::Trunk& trunk : trunks->in(loaded.settings)) read_secret(setting, trunk.password, loaded);
  }
  std::string const& zone = loaded.settings.time_zone;
  if (!zone_exists(zone)) {
    auto const origin = loaded.origins.find("time_zone");
    loaded.problems.push_back(fmt::format("{}: there is no time zone \"{}\" on this machine; expected a name below /usr/share/zoneinfo such as Europe/London",
                                          origin == loaded.origins.end() ? "time_zone" : origin->second, zone));
  }
}

base::Result<LoadedSettings> read_settings(SettingsChoice const& choice) {
  SettingsSources sources;
  sources.environment = environment();
  std::string path = choice.config;
  if (auto const named = sources.environment.find("RAPPORT_CONFIG"); path.empty() && named != sources.environment.end()) path = named->second;
  if (path.empty()) path = default_file(sources.environment);
  if (!path.empty()) {
    auto file = read_settings_file(path);
    if (!file) return file.error();
    sources.file = std::move(*file);
  }
  if (!choice.data.empty()) sources.command_line.emplace_back("data", choice.data);
  auto const joined = [](std::vector<std::string> const& texts) {
    std::string all;
    for (std::string const& text : texts) all += (all.empty() ? "" : ",") + text;
    return all;
  };
  if (!choice.listen.empty()) sources.command_line.emplace_back("listen", joined(choice.listen));
  if (!choice.sip.empty()) sources.command_line.emplace_back("phone.sip", joined(choice.sip));
  if (!choice.store.empty()) sources.command_line.emplace_back("store.url", choice.store);
  for (std::string const& text : choice.set) {
    std::size_t const equals = text.find('=');
    if (equals == std::string::npos) return base::Error{fmt::format("--set: {} has no =; expected KEY=VALUE", playbook::in_quotes(text))};
    sources.command_line.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  LoadedSettings loaded = load_settings(sources);
  complete_settings(loaded);
  return loaded;
}

bool report_problems(LoadedSettings const& loaded) {
  for (std::string const& problem : loaded.problems) fmt::print(stderr, "{}\n", problem);
  for (std::string const& warning : loaded.warnings) fmt::print(stderr, "{} (warning)\n", warning);
  return loaded.problems.empty();
}

}  // namespace rapport::app

#include "app/settings_load.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/setting.hpp"
#include "app/setting_checks.hpp"
#include "base/nearest.hpp"
#include "playbook/values.hpp"
#include "playbook/yaml.hpp"

namespace rapport::app {
namespace {

using playbook::Entry;
using playbook::in_quotes;
using playbook::Node;

constexpr std::string_view config_variable = "RAPPORT_CONFIG";

bool is_section(std::string_view name) {
  auto const sections = settings_sections();
  return !name.empty() && std::any_of(sections.begin(), sections.end(), [&](SettingSection const& one) { return one.name == name; });
}

/// The keys that may stand in a section; in none, the sections too.
std::vector<std::string_view> keys_in(std::string_view section) {
  std::vector<std::string_view> keys;
  for (Setting const& setting : settings_table()) {
    if (section_of(setting.path) == section) keys.push_back(key_of(setting.path));
  }
  for (SettingSection const& one : settings_sections()) {
    if (section.empty() && !one.name.empty()) keys.push_back(one.name);
  }
  return keys;
}

/// What an unknown key most likely stands for: a key of the same section, or one of that name elsewhere.
std::string suggestion_for(std::string_view section, std::string_view key) {
  auto const siblings = keys_in(section);
  if (auto const near = base::nearest(key, siblings)) return fmt::format("did you mean \"{}\"?", *near);
  for (Setting const& setting : settings_table()) {
    if (key_of(setting.path) == key && section_of(setting.path).empty()) return fmt::format("\"{}\" stands at the left margin, in no section", key);
    if (key_of(setting.path) == key) return fmt::format("did you mean \"{}\" in the section \"{}\"?", key, section_of(setting.path));
  }
  return fmt::format("expected {}", playbook::listed(siblings, "or"));
}

/// Reads the three kinds of sources into one.
class Loader {
 public:
  LoadedSettings load(SettingsSources const& sources) {
    if (sources.file) take_file(*sources.file);
    take_environment(sources.environment);
    for (auto const& [path, text] : sources.command_line) take_option(path, text);
    if (loaded_.settings.data.empty()) take_default_folder(sources.environment);
    check_together();
    return std::move(loaded_);
  }

 private:
  void take_file(playbook::SourceFile const& file) {
    playbook::Problems problems;
    auto const root = playbook::read_yaml(file, problems);
    if (root && root->kind != Node::Kind::null) take_map(*root, "", problems);
    for (playbook::Problem const& problem : problems.take()) loaded_.problems.push_back(playbook::to_text(problem));
  }

  /// The keys of a section, or of the whole file.
  void take_map(Node const& map, std::string_view section, playbook::Problems& problems) {
    std::string const whose = section.empty() ? "the configuration" : fmt::format("\"{}\"", section);
    if (!map.is_map()) {
      playbook::tell_unexpected(map, whose, "a map of its keys", problems);
      return;
    }
    for (Entry const& entry : map.entries) {
      if (problems.full()) return;
      std::string const path = section.empty() ? entry.key.text : fmt::format("{}.{}", section, entry.key.text);
      Setting const* const setting = entry.key.text.find('.') == std::string::npos ? find_setting(path) : nullptr;
      if (setting != nullptr) {
        take_value(*setting, entry, problems);
      } else if (section.empty() && is_section(entry.key.text)) {
        if (entry.value.kind != Node::Kind::null) take_map(entry.value, entry.key.text, problems);  // all of it may be commented out
      } else {
        problems.add(entry.key.place(), fmt::format("{} is no key of {}; {}", in_quotes(entry.key.text), whose, suggestion_for(section, entry.key.text)));
      }
    }
  }

  void take_value(Setting const& setting, Entry const& entry, playbook::Problems& problems) {
    auto const folder = std::filesystem::path(entry.value.file->path).parent_path();
    if (auto wrong = assign(setting, entry.value, folder, loaded_.settings)) {
      problems.add(wrong->at->place(), std::move(wrong->message));
    } else {
      auto const place = entry.value.place();
      loaded_.origins[std::string(setting.path)] = fmt::format("{}:{}:{}", place.file, place.line, place.column);
    }
  }

  void take_environment(std::map<std::string, std::string> const& environment) {
    for (auto const& [name, text] : environment) {
      if (!name.starts_with("RAPPORT_") || name == config_variable) continue;
      auto const table = settings_table();
      auto const named = std::find_if(table.begin(), table.end(), [&](Setting const& one) { return environment_name(one.path) == name; });
      if (named != table.end()) {
        take_text(*named, text, name);
        continue;
      }
      auto const secret = std::find_if(table.begin(), table.end(), [&](Setting const& one) { return secret_variable(one) == name; });
      if (secret != table.end()) {
        take_secret(*secret, text, name, environment);
      } else {
        warn_of_variable(name);
      }
    }
  }

  void take_secret(Setting const& setting, std::string const& text, std::string const& name, std::map<std::string, std::string> const& environment) {
    std::string const other = environment_name(setting.path);
    if (environment.contains(other)) {
      loaded_.problems.push_back(fmt::format("{}: {} is given, too; expected one of them", name, other));
      return;
    }
    std::get<SecretFileKind>(setting.kind).in(loaded_.settings) = {{}, base::Secret(text)};
    loaded_.origins[std::string(setting.path)] = name;
  }

  /// No error: the environment is shared with other programs and tools.
  void warn_of_variable(std::string const& name) {
    std::vector<std::string> names;
    for (Setting const& setting : settings_table()) {
      names.push_back(environment_name(setting.path));
      if (auto secret = secret_variable(setting); !secret.empty()) names.push_back(std::move(secret));
    }
    std::vector<std::string_view> const candidates(names.begin(), names.end());
    auto const near = base::nearest(name, candidates);
    loaded_.warnings.push_back(near ? fmt::format("{}: stands for no key and is ignored; did you mean {}?", name, *near)
                                    : fmt::format("{}: stands for no key and is ignored", name));
  }

  void take_option(std::string const& path, std::string const& text) {
    std::string const origin = path == "data" || path == "listen" ? "--" + path : path == "store.url" ? "--store"
                                                                              : path == "phone.sip"   ? "--sip"
                                                                                                      : "--set " + path;
    Setting const* const setting = find_setting(path);
    if (setting == nullptr) {
      std::vector<std::string_view> paths;
      for (Setting const& one : settings_table()) paths.push_back(one.path);
      auto const near = base::nearest(path, paths);
      loaded_.problems.push_back(fmt::format("--set: {} is no key; {}", in_quotes(path),
                                             near ? fmt::format("did you mean \"{}\"?", *near) : std::string("rapport config example lists all")));
      return;
    }
    take_text(*setting, text, origin);
    bool const shows_password = std::holds_alternative<SecretUrlKind>(setting->kind) && without_password(text) != text;
    if (shows_password) {
      loaded_.warnings.push_back(fmt::format("{}: a password on the command line can be read by every user of this machine; expected it in {} or a file named by store.password_file",
                                             origin, environment_name(setting->path)));
    }
  }

  void take_text(Setting const& setting, std::string_view text, std::string const& origin) {
    if (auto const wrong = assign_text(setting, text, loaded_.settings)) {
      loaded_.problems.push_back(fmt::format("{}: {}", origin, *wrong));
    } else {
      loaded_.origins[std::string(setting.path)] = origin;
    }
  }

  void take_default_folder(std::map<std::string, std::string> const& environment) {
    auto const value = [&](std::string const& name) {
      auto const found = environment.find(name);
      return found == environment.end() ? std::string() : found->second;
    };
    std::string const base = value("XDG_DATA_HOME");
    if (base.starts_with('/')) {  // a relative one is to be ignored (XDG Base Directory Specification)
      loaded_.settings.data = std::filesystem::path(base) / "rapport";
    } else if (value("HOME").starts_with('/')) {
      loaded_.settings.data = std::filesystem::path(value("HOME")) / ".local/share/rapport";
    } else {
      loaded_.problems.emplace_back("data: there is no default without HOME or XDG_DATA_HOME; expected a folder by --data, RAPPORT_DATA or in the configuration");
    }
  }

  /// Tells what is wrong with two values together, at the place of the one named.
  void tell(std::string_view path, std::string_view message) {
    auto const origin = loaded_.origins.find(path);
    loaded_.problems.push_back(fmt::format("{}: {}", origin == loaded_.origins.end() ? path : origin->second, message));
  }

  void check_together() {
    Settings const& settings = loaded_.settings;
    if (!settings.tls.certificate.empty() && settings.tls.key.empty()) tell("tls.certificate", "a certificate without its key; expected \"tls.key\", too");
    if (settings.tls.certificate.empty() && !settings.tls.key.empty()) tell("tls.key", "a key without its certificate; expected \"tls.certificate\", too");
    if (settings.sessions.idle > settings.sessions.absolute) {
      tell("sessions.idle", fmt::format("\"sessions.idle\" is longer than \"sessions.absolute\", {}; expected at most as long", show(*find_setting("sessions.absolute"), settings)));
    }
    if (settings.webhooks.first_retry > settings.webhooks.longest_retry) {
      tell("webhooks.first_retry", "\"webhooks.first_retry\" is longer than \"webhooks.longest_retry\"; expected at most as long");
    }
    if (settings.limits.connections_per_address > settings.limits.connections) {
      tell("limits.connections_per_address", "\"limits.connections_per_address\" is over \"limits.connections\"; expected at most as many");
    }
    if (!settings.oidc.issuer.empty() && settings.oidc.client_id.empty()) tell("oidc.issuer", "an issuer without a client; expected \"oidc.client_id\", too");
    if (!settings.oidc.issuer.empty() && settings.public_url.empty()) tell("oidc.issuer", "an issuer that does not know the way back; expected \"public_url\", too");
    if (!settings.oidc.issuer.empty() && settings.oidc.roles.empty()) tell("oidc.issuer", "an issuer without roles would let nobody in; expected \"oidc.roles\", too");
    auto const& trunks = settings.phone.trunks;
    bool const secure = std::ranges::any_of(settings.phone.sip, [](std::string const& one) { return one.starts_with("tls:"); });
    bool const wants = std::ranges::find(trunks, "tls", &Settings::Trunk::transport) != trunks.end();
    if (wants && !secure) tell("phone.trunks", "a trunk by TLS without an address to speak it from; expected a \"tls:\" address in \"phone.sip\", too");
    bool const known = settings.phone.emergency == "refuse" || std::ranges::find(trunks, settings.phone.emergency, &Settings::Trunk::name) != trunks.end();
    if (!known) tell("phone.emergency", fmt::format("found \"{}\" for \"phone.emergency\"; expected refuse, or the name of one of \"phone.trunks\"", settings.phone.emergency));
    if (!settings.mail.smtp_url.empty() && settings.mail.from.empty()) tell("mail.smtp_url", "mail without a sender; expected \"mail.from\", too");
  }

  LoadedSettings loaded_;
};

}  // namespace

LoadedSettings load_settings(SettingsSources const& sources) { return Loader().load(sources); }

std::string environment_name(std::string_view path) {
  std::string name = "RAPPORT_";
  for (char const c : path) name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A')
                                                                          : c;
  return name;
}

std::string secret_variable(Setting const& setting) {
  if (!std::holds_alternative<SecretFileKind>(setting.kind)) return {};
  std::string name = environment_name(setting.path);
  constexpr std::string_view ending = "_FILE";
  return name.substr(0, name.size() - ending.size());
}

std::string without_password(std::string_view url) {
  std::string shown(url);
  std::size_t const scheme = shown.find("://");
  std::size_t const at = shown.rfind('@');
  if (scheme != std::string::npos && at != std::string::npos && at > scheme) {
    std::size_t const colon = shown.find(':', scheme + 3);
    if (colon < at) shown.replace(colon + 1, at - colon - 1, "***");
  }
  constexpr std::string_view parameter = "password=";  // sslpassword, too
  for (std::size_t found = shown.find(parameter); found != std::string::npos; found = shown.find(parameter, found + parameter.size())) {
    std::size_t const value = found + parameter.size();
    shown.replace(value, std::min(shown.find('&', value), shown.size()) - value, "***");
  }
  return shown;
}

}  // namespace rapport::app

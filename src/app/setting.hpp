#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "app/settings.hpp"
#include "playbook/yaml.hpp"

/// The table of the configuration's keys, and reading and writing one value of it. What a key is
/// called, means, allows and sets stands in setting_table.cpp and nowhere else; the reader, the
/// example, `rapport config show` and docs/configuration.md are all made from it.
namespace rapport::app {

/// A value's kind: what it allows, and where it stands in the settings.
struct CountKind {
  std::int64_t& (*in)(Settings&);
  std::int64_t low;
  std::int64_t high;
};
struct SpanKind {
  base::Millis& (*in)(Settings&);
  base::Millis low;
  base::Millis high;
  bool may_last = false;  ///< `forever` is allowed, and is 0
};
struct WordKind {
  std::span<std::string_view const> words;
  std::size_t (*get)(Settings const&);
  void (*set)(Settings&, std::size_t);
};
struct TextKind {
  std::string& (*in)(Settings&);
  bool (*good)(std::string_view);
  std::string_view expected;
};
struct ListKind {
  std::vector<std::string>& (*in)(Settings&);
  bool (*good)(std::string_view);
  std::string_view expected;
};
struct PathKind {
  std::filesystem::path& (*in)(Settings&);
};
struct EndpointsKind {
  std::vector<Endpoint>& (*in)(Settings&);
};
struct RolesKind {
  std::map<std::string, std::string>& (*in)(Settings&);
};
struct TrunksKind {
  std::vector<Settings::Trunk>& (*in)(Settings&);
};
/// The key names a file; the environment may hold the secret itself instead.
struct SecretFileKind {
  SecretSource& (*in)(Settings&);
};
/// A URL whose password is not shown.
struct SecretUrlKind {
  base::Secret& (*in)(Settings&);
};
using SettingKind = std::variant<CountKind, SpanKind, WordKind, TextKind, ListKind, PathKind, EndpointsKind, RolesKind, TrunksKind, SecretFileKind, SecretUrlKind>;

struct Setting {
  std::string_view path;     ///< "store.url"; at most one dot
  std::string_view meaning;  ///< a sentence or two, for the page and the example
  std::string_view unset;    ///< what happens by default where the default is no value; else empty
  std::string_view example;  ///< a value to show where the default is none; else empty
  SettingKind kind;
};

/// A heading of the file and what its keys are about; the name is empty for keys without a heading.
struct SettingSection {
  std::string_view name;
  std::string_view meaning;
};

/// All keys, those of a section together, in the order in which people should meet them.
std::span<Setting const> settings_table();
std::span<SettingSection const> settings_sections();
Setting const* find_setting(std::string_view path);

/// The part of a path before its dot (empty if it has none), and after it.
std::string_view section_of(std::string_view path);
std::string_view key_of(std::string_view path);

/// "RAPPORT_STORE_URL".
std::string environment_name(std::string_view path);
/// "RAPPORT_OIDC_CLIENT_SECRET", the variable that holds the secret itself; empty for other kinds.
std::string secret_variable(Setting const& setting);

/// "a whole number from 1 to 100": what a value of the key must be, in errors and on the page.
std::string expected_of(Setting const& setting);

/// What is wrong with a value, for a person, and which part of it: the value itself or one of a list.
struct WrongValue {
  playbook::Node const* at;
  std::string message;
};

/// Puts a value of the file into the settings. Relative paths stand below `folder`. Returns nothing if
/// it was taken.
std::optional<WrongValue> assign(Setting const& setting, playbook::Node const& value, std::filesystem::path const& folder, Settings& settings);
/// The same for text of the environment or the command line, in which commas part the values of a list
/// ("a,b") and roles are written "claim=role,…".
std::optional<std::string> assign_text(Setting const& setting, std::string_view text, Settings& settings);

/// The value as the file would write it; empty where there is none. Never shows a secret.
std::string show(Setting const& setting, Settings const& settings);

/// The URL with its password as "***".
std::string without_password(std::string_view url);

}  // namespace rapport::app

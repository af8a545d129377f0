// The configuration: the first line is the environment and the command line, the rest the file. A line
// "A=B;C=D|path=text" gives variables before the bar and options after it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "app/setting.hpp"
#include "app/settings_load.hpp"
#include "app/settings_page.hpp"
#include "base/assert.hpp"

namespace {

using namespace rapport::app;

/// The pairs of "A=B;C=D".
template <typename Take>
void for_each_pair(std::string_view text, Take const& take) {
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(';'), text.size());
    std::string_view const pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::size_t const equals = std::min(pair.find('='), pair.size());
    take(std::string(pair.substr(0, equals)), std::string(pair.substr(std::min(equals + 1, pair.size()))));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const blob(reinterpret_cast<char const*>(data), size);
  std::size_t const line = std::min(blob.find('\n'), blob.size());
  std::string_view const given = blob.substr(0, line);
  std::size_t const bar = std::min(given.find('|'), given.size());
  SettingsSources sources;
  sources.environment["HOME"] = "/h";
  for_each_pair(given.substr(0, bar), [&](std::string name, std::string text) { sources.environment[std::move(name)] = std::move(text); });
  for_each_pair(given.substr(std::min(bar + 1, given.size())), [&](std::string path, std::string text) { sources.command_line.emplace_back(std::move(path), std::move(text)); });
  sources.file = rapport::playbook::SourceFile{"r.yaml", std::string(blob.substr(std::min(line + 1, blob.size())))};
  LoadedSettings const loaded = load_settings(sources);
  for (std::string const& problem : loaded.problems) RAPPORT_ASSERT(!problem.empty());
  RAPPORT_ASSERT(!settings_listing(loaded, "text").empty() && !settings_listing(loaded, "json").empty());
  if (!loaded) return 0;
  // What holds, written as a file, is read back as the same.
  SettingsSources again;
  again.environment["HOME"] = "/h";
  again.file = rapport::playbook::SourceFile{"/again.yaml", settings_example(loaded)};
  LoadedSettings const reread = load_settings(again);
  for (Setting const& setting : settings_table()) {
    std::string const shown = show(setting, loaded.settings);
    bool const whole = !std::holds_alternative<SecretUrlKind>(setting.kind) && !std::holds_alternative<PathKind>(setting.kind) && !std::holds_alternative<SecretFileKind>(setting.kind);
    if (whole && loaded.origins.contains(setting.path) && !shown.empty()) RAPPORT_ASSERT(show(setting, reread.settings) == shown);
  }
  return 0;
}

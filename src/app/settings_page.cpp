#include "app/settings_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "app/setting.hpp"

namespace rapport::app {
namespace {

constexpr std::size_t comment_columns = 100;

/// The text as comment lines of at most comment_columns, broken at blanks.
std::string comment(std::string_view text, std::string_view indent) {
  std::string out;
  std::string line = fmt::format("{}#", indent);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    std::string_view const word = text.substr(at, end - at);
    if (line.size() + 1 + word.size() > comment_columns) {
      out += line + '\n';
      line = fmt::format("{}#", indent);
    }
    line += fmt::format(" {}", word);
    at = end + 1;
  }
  return out + line + '\n';
}

/// The text without the page's marks for code, which a file of YAML does not need.
std::string plain(std::string_view text) {
  std::string out(text);
  std::erase(out, '`');
  return out;
}

std::string escaped_for_table(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

std::string default_of(Setting const& setting) {
  std::string const value = show(setting, Settings{});
  return value.empty() ? std::string(setting.unset) : fmt::format("`{}`", value);
}

std::string section_rows(std::string_view section) {
  std::string rows = "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (Setting const& setting : settings_table()) {
    if (section_of(setting.path) != section) continue;
    rows += fmt::format("| `{}` | {} | {} | {} |\n", setting.path, escaped_for_table(expected_of(setting)), default_of(setting), escaped_for_table(std::string(setting.meaning)));
  }
  return rows;
}

std::string example_entry(Setting const& setting, LoadedSettings const& loaded, std::string_view indent) {
  std::string const standard = show(setting, Settings{});
  std::string const value = loaded.origins.contains(setting.path) ? show(setting, loaded.settings) : standard;
  std::string entry = comment(plain(setting.meaning), indent);
  entry += comment(fmt::format("Value: {}. Default: {}", expected_of(setting), standard.empty() ? plain(setting.unset) : standard), indent);
  bool const changed = value != standard && !value.empty();
  entry += fmt::format("{}{}{}: {}\n", indent, changed ? "" : "#", key_of(setting.path), changed ? value : standard.empty() ? std::string(setting.example)
                                                                                                                            : standard);
  return entry;
}

}  // namespace

std::string settings_page() {
  std::string page =
      "# Configuration\n\n"
      "One YAML file, named by `--config FILE` or `RAPPORT_CONFIG`; else `$XDG_CONFIG_HOME/rapport/rapport.yaml` or\n"
      "`/etc/rapport/rapport.yaml` where there is one. Every key may be left out. `rapport config example` prints a\n"
      "commented file, `rapport config check FILE` finds mistakes, `rapport config show` says what holds and where each\n"
      "value came from.\n\n"
      "Later wins: default, file, environment, command line. A key's variable is its path in capitals after `RAPPORT_`,\n"
      "with `_` for the dot: `RAPPORT_STORE_URL`, `RAPPORT_LISTEN=127.0.0.1:8080,[::1]:8080`. On the command line,\n"
      "`--data`, `--listen`, `--sip` (`phone.sip`) and `--store` (`store.url`) have options of their own, and\n"
      "`--set KEY=VALUE` takes any key.\n"
      "Commas part the values of a list, and roles are written `value=role,…`. Relative paths in the file stand below\n"
      "the file's folder, others below the working folder.\n\n"
      "Secrets come from files or the environment: for `oidc.client_secret_file` either `RAPPORT_OIDC_CLIENT_SECRET_FILE`\n"
      "names the file or `RAPPORT_OIDC_CLIENT_SECRET` holds the secret itself. They are never shown or logged.\n\n"
      "A key that does not exist is an error. What a brand decides (greeting, hours, playbook, retention) is no\n"
      "configuration: it is data, changed through the API while the server runs.\n\n"
      "This page is held equal to the table of keys by a test.\n";
  for (SettingSection const& section : settings_sections()) {
    page += section.name.empty() ? fmt::format("\n## {}\n\n", "Without a section") : fmt::format("\n## `{}`\n\n{}\n\n", section.name, section.meaning);
    page += section_rows(section.name);
  }
  return page;
}

std::string settings_example(LoadedSettings const& loaded) {
  std::string file =
      "# Rapport's configuration. Every key may be left out. What stands here commented out is the default,\n"
      "# or an example where there is none. Check it with: rapport config check FILE\n";
  for (SettingSection const& section : settings_sections()) {
    std::string_view const indent = section.name.empty() ? "" : "  ";
    if (!section.name.empty()) file += fmt::format("\n{}{}:\n", comment(section.meaning, ""), section.name);
    bool first = !section.name.empty();
    for (Setting const& setting : settings_table()) {
      if (section_of(setting.path) != section.name) continue;
      if (!first) file += '\n';
      first = false;
      file += example_entry(setting, loaded, indent);
    }
  }
  return file;
}

std::string settings_listing(LoadedSettings const& loaded, std::string const& format) {
  boost::json::array rows;
  std::string text;
  for (Setting const& setting : settings_table()) {
    auto const origin = loaded.origins.find(setting.path);
    std::string const from = origin == loaded.origins.end() ? "default" : origin->second;
    std::string const value = show(setting, loaded.settings);
    rows.push_back(boost::json::object{{"key", setting.path}, {"value", value}, {"from", from}});
    text += fmt::format("{:<40} {:<34} {}\n", setting.path, value.empty() ? "-" : value, from);
  }
  return format == "json" ? boost::json::serialize(rows) + '\n' : text;
}

}  // namespace rapport::app

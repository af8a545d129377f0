#include "app/config_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/exit_status.hpp"
#include "app/settings_page.hpp"
#include "app/standard_output.hpp"

namespace rapport::app {

int show_config(SettingsChoice const& choice, std::string const& format) {
  auto const loaded = read_settings(choice);
  if (!loaded) {
    fmt::print(stderr, "{}\n", loaded.error().message);
    return exit_usage;
  }
  print_out(settings_listing(*loaded, format));
  return report_problems(*loaded) ? exit_ok : exit_some_failed;
}

int check_config(std::string const& file) {
  auto source = read_settings_file(file);
  if (!source) {
    fmt::print(stderr, "{}\n", source.error().message);
    return exit_usage;
  }
  SettingsSources sources;
  sources.file = std::move(*source);
  sources.environment["HOME"] = "/";  // a file without `data` is no mistake
  LoadedSettings loaded = load_settings(sources);
  complete_settings(loaded);
  for (std::string const& problem : loaded.problems) print_out(fmt::format("{}\n", problem));
  std::size_t const count = loaded.problems.size();
  if (count == 0) print_out(fmt::format("{}: no mistakes. {} of its keys stand in the file.\n", file, loaded.origins.size()));
  if (count > 0) print_out(fmt::format("{} mistake{}\n", count, count == 1 ? "" : "s"));
  return count == 0 ? exit_ok : exit_some_failed;
}

int print_config_example(SettingsChoice const& choice) {
  SettingsSources sources;
  sources.environment["HOME"] = "/";
  for (std::string const& text : choice.set) {
    std::size_t const equals = std::min(text.find('='), text.size());
    sources.command_line.emplace_back(text.substr(0, equals), text.substr(std::min(equals + 1, text.size())));
  }
  LoadedSettings const loaded = load_settings(sources);
  if (!report_problems(loaded)) return exit_usage;
  print_out(settings_example(loaded));
  return exit_ok;
}

}  // namespace rapport::app

#include "app/settings_page.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "app/setting.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

LoadedSettings load_with(std::vector<std::pair<std::string, std::string>> options, std::string file = "") {
  SettingsSources sources;
  sources.file = playbook::SourceFile{"/r.yaml", std::move(file)};
  sources.environment = {{"HOME", "/h"}};
  sources.command_line = std::move(options);
  return load_settings(sources);
}

/// The example with every key that is commented out made one that stands.
std::string uncommented(std::string const& example) {
  std::istringstream lines{example};
  std::string out;
  for (std::string line; std::getline(lines, line);) {
    std::size_t const mark = line.find('#');
    bool const key = mark != std::string::npos && mark + 1 < line.size() && line[mark + 1] != ' ';
    out += (key ? line.erase(mark, 1) : line) + '\n';
  }
  return out;
}

TEST(SettingsPage, IsWhatTheTableSays) {
  std::string const path = std::string{RAPPORT_SOURCE_DIR} + "/docs/configuration.md";
  if (std::getenv("RAPPORT_WRITE_PAGES") != nullptr) std::ofstream{path} << settings_page();
  EXPECT_EQ(testing::bytes_of(path), settings_page()) << "run this test with RAPPORT_WRITE_PAGES=1 to write the page anew";
}

TEST(SettingsExample, ChangesNothingAsItIs) {
  LoadedSettings const loaded = load_with({}, settings_example(load_with({})));
  EXPECT_TRUE(loaded) << loaded.problems.front();
  EXPECT_TRUE(loaded.origins.empty());
}

TEST(SettingsExample, IsRightWithEveryKeyUncommented) {
  LoadedSettings const loaded = load_with({}, uncommented(settings_example(load_with({}))));
  EXPECT_TRUE(loaded) << loaded.problems.front();
  EXPECT_EQ(loaded.origins.size(), settings_table().size());
  for (Setting const& setting : settings_table()) {
    std::string const standard = show(setting, Settings{});
    EXPECT_EQ(show(setting, loaded.settings), standard.empty() ? std::string(setting.example) : standard) << setting.path;
  }
}

TEST(SettingsExample, KeepsWhatIsSet) {
  LoadedSettings const loaded = load_with({}, settings_example(load_with({{"data", "/var/lib/rapport"}, {"log.format", "json"}, {"listen", "0.0.0.0:443"}})));
  EXPECT_TRUE(loaded) << loaded.problems.front();
  EXPECT_EQ(loaded.origins.size(), 3U);
  EXPECT_EQ(loaded.settings.data, "/var/lib/rapport");
  EXPECT_EQ(loaded.settings.log.format, LogFormat::json);
  EXPECT_EQ(loaded.settings.listen, (std::vector<Endpoint>{{"0.0.0.0", 443}}));
}

TEST(SettingsListing, SaysValuesAndOriginsAndHidesSecrets) {
  SettingsSources sources;
  sources.environment = {{"HOME", "/h"}, {"RAPPORT_MAIL_PASSWORD", "sekret-1"}, {"RAPPORT_STORE_URL", "postgresql://a:sekret-2@h/x"}};
  LoadedSettings const loaded = load_settings(sources);
  for (char const* format : {"text", "json"}) {
    std::string const listing = settings_listing(loaded, format);
    EXPECT_EQ(listing.find("sekret"), std::string::npos) << listing;
    EXPECT_NE(listing.find("a:***@h"), std::string::npos) << listing;
    EXPECT_NE(listing.find("RAPPORT_STORE_URL"), std::string::npos) << listing;
    EXPECT_NE(listing.find("(hidden)"), std::string::npos) << listing;
    for (Setting const& setting : settings_table()) EXPECT_NE(listing.find(std::string(setting.path)), std::string::npos) << setting.path;
  }
}

}  // namespace
}  // namespace rapport::app

#include "playbook/embedded.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

namespace fs = std::filesystem;

TEST(Embedded, AreThePlaybooksOfTheSourceByteForByte) {
  std::string const root = std::string(RAPPORT_SOURCE_DIR) + "/playbooks";
  auto const names = embedded_playbooks();
  ASSERT_NE(std::find(names.begin(), names.end(), "standard"), names.end());
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  std::size_t files = 0;
  for (std::string_view const name : names) {
    for (SourceFile const& file : embedded_playbook(name)) {
      EXPECT_EQ(file.text, testing::read_source("playbooks/" + std::string(name) + "/" + file.path));
      ++files;
    }
  }
  auto const in_source = std::count_if(fs::recursive_directory_iterator(root), {}, [](fs::directory_entry const& entry) { return entry.is_regular_file(); });
  EXPECT_EQ(files, static_cast<std::size_t>(in_source));
}

TEST(Embedded, NoneOfAnotherName) {
  EXPECT_TRUE(embedded_playbook("").empty());
  EXPECT_TRUE(embedded_playbook("stand").empty());
  EXPECT_TRUE(embedded_playbook("standard/").empty());
}

TEST(Embedded, LoadWithEveryPreset) {
  for (std::string_view const name : embedded_playbooks()) {
    auto const files = embedded_playbook(name);
    Loaded const loaded = load(files);
    ASSERT_EQ(testing::problems_of(loaded), "") << name;
    for (Preset const& preset : loaded.playbook->presets) EXPECT_EQ(testing::problems_of(load(files, preset.name)), "") << name << " " << preset.name;
  }
}

TEST(Embedded, FrameworksHaveTheirSteps) {
  Loaded const loaded = load(embedded_playbook("standard"));
  ASSERT_TRUE(loaded) << testing::problems_of(loaded);
  auto const steps = [&](std::string_view name) {
    std::string text;
    for (Framework const& framework : loaded.playbook->frameworks) {
      if (framework.name != name) continue;
      for (FrameworkStep const& step : framework.steps) text += step.id + " ";
    }
    return text;
  };
  EXPECT_EQ(steps("LEAP"), "listen empathise ask produce ");
  EXPECT_EQ(steps("CARES"), "concern assistance respect explanation solutions ");
  EXPECT_FALSE(steps("Own example").empty());
}

}  // namespace
}  // namespace rapport::playbook

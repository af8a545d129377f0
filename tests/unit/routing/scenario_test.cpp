// Every file of tests/scenario/routing is played line by line; each says in its own words what a
// contact-centre manager may rely on.
#include "unit/routing/scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace rapport::routing {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> scenario_files() {
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(fs::path{RAPPORT_SOURCE_DIR} / "tests/scenario/routing")) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

class ScenarioFile : public testing::TestWithParam<fs::path> {};

TEST_P(ScenarioFile, Holds) {
  std::ifstream file{GetParam()};
  Scenario scenario;
  int number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    std::string const wrong = scenario.play(line);
    ASSERT_EQ(wrong, "") << GetParam().filename() << ":" << number << ": " << line;
  }
  EXPECT_EQ(scenario.finish(), "");
  EXPECT_TRUE(scenario.checked()) << "a scenario that expects nothing shows nothing";
}

INSTANTIATE_TEST_SUITE_P(Routing, ScenarioFile, testing::ValuesIn(scenario_files()), [](auto const& file) {
  std::string name = file.param.stem().string();
  std::ranges::replace(name, '-', '_');
  return name;
});

/// Every refusal has a scenario, but those that no line of the language can bring about.
TEST(Scenarios, NameEveryRefusal) {
  std::string all;
  for (fs::path const& path : scenario_files()) {
    std::ifstream file{path};
    all.append(std::istreambuf_iterator<char>{file}, {});
  }
  std::vector<std::string> const elsewhere{"time_before_present", "deadlines_due", "too_many_queues",
                                           "too_many_agents", "too_many_contacts", "agent_overbooked"};
  for (std::size_t i = 0; i < refusal_count; ++i) {
    std::string const reason{name(static_cast<Refusal>(i))};
    if (std::ranges::find(elsewhere, reason) != elsewhere.end()) continue;
    EXPECT_NE(all.find("expect refused " + reason), std::string::npos) << reason;
  }
}

}  // namespace
}  // namespace rapport::routing

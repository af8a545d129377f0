#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "unit/playbook/cases.hpp"

namespace rapport::playbook::testing {
namespace {

/// One case of tests/unit/playbook/mistakes/: "# NAME", the files, "--- problems", the exact text.
struct Mistake {
  std::string topic;
  std::string name;
  std::vector<SourceFile> files;
  std::string problems;
};

std::ostream& operator<<(std::ostream& out, Mistake const& mistake) { return out << mistake.topic << ": " << mistake.name; }

std::vector<Mistake> read_topic(std::string const& topic) {
  std::string const text = "\n" + read_source("tests/unit/playbook/mistakes/" + topic + ".txt");
  std::vector<Mistake> cases;
  for (std::size_t start = text.find("\n# "); start != std::string::npos;) {
    std::size_t const next = text.find("\n# ", start + 1);
    std::string const one = text.substr(start + 1, next == std::string::npos ? next : next - start);
    std::size_t const expected = one.find("--- problems\n");
    EXPECT_NE(expected, std::string::npos) << one;
    if (expected == std::string::npos) break;
    std::string problems = one.substr(one.find('\n', expected) + 1);
    problems.erase(problems.find_last_not_of('\n') + 1);  // blank lines between cases
    cases.push_back({topic, one.substr(2, one.find('\n') - 2), files_of(one.substr(0, expected)), problems + '\n'});
    start = next;
  }
  return cases;
}

std::vector<Mistake> read_all() {
  std::vector<Mistake> cases;
  for (char const* topic : {"folders", "yaml", "signals", "practices", "words", "manifest"}) {
    for (Mistake& one : read_topic(topic)) cases.push_back(std::move(one));
  }
  return cases;
}

class Mistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(Mistakes, AreToldExactly) {
  Loaded const loaded = load(with_ground(GetParam().files));
  EXPECT_FALSE(loaded);
  EXPECT_EQ(problems_of(loaded), GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(Of, Mistakes, ::testing::ValuesIn(read_all()), [](auto const& test) {
  return test.param.topic + "_" + std::to_string(test.index);
});

TEST(Ground, IsSound) {
  Loaded const loaded = load(with_ground({}));
  EXPECT_EQ(problems_of(loaded), "");
  EXPECT_TRUE(loaded);
}

}  // namespace
}  // namespace rapport::playbook::testing

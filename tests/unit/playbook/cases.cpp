#include "unit/playbook/cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace rapport::playbook::testing {
namespace {

constexpr std::string_view ground = R"(
=== playbook.yaml
name: Ground
version: 1
=== practices/hold.yaml
hold.ask-first:
  say: Ask before putting the customer on hold
  each: hold.start
  first: agent.asks_to_hold within 20 s
=== signals/hold.yaml
hold.start:
  meaning: a hold begins
  events: hold
agent.asks_to_hold:
  meaning: the agent asks leave to put the customer on hold
  phrases:
    - (may|can|could) i (put|place) you on [a] (brief|short)? hold
hold.total:
  meaning: the time on hold in sum
  detector: hold_total
)";

}  // namespace

std::vector<SourceFile> files_of(std::string_view text) {
  constexpr std::string_view mark = "=== ";
  std::vector<SourceFile> files;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size() - 1) + 1;
    std::string_view const line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with(mark)) {
      std::string_view const path = line.substr(mark.size());
      files.push_back({std::string(path.substr(0, path.find_last_not_of('\n') + 1)), {}});
    } else if (!files.empty()) {
      files.back().text += line;
    }
  }
  return files;
}

std::vector<SourceFile> with_ground(std::vector<SourceFile> files) {
  for (SourceFile& one : files_of(ground)) {
    bool const given = std::any_of(files.begin(), files.end(), [&](SourceFile const& file) { return file.path == one.path; });
    if (!given) files.push_back(std::move(one));
  }
  return files;
}

std::string problems_of(Loaded const& loaded) {
  std::string text;
  for (Problem const& problem : loaded.problems) text += to_text(problem) + '\n';
  return text;
}

std::string read_source(std::string const& path) {
  std::ifstream file(std::string(RAPPORT_SOURCE_DIR) + "/" + path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << " cannot be read";
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace rapport::playbook::testing

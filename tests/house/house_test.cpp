// The rules of the house that a machine can hold: who may include whom, how long a file may be,
// which words do not belong in the tree. ARCHITECTURE.md says why.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

fs::path const source_root = fs::path{RAPPORT_SOURCE_DIR} / "src";

/// What each room may look into, beside itself.
std::map<std::string, std::set<std::string>> const arrows{
    {"base", {}},
    {"domain", {"base"}},
    {"timeline", {"base", "domain"}},
    {"signals", {"base", "domain", "timeline"}},
    {"routing", {"base", "domain"}},
    {"training", {"base", "domain", "timeline", "signals"}},
    {"playbook", {"base", "domain", "timeline", "signals"}},
    {"evaluation", {"base", "domain", "timeline", "signals", "playbook"}},
    {"report", {"base", "domain", "timeline", "signals", "playbook", "evaluation"}},
    {"records", {"base", "domain"}},
    {"store", {"base", "domain", "records"}},
    {"people", {"base", "domain", "records"}},
    {"customers", {"base", "domain", "timeline", "records"}},
    {"insight", {"base", "domain"}},
    {"calling", {"base", "domain"}},
    {"media", {"base"}},
    {"recordings", {"base", "domain", "records", "media"}},
    {"phone", {"base", "domain", "records", "media", "recordings"}},
    {"centre", {"base", "domain", "timeline", "signals", "playbook", "evaluation", "routing", "records", "customers", "insight"}},
    {"server", {"base", "media", "recordings", "domain", "timeline", "signals", "playbook", "evaluation", "routing", "records", "people", "customers", "calling", "insight", "centre"}},
    {"simulation", {"base", "media", "domain", "timeline", "signals", "playbook"}},
    {"app", {"simulation", "phone", "recordings", "media", "base", "domain", "timeline", "signals", "playbook", "evaluation", "report", "routing", "records", "store", "people", "customers", "calling", "insight", "centre", "server"}},
};

std::vector<fs::path> sources_below(fs::path const& root) {
  std::vector<fs::path> files;
  for (auto const& entry : fs::recursive_directory_iterator(root)) {
    auto const extension = entry.path().extension();
    if (entry.is_regular_file() && (extension == ".cpp" || extension == ".hpp")) files.push_back(entry.path());
  }
  return files;
}

std::vector<std::string> lines_of(fs::path const& file) {
  std::ifstream stream{file};
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string text_of(fs::path const& file) {
  std::ifstream stream{file};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::string room_of(fs::path const& file) { return fs::relative(file, source_root).begin()->string(); }

/// The room that an include line names, or nothing for a system or library header.
std::string included_room(std::string const& line) {
  std::string const opening = "#include \"";
  if (line.rfind(opening, 0) != 0) return {};
  auto const slash = line.find('/', opening.size());
  return slash == std::string::npos ? std::string{} : line.substr(opening.size(), slash - opening.size());
}

TEST(House, RoomsIncludeOnlyWhatTheirArrowsAllow) {
  for (fs::path const& file : sources_below(source_root)) {
    std::string const room = room_of(file);
    if (room == "main.cpp") continue;
    ASSERT_TRUE(arrows.contains(room)) << file << ": \"" << room << "\" is no room; add it to the arrows";
    for (std::string const& line : lines_of(file)) {
      std::string const target = included_room(line);
      if (target.empty() || target == room || target == "embedded") continue;  // made by cmake/embed.cmake
      EXPECT_TRUE(arrows.at(room).contains(target)) << file << " may not include " << line;
    }
  }
}

TEST(House, PureRoomsReadNoClockFileOrLock) {
  std::set<std::string> const pure{"base", "domain", "timeline", "signals", "playbook", "evaluation", "routing",
                                   "customers", "calling", "insight", "media"};
  std::vector<std::string> const banned{"system_clock", "steady_clock", "std::mutex", "std::thread", "std::rand",
                                        "random_device", "std::cout", "std::cerr"};
  std::vector<std::string> const files_banned{"<fstream>", "<iostream>"};
  for (fs::path const& file : sources_below(source_root)) {
    std::string const room = room_of(file);
    if (!pure.contains(room)) continue;
    bool const may_read_files = file.parent_path().filename() == "formats" || room == "playbook";
    for (std::string const& line : lines_of(file)) {
      for (std::string const& word : banned) EXPECT_EQ(line.find(word), std::string::npos) << file << ": " << line;
      if (may_read_files) continue;
      for (std::string const& word : files_banned) EXPECT_EQ(line.find(word), std::string::npos) << file << ": " << line;
    }
  }
}

TEST(House, FilesStayShort) {
  constexpr std::size_t lines_max = 400;
  for (fs::path const& file : sources_below(source_root)) {
    EXPECT_LE(lines_of(file).size(), lines_max) << file << " is too long: two files would be clearer";
  }
}

TEST(House, HeadersAreGuardedAndNothingIsLeftForLater) {
  std::vector<std::string> const later{
      "TO"
      "DO",
      "FIX"
      "ME",
      "XX"
      "X:"};
  for (fs::path const& file : sources_below(source_root)) {
    auto const lines = lines_of(file);
    if (file.extension() == ".hpp") {
      ASSERT_FALSE(lines.empty());
      EXPECT_EQ(lines.front(), "#pragma once") << file;
    }
    for (std::string const& line : lines) {
      for (std::string const& word : later) EXPECT_EQ(line.find(word), std::string::npos) << file << ": " << line;
    }
  }
}

/// Each promise of docs/promises.md is held by tests that are there: files that it links to, and in them what it quotes.
TEST(House, PromisesAreHeldByTestsThatExist) {
  fs::path const page = fs::path{RAPPORT_SOURCE_DIR} / "docs/promises.md";
  std::regex const part{R"(\]\(([^)]+)\)|`([^`]+)`)"};
  std::size_t held = 0;
  for (std::string const& line : lines_of(page)) {
    if (!line.starts_with("| ") || line.starts_with("| elsewhere")) continue;
    std::string file;
    for (std::sregex_iterator found{line.begin(), line.end(), part}; found != std::sregex_iterator{}; ++found) {
      if ((*found)[1].matched) {
        file = text_of(page.parent_path() / (*found)[1].str());
        EXPECT_FALSE(file.empty()) << line << "\nnames a file that is not there: " << (*found)[1];
        ++held;
      } else {
        EXPECT_NE(file.find((*found)[2]), std::string::npos) << line << "\nquotes what is not in the file: " << (*found)[2];
      }
    }
    EXPECT_FALSE(file.empty()) << "held by nothing: " << line;
  }
  EXPECT_GT(held, 20U);
}

}  // namespace

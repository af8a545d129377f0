#include "playbook/difference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "base/limits.hpp"

namespace rapport::playbook {
namespace {

using Kind = LineDifference::Kind;

std::string shown(std::vector<FileDifference> const& files) {
  std::string text;
  for (FileDifference const& file : files) {
    using Change = FileDifference::Change;
    text += (file.change == Change::added ? "+ " : file.change == Change::removed ? "- "
                                                                                  : "~ ") +
            file.path + "\n";
    for (LineDifference const& line : file.lines) text += (line.kind == Kind::same ? "  " : line.kind == Kind::added ? " +"
                                                                                                                     : " -") +
                                                          line.text + "\n";
  }
  return text;
}

TEST(Difference, NamesFilesThatCameWentAndChanged) {
  std::vector<SourceFile> const before{{"b", "1\n2\n"}, {"a", "x\n"}, {"same", "s"}};
  std::vector<SourceFile> const after{{"same", "s"}, {"b", "1\n3\n"}, {"c", "y"}};
  EXPECT_EQ(shown(difference(before, after)), "- a\n -x\n~ b\n  1\n -2\n +3\n+ c\n +y\n");
  EXPECT_TRUE(difference(before, before).empty());
}

TEST(Difference, ShowsThreeLinesAround) {
  std::vector<SourceFile> const before{{"f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"}};
  std::vector<SourceFile> const after{{"f", "1\n2\n3\n4\nnew\n5\n6\n7\n8\n9\n"}};
  auto const files = difference(before, after);
  EXPECT_EQ(shown(files), "~ f\n  2\n  3\n  4\n +new\n  5\n  6\n  7\n");
  EXPECT_EQ(files[0].lines[0].before, 2);
  EXPECT_EQ(files[0].lines[3].after, 5);
  EXPECT_EQ(files[0].lines[3].before, 0);
  EXPECT_EQ(files[0].lines[4].after, 6);
}

/// What a longest common subsequence leaves over.
std::size_t least_edits(std::string const& before, std::string const& after) {
  std::vector<std::vector<std::size_t>> common(before.size() + 1, std::vector<std::size_t>(after.size() + 1, 0));
  for (std::size_t x = 1; x <= before.size(); ++x) {
    for (std::size_t y = 1; y <= after.size(); ++y) {
      common[x][y] = before[x - 1] == after[y - 1] ? common[x - 1][y - 1] + 1 : std::max(common[x - 1][y], common[x][y - 1]);
    }
  }
  return before.size() + after.size() - 2 * common.back().back();
}

std::string as_lines(std::string const& letters) {
  std::string text;
  for (char const letter : letters) (text += letter) += '\n';
  return text;
}

/// The text after, from the one before and the differences alone.
std::string applied(std::string const& before, FileDifference const& file) {
  std::string made;
  std::size_t at = 0;
  for (LineDifference const& line : file.lines) {
    std::size_t const reach = line.kind == Kind::added ? 0 : static_cast<std::size_t>(line.before) - 1;
    while (line.kind != Kind::added && at < reach) made += before[at++];
    while (line.kind == Kind::added && made.size() + 1 < static_cast<std::size_t>(line.after)) made += before[at++];
    if (line.kind != Kind::added) {
      EXPECT_EQ(line.text, std::string(1, before[at]));
    }
    if (line.kind == Kind::removed)
      ++at;
    else if (line.kind == Kind::same)
      made += before[at++];
    else
      made += line.text;
  }
  return made + before.substr(at);
}

TEST(Difference, IsTheShortestScriptThatLeadsFromOneToTheOther) {
  std::mt19937 random{7};
  auto const letters = [&] {
    std::string made(random() % 14, 'a');
    for (char& letter : made) letter = static_cast<char>('a' + random() % 4);
    return made;
  };
  for (int round = 0; round < 5'000; ++round) {
    std::string const before = letters();
    std::string const after = letters();
    if (before == after) continue;
    auto const files = difference(std::vector<SourceFile>{{"f", as_lines(before)}}, std::vector<SourceFile>{{"f", as_lines(after)}});
    ASSERT_EQ(files.size(), 1U);
    auto const edits = std::ranges::count_if(files[0].lines, [](LineDifference const& line) { return line.kind != Kind::same; });
    ASSERT_EQ(static_cast<std::size_t>(edits), least_edits(before, after)) << before << " to " << after;
    ASSERT_EQ(applied(before, files[0]), after) << before;
  }
}

TEST(Difference, OfVeryDifferentFilesReplacesWhatLiesBetween) {
  std::string before = "first\n";
  std::string after = "first\n";
  for (int line = 0; line < 3'000; ++line) {
    before += "b" + std::to_string(line) + "\n";
    after += "a" + std::to_string(line) + "\n";
  }
  auto const files = difference(std::vector<SourceFile>{{"f", before}}, std::vector<SourceFile>{{"f", after}});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].lines.size(), 6'001U);
  EXPECT_EQ(files[0].lines[1].kind, Kind::removed);
  EXPECT_EQ(files[0].lines[3'001].kind, Kind::added);
}

}  // namespace
}  // namespace rapport::playbook

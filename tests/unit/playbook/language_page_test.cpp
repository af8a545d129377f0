// docs/playbook-language.md: its examples are one playbook, its mistakes give the messages it shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "playbook/explain.hpp"
#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

/// A fenced block of the page: what stands behind the fence, and the lines between.
struct Block {
  std::string info;
  std::string text;
};

std::vector<Block> blocks_of(std::string const& page) {
  constexpr std::string_view fence = "\n```";
  std::vector<Block> blocks;
  for (std::size_t start = page.find(fence); start != std::string::npos;) {
    std::size_t const info = start + fence.size();
    std::size_t const text = page.find('\n', info) + 1;
    std::size_t const end = page.find(fence, text - 1);
    if (end == std::string::npos) break;
    blocks.push_back({page.substr(info, text - 1 - info), page.substr(text, end + 1 - text)});
    start = page.find(fence, end + fence.size());
  }
  return blocks;
}

std::string path_of(Block const& block) {
  std::size_t const first = std::string("yaml ").size();
  return block.info.substr(first, block.info.find(' ', first) - first);
}

bool is_mistake(Block const& block) { return block.info.ends_with(" mistake"); }

std::vector<Block> const& blocks() {
  static std::vector<Block> const all = blocks_of(testing::read_source("docs/playbook-language.md"));
  return all;
}

/// The page's sound examples; blocks of one path are one file.
std::vector<SourceFile> page_files() {
  std::vector<SourceFile> files;
  for (Block const& block : blocks()) {
    if (!block.info.starts_with("yaml ") || is_mistake(block)) continue;
    auto const known = std::find_if(files.begin(), files.end(), [&](SourceFile const& file) { return file.path == path_of(block); });
    if (known == files.end()) {
      files.push_back({path_of(block), block.text});
    } else {
      known->text += block.text;
    }
  }
  return files;
}

TEST(LanguagePage, ExamplesAreOnePlaybook) {
  ASSERT_GE(page_files().size(), 12U);
  Loaded const loaded = load(page_files(), "sales");
  ASSERT_EQ(testing::problems_of(loaded), "");
  EXPECT_EQ(loaded.playbook->name, "Page");
  EXPECT_EQ(loaded.playbook->practices.front().id, "courtesy.greet");
}

TEST(LanguagePage, ShowsWhatIsUnsureAndWhatWasMeasured) {
  Loaded const loaded = load(page_files());
  ASSERT_TRUE(loaded);
  auto const apologises = loaded.playbook->lexicon->find("agent.apologises");
  ASSERT_TRUE(apologises);
  EXPECT_EQ(loaded.playbook->lexicon->spec(*apologises).detectors.at(0).parameters.at("doubt"), "60");
  auto const of = [&](std::string_view id) { return *std::ranges::find(loaded.playbook->practices, id, &Practice::id); };
  EXPECT_EQ(of("empathy.apologise").sure, 600);
  EXPECT_NE(explain(*loaded.playbook, "hold.ask-first")->find("How sure\n  " + of("hold.ask-first").accuracy), std::string::npos);
}

TEST(LanguagePage, EveryExampleCanBeExplained) {
  Loaded const loaded = load(page_files());
  ASSERT_TRUE(loaded);
  for (Practice const& practice : loaded.playbook->practices) EXPECT_TRUE(explain(*loaded.playbook, practice.id)) << practice.id;
}

TEST(LanguagePage, MistakesGiveTheMessagesShown) {
  std::size_t mistakes = 0;
  for (std::size_t index = 0; index + 1 < blocks().size(); ++index) {
    Block const& block = blocks()[index];
    if (!is_mistake(block)) continue;
    ++mistakes;
    std::vector<SourceFile> files = page_files();
    files.push_back({path_of(block), block.text});
    ASSERT_EQ(blocks()[index + 1].info, "text") << block.text;
    EXPECT_EQ(testing::problems_of(load(files)), blocks()[index + 1].text);
  }
  EXPECT_EQ(mistakes, 4U);
}

TEST(LanguagePage, NamesEveryKeyThatTheMessagesName) {
  std::string const page = testing::read_source("docs/playbook-language.md");
  for (char const* file : {"practices/more.yaml", "signals/more.yaml"}) {
    std::string const unknown = "x.x: {zzzzzzzzzz: 1}\n";
    std::string const message = testing::problems_of(load(testing::with_ground({{file, unknown}})));
    std::size_t at = message.find("expected ") + std::string("expected ").size();
    while (at < message.size()) {
      std::size_t const end = std::min({message.find(", ", at), message.find(" or ", at), message.find('\n', at)});
      std::string const key = message.substr(at, end - at);
      EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << key;
      at = message[end] == '\n' ? message.size() : end + (message[end] == ',' ? 2 : 4);
    }
  }
}

}  // namespace
}  // namespace rapport::playbook

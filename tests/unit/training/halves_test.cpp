// The check half tells whether what was tuned on the build half, or learned from the sentences,
// generalises. It cannot where the same turn stands on both sides.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "timeline/formats/reader.hpp"
#include "training/sentences.hpp"

namespace rapport::training {
namespace {

std::string const root = std::string{RAPPORT_SOURCE_DIR} + "/";
constexpr std::size_t least_words = 8;

/// A suggestion that STAR offered to its agents word for word; anybody ends a matter so.
constexpr std::string_view stock = "is there anything else that i can do for you";

struct Turn {
  std::string where;
  std::string text;
  std::vector<std::string> words;  ///< lower-cased, sorted, each once
};

/// Leaves out numbers that are read out digit by digit, three or more: a number is no wording.
std::vector<std::string> without_numbers(std::vector<std::string> const& words) {
  static std::set<std::string> const digits = {"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double"};
  constexpr std::ptrdiff_t least_digits = 3;
  auto const is_digit = [](std::string const& word) { return digits.contains(word); };
  std::vector<std::string> kept;
  for (auto at = words.begin(); at != words.end();) {
    auto const number = std::find_if(at, words.end(), is_digit);
    kept.insert(kept.end(), at, number);
    at = std::find_if_not(number, words.end(), is_digit);
    if (at - number < least_digits) kept.insert(kept.end(), number, at);
  }
  return kept;
}

/// Lower-cased words, in order.
std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> words(1);
  for (char const c : text + " ") {
    auto const byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '\'' || byte >= 0x80U) {
      words.back() += static_cast<char>(std::tolower(byte));
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  words.pop_back();
  return without_numbers(words);
}

void add_turn(std::vector<Turn>& turns, std::string where, std::string const& text) {
  std::vector<std::string> words = words_of(text);
  if (words.size() < least_words) return;
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  turns.push_back({std::move(where), text, std::move(words)});
}

void add_conversations(std::vector<Turn>& turns, std::string const& file) {
  auto reader = timeline::formats::InteractionReader::open(root + file);
  ASSERT_TRUE(reader) << file;
  while (auto item = reader->next()) {
    ASSERT_TRUE(*item) << file;
    for (domain::Event const& event : (*item)->events) add_turn(turns, file + " " + (*item)->head.id, event.text);
  }
}

std::string content_of(std::filesystem::path const& path) {
  std::ifstream file{path};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void add_sentences(std::vector<Turn>& turns) {
  auto const labels = LabelSet::parse(content_of(root + "models/data/labels.tsv"), "labels.tsv");
  ASSERT_TRUE(labels);
  std::unordered_set<std::string> seen;  // a turn is mostly the next row's previous one as well
  std::set<std::filesystem::path> files;
  for (auto const& entry : std::filesystem::directory_iterator(root + "models/data/sentences")) files.insert(entry.path());
  for (std::filesystem::path const& path : files) {
    std::string const name = path.filename().string();
    auto const rows = parse_sentences(content_of(path), name, 0, *labels);
    ASSERT_TRUE(rows) << rows.error().message;
    for (SentenceRow const& row : *rows) {
      for (std::string const& text : {row.previous, row.text}) {
        if (seen.insert(text).second) add_turn(turns, name, text);
      }
    }
  }
}

bool near(Turn const& one, Turn const& other) {
  std::size_t common = 0;
  for (auto left = one.words.begin(), right = other.words.begin(); left != one.words.end() && right != other.words.end();) {
    int const order = left->compare(*right);
    common += order == 0;
    if (order <= 0) ++left;
    if (order >= 0) ++right;
  }
  return 10 * common > 7 * (one.words.size() + other.words.size() - common);
}

/// Finds near-duplicates among known turns. Of two that have more than seven tenths in common, each
/// has one of the other's words among its rarest three tenths and one: only those are looked up.
class Known {
 public:
  explicit Known(std::vector<Turn> turns) : turns_(std::move(turns)) {
    for (Turn const& turn : turns_) {
      for (std::string const& word : turn.words) ++times_[word];
    }
    for (std::size_t number = 0; number < turns_.size(); ++number) {
      for (std::string const& word : rarest(turns_[number])) by_word_[word].push_back(number);
    }
  }

  std::vector<Turn const*> near_duplicates(Turn const& probe) const {
    std::set<std::size_t> numbers;
    for (std::string const& word : rarest(probe)) {
      auto const found = by_word_.find(word);
      if (found != by_word_.end()) numbers.insert(found->second.begin(), found->second.end());
    }
    std::vector<Turn const*> duplicates;
    for (std::size_t const number : numbers) {
      if (near(turns_[number], probe)) duplicates.push_back(&turns_[number]);
    }
    return duplicates;
  }

 private:
  std::vector<std::string> rarest(Turn const& turn) const {
    std::vector<std::pair<std::size_t, std::string>> order;
    for (std::string const& word : turn.words) {
      auto const found = times_.find(word);
      order.emplace_back(found == times_.end() ? 0 : found->second, word);
    }
    std::ranges::sort(order);
    order.resize(order.size() - 7 * order.size() / 10);
    std::vector<std::string> words;
    for (auto& [times, word] : order) words.push_back(std::move(word));
    return words;
  }

  std::vector<Turn> turns_;
  std::unordered_map<std::string, std::size_t> times_;
  std::unordered_map<std::string, std::vector<std::size_t>> by_word_;
};

TEST(Halves, OfTheLabelledConversationsShareNoTurn) {
  std::vector<Turn> learned;
  for (char const* file : {"tests/labelled/build/a.jsonl", "tests/labelled/build/b.jsonl"}) add_conversations(learned, file);
  add_sentences(learned);
  std::vector<Turn> check;
  for (char const* file : {"tests/labelled/check/conversations.jsonl", "tests/labelled/check/star.jsonl"}) add_conversations(check, file);
  ASSERT_GT(learned.size(), 10'000U);
  ASSERT_GT(check.size(), 500U);
  Known const known{std::move(learned)};
  std::vector<Turn> stock_turns;
  add_turn(stock_turns, "", std::string{stock});
  for (Turn const& turn : check) {
    if (turn.words == stock_turns.at(0).words) continue;
    for (Turn const* duplicate : known.near_duplicates(turn)) {
      ADD_FAILURE() << turn.where << ": " << turn.text << "\n"
                    << duplicate->where << ": " << duplicate->text;
    }
  }
}

TEST(Halves, NearDuplicatesAreFoundInAnyOrderOfWords) {
  std::vector<Turn> turns;
  add_turn(turns, "known", "I will send the blue kettle to you tomorrow morning then.");
  add_turn(turns, "known", "something else that is said of a parcel here today");
  Known const known{std::move(turns)};
  std::vector<Turn> probes;
  add_turn(probes, "like", "Then tomorrow morning I will send you the kettle");
  add_turn(probes, "unlike", "I will send the man with your parcel today");
  add_turn(probes, "short", "the blue kettle");
  ASSERT_EQ(probes.size(), 2U);
  ASSERT_EQ(known.near_duplicates(probes[0]).size(), 1U);
  EXPECT_EQ(known.near_duplicates(probes[0])[0]->where, "known");
  EXPECT_TRUE(known.near_duplicates(probes[1]).empty());
}

}  // namespace
}  // namespace rapport::training

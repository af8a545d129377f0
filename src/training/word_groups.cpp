#include "training/word_groups.hpp"

#include <algorithm>
#include <map>
#include <sstream>

#include "signals/detectors/stems.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace rapport::training {
namespace {

using signals::model::GroupId;
using signals::model::WordCode;
using signals::model::WordList;

struct Group {
  std::vector<std::string> words;
};

base::Result<std::vector<Group>> parse_groups(std::string_view text, std::string_view file) {
  std::vector<Group> groups;
  std::istringstream lines{std::string{text}};
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    line.resize(std::min(line.find('#'), line.size()));
    if (std::ranges::all_of(line, [](char c) { return c == ' '; })) continue;
    auto const colon = line.find(':');
    std::string const place = std::string{file} + ":" + std::to_string(number);
    if (colon == std::string::npos) return base::Error{place + ": expected \"name: words\""};
    if (groups.size() == 255) return base::Error{place + ": more than 255 groups"};
    Group group;
    std::istringstream words{line.substr(colon + 1)};
    for (std::string word; words >> word;) group.words.push_back(word);
    groups.push_back(group);
  }
  return groups;
}

/// The word as the tokeniser leaves it, or 0 where it makes several or none of it.
std::uint64_t normalised(std::string_view word, signals::Tokeniser const& tokeniser) {
  signals::Words words;
  tokeniser.tokenise(word, words);
  return words.tokens.size() == 1 ? words.tokens.front().hash : 0;
}

void add_group(WordList& list, std::uint64_t word, std::uint64_t stem, GroupId group) {
  WordCode const* const known = list.find(word);
  WordCode code = known != nullptr ? *known : WordCode{word, stem, {}};
  if (code.groups[0] == group || code.groups[1] != 0) return;
  (code.groups[0] == 0 ? code.groups[0] : code.groups[1]) = group;
  list.put(code);
}

}  // namespace

base::Result<void> add_word_groups(std::string_view text, std::string_view file, WordList& words) {
  auto const groups = parse_groups(text, file);
  if (!groups) return groups.error();
  std::vector<GroupId> order;
  for (std::size_t index = 0; index < (*groups).size(); ++index) order.push_back(static_cast<GroupId>(index));
  std::ranges::stable_sort(order, {}, [&](GroupId id) { return (*groups)[id].words.size(); });
  signals::WordTable const table;
  signals::Tokeniser const tokeniser{table};
  for (GroupId const id : order) {
    auto const group = static_cast<GroupId>(id + 1);
    for (std::string const& word : (*groups)[id].words) {
      std::uint64_t const hash = normalised(word, tokeniser);
      if (hash == 0) return base::Error{std::string{file} + ": \"" + word + "\" is not one word to the tokeniser"};
      std::uint64_t const stem = signals::detectors::stem_of(word);
      add_group(words, hash, stem, group);
      if (stem != hash) add_group(words, stem, stem, group);
    }
  }
  return {};
}

void add_words(std::vector<SentenceRow> const& rows, WordList& words) {
  signals::WordTable const table;
  for (signals::WordId id = 2; id < table.size(); ++id) {
    if (words.find(table.hash_of(id)) != nullptr) continue;
    std::uint64_t const stem = signals::detectors::stem_of(table.spelling(id));
    WordCode const* const known = words.find(stem);
    words.put({table.hash_of(id), stem, known != nullptr ? known->groups : std::array<GroupId, 2>{}});
  }
  signals::Tokeniser const tokeniser{table};
  signals::Words read;
  for (SentenceRow const& row : rows) {
    for (std::string const& text : {row.previous, row.text}) {
      tokeniser.tokenise(text, read);
      for (signals::Token const& token : read.tokens) words.put(words.code(token, read.text));
    }
  }
}

}  // namespace rapport::training

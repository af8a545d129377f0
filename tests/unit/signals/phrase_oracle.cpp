#include "unit/signals/phrase_oracle.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace rapport::signals::test {
namespace {

using Kind = Expression::Kind;
using Place = std::pair<std::uint32_t, std::uint32_t>;  // first and last token

/// Where the tree has matched so far: the next token, and the words (no gaps) it has taken.
struct Path {
  std::uint32_t at = 0;
  std::int64_t first = -1;
  std::int64_t last = -1;
};
using Then = std::function<void(Path)>;

class Backtracker {
 public:
  Backtracker(Words const& words, Sentence const& sentence, WordTable const& table)
      : words_(words), begin_(sentence.first_token), end_(sentence.first_token + sentence.token_count), table_(table) {}

  std::set<Place> places(Expression const& phrase) const {
    std::set<Place> all;
    for (std::uint32_t from = begin_; from < end_; ++from) {
      match(phrase, {from, -1, -1}, [&](Path path) {
        if (path.first >= 0) all.insert({static_cast<std::uint32_t>(path.first), static_cast<std::uint32_t>(path.last)});
      });
    }
    return all;
  }

 private:
  Path take(Path path) const {
    if (path.first < 0) path.first = path.at;
    path.last = path.at;
    ++path.at;
    return path;
  }

  bool is_word(std::uint32_t at, WordId wanted) const {
    if (at >= end_) return false;
    WordId const word = words_.tokens[at].word;
    if (word == wanted) return true;
    std::string_view const stem = table_.spelling(wanted);
    if (word == unknown_word || word == WordTable::number_word || !stem.ends_with('*')) return false;
    return table_.spelling(word).starts_with(stem.substr(0, stem.size() - 1));
  }

  bool is_number(std::uint32_t at) const {
    if (at >= end_) return false;
    WordId const word = words_.tokens[at].word;
    if (word == unknown_word) return false;
    std::string_view const spelling = table_.spelling(word);
    return table_.has(word, WordFlag::number) || (spelling[0] >= '0' && spelling[0] <= '9' && spelling.find_first_not_of("0123456789.:/") == std::string_view::npos);
  }

  bool spelt(std::uint32_t at, std::string_view word) const { return at < end_ && table_.spelling(words_.tokens[at].word) == word; }

  /// After at least one number.
  void more_numbers(Path path, Then const& then) const {
    then(path);
    Path longer = path;
    if (spelt(longer.at, "and") || spelt(longer.at, "point")) longer = take(longer);
    if (is_number(longer.at) || spelt(longer.at, "oh")) more_numbers(take(longer), then);
  }

  void sequence(Expression const& all, std::size_t part, Path path, Then const& then) const {
    if (part == all.parts.size()) return then(path);
    match(all.parts[part], path, [&](Path next) { sequence(all, part + 1, next, then); });
  }

  void match(Expression const& tree, Path path, Then const& then) const {
    switch (tree.kind) {
      case Kind::word:
        if (is_word(path.at, tree.word)) then(take(path));
        return;
      case Kind::number:
        if (is_number(path.at)) more_numbers(take(path), then);
        return;
      case Kind::gap:
        for (std::uint32_t skip = tree.low; skip <= tree.high && path.at + skip <= end_; ++skip) then({path.at + skip, path.first, path.last});
        return;
      case Kind::sequence:
        sequence(tree, 0, path, then);
        return;
      case Kind::choice:
        for (Expression const& part : tree.parts) match(part, path, then);
        return;
      case Kind::sentence_start:
        if (path.at == begin_) then(path);
        return;
      case Kind::sentence_end:
        if (path.at == end_) then(path);
        return;
    }
  }

  Words const& words_;
  std::uint32_t begin_;
  std::uint32_t end_;
  WordTable const& table_;
};

bool overlap(Place left, Place right) { return left.first <= right.second && right.first <= left.second; }

/// For each last token the longest place.
std::set<Place> longest_by_end(std::vector<Expression> const& phrases, Words const& words, WordTable const& table) {
  std::map<std::uint32_t, std::uint32_t> starts;
  for (Sentence const& sentence : words.sentences) {
    for (Expression const& phrase : phrases) {
      for (auto const& [first, last] : Backtracker{words, sentence, table}.places(phrase)) {
        auto const found = starts.try_emplace(last, first).first;
        found->second = std::min(found->second, first);
      }
    }
  }
  std::set<Place> places;
  for (auto const& [last, first] : starts) places.insert({first, last});
  return places;
}

}  // namespace

std::vector<PhraseMatch> find_slowly(std::vector<PhraseTrees> const& signals, Words const& words, WordTable const& table) {
  std::vector<PhraseMatch> found;
  for (PhraseTrees const& each : signals) {
    std::set<Place> const cancelling = longest_by_end(each.but_not, words, table);
    std::vector<Place> places;
    for (Place const& place : longest_by_end(each.phrases, words, table)) {
      bool const cancelled = std::ranges::any_of(cancelling, [&](Place other) { return overlap(place, other); });
      if (!cancelled) places.push_back(place);
    }
    while (!places.empty()) {  // the leftmost, then longest, and away with what overlaps it
      Place const best = *std::ranges::min_element(places, {}, [](Place place) { return std::pair{place.first, -std::int64_t{place.second}}; });
      found.push_back({each.signal, best.first, best.second});
      std::erase_if(places, [&](Place place) { return overlap(place, best); });
    }
  }
  return found;
}

}  // namespace rapport::signals::test

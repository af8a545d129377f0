#include "signals/segment_nfa.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::signals {
namespace {

using Kind = Expression::Kind;

bool is_number(WordTable const& words, WordId word) {
  if (words.has(word, WordFlag::number)) return true;
  std::string_view const spelling = words.spelling(word);
  return !spelling.empty() && spelling.find_first_not_of("0123456789.:/") == std::string_view::npos &&
         spelling.front() >= '0' && spelling.front() <= '9';
}

}  // namespace

WordSets::WordSets(WordTable const& words) {
  auto const size = static_cast<WordId>(words.size());
  for (WordId word = unknown_word + 1; word < size; ++word) {
    if (word != WordTable::number_word) by_spelling_.push_back({words.spelling(word), word});
    if (is_number(words, word)) numbers_.push_back(word);
  }
  std::ranges::sort(by_spelling_, {}, &Named::spelling);
  for (Named const& named : by_spelling_) sorted_.push_back(named.word);
  sorted_.push_back(WordTable::number_word);
  ranges_.resize(size);
  ranges_[WordTable::number_word] = {static_cast<std::uint32_t>(sorted_.size() - 1), 1};
  for (std::uint32_t index = 0; index < by_spelling_.size(); ++index) {
    Named const& named = by_spelling_[index];
    std::uint32_t first = index;
    std::uint32_t count = 1;
    if (words.is_stem(named.word)) {  // all spellings that begin with it lie side by side
      std::string_view const prefix = named.spelling.substr(0, named.spelling.size() - 1);
      auto const begin = std::ranges::lower_bound(by_spelling_, prefix, {}, &Named::spelling);
      auto const end = std::find_if_not(begin, by_spelling_.end(), [&](Named const& other) { return other.spelling.starts_with(prefix); });
      first = static_cast<std::uint32_t>(begin - by_spelling_.begin());
      count = static_cast<std::uint32_t>(end - begin);
    }
    ranges_[named.word] = {first, count};
  }
}

std::span<WordId const> WordSets::standing_for(WordId word) const {
  RAPPORT_ASSERT(word != unknown_word && word < ranges_.size());
  auto const [first, count] = ranges_[word];
  return {sorted_.data() + first, count};
}

std::uint32_t SegmentNfa::make() {
  states_.emplace_back();
  return static_cast<std::uint32_t>(states_.size() - 1);
}

void SegmentNfa::connect(std::uint32_t from, WordId word, std::uint32_t to) { states_[from].edges.push_back({word, to}); }

std::uint32_t SegmentNfa::add(Expression const& segment, std::uint32_t number) {
  std::uint32_t const first = make();
  std::uint32_t const last = append(segment, first);
  RAPPORT_ASSERT(states_[last].accepts < 0);
  states_[last].accepts = number;
  return first;
}

std::uint32_t SegmentNfa::append(Expression const& expression, std::uint32_t from) {
  switch (expression.kind) {
    case Kind::word: {
      std::uint32_t const to = make();
      for (WordId const word : sets_.standing_for(expression.word)) connect(from, word, to);
      return to;
    }
    case Kind::number:
      return append_number(from);
    case Kind::sequence: {
      for (Expression const& part : expression.parts) from = append(part, from);
      return from;
    }
    case Kind::choice: {
      std::uint32_t const to = make();
      for (Expression const& part : expression.parts) {
        std::uint32_t const end = append(part, from);
        states_[end].empty.push_back(to);
      }
      return to;
    }
    case Kind::gap:
    case Kind::sentence_start:
    case Kind::sentence_end:
      break;
  }
  RAPPORT_ASSERT(false);  // a segment holds none
  return from;
}

/// One number word or more; "oh" may stand for zero after the first, "and" and "point" between.
std::uint32_t SegmentNfa::append_number(std::uint32_t from) {
  std::uint32_t const some = make();
  std::uint32_t const between = make();
  for (WordId const number : sets_.numbers()) {
    connect(from, number, some);
    connect(some, number, some);
    connect(between, number, some);
  }
  for (WordId word = 1; word < words_.size(); ++word) {
    if (!words_.has(word, WordFlag::number_inside)) continue;
    bool const zero = words_.spelling(word) == "oh";
    connect(some, word, zero ? some : between);
    if (zero) connect(between, word, some);
  }
  std::uint32_t const to = make();
  states_[some].empty.push_back(to);
  return to;
}

}  // namespace rapport::signals

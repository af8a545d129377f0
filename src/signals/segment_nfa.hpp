#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "signals/phrase_notation.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// The words of a vocabulary that a stem stands for, and those that are numbers.
class WordSets {
 public:
  explicit WordSets(WordTable const& words);

  /// The word itself, or all words and stems that begin with the stem.
  std::span<WordId const> standing_for(WordId word) const;
  /// "seven", "24", and every number outside the vocabulary.
  std::span<WordId const> numbers() const { return numbers_; }

 private:
  struct Named {
    std::string_view spelling;
    WordId word;
  };
  std::vector<Named> by_spelling_;
  std::vector<WordId> sorted_;  ///< by spelling, then the stems' sets lie side by side
  std::vector<WordId> numbers_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;  ///< by word, into sorted_
};

/// A nondeterministic automaton for many segments (Thompson's construction, CACM 1968).
class SegmentNfa {
 public:
  struct Edge {
    WordId word = unknown_word;
    std::uint32_t to = 0;
  };
  struct State {
    std::vector<Edge> edges;
    std::vector<std::uint32_t> empty;  ///< reached without a word
    std::int64_t accepts = -1;         ///< the segment that ends here
  };

  explicit SegmentNfa(WordTable const& words) : words_(words), sets_(words) {}

  /// Adds a segment under that number. Its first state is returned.
  std::uint32_t add(Expression const& segment, std::uint32_t number);

  State const& state(std::uint32_t index) const { return states_[index]; }
  std::size_t size() const { return states_.size(); }

 private:
  std::uint32_t make();
  /// Adds the expression from `from` on; returns the state after it.
  std::uint32_t append(Expression const& expression, std::uint32_t from);
  std::uint32_t append_number(std::uint32_t from);
  void connect(std::uint32_t from, WordId word, std::uint32_t to);

  WordTable const& words_;
  WordSets sets_;
  std::vector<State> states_;
};

}  // namespace rapport::signals

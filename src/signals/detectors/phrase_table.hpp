#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "signals/words.hpp"

namespace rapport::signals::detectors {

/// Fixed phrases of the detectors' own grammar ("date of birth", "if i understand"), each with a
/// small value. Written as people write, separated by | or a line's end; tokenised by the same rules
/// as events. Immutable.
class PhraseTable {
 public:
  struct List {
    std::uint32_t value;
    std::string_view phrases;
  };
  struct Match {
    std::uint32_t length = 0;  ///< tokens; 0: no phrase begins here
    std::uint32_t value = 0;
    explicit operator bool() const { return length != 0; }
  };

  explicit PhraseTable(std::span<List const> lists);
  /// All phrases with value 0.
  explicit PhraseTable(std::string_view phrases);

  /// The longest phrase that begins at token `at` and ends before `end`.
  Match match(std::span<Token const> tokens, std::size_t at, std::size_t end) const {
    return beginnings_[tokens[at].hash % beginnings_.size()] ? match_from(tokens, at, end) : Match{};
  }
  /// Where a phrase begins in [first, end), or `end`.
  std::size_t find(std::span<Token const> tokens, std::size_t first, std::size_t end) const;
  bool occurs(std::span<Token const> tokens, std::size_t first, std::size_t end) const {
    return find(tokens, first, end) != end;
  }

 private:
  struct Entry {
    std::uint64_t first = 0;       ///< hash of the first word
    std::uint64_t second = 0;      ///< of the second; 0: there is none
    std::uint32_t rest_begin = 0;  ///< into rest_
    std::uint32_t rest_length = 0;
    std::uint32_t value = 0;
  };

  Match match_from(std::span<Token const> tokens, std::size_t at, std::size_t end) const;
  void add(List const& list);
  void build_index();

  std::vector<Entry> entries_;        ///< by first word, the longest first
  std::vector<std::uint64_t> rest_;   ///< hashes of the words after the first
  std::vector<std::uint32_t> index_;  ///< open addressing: first word to 1 + position in entries_
  std::bitset<4'096> beginnings_;     ///< by the first word's hash: most words end the search here
};

}  // namespace rapport::signals::detectors

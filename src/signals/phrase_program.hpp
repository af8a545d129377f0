#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "signals/occurrence.hpp"
#include "signals/phrase_chain.hpp"
#include "signals/segment_automaton.hpp"
#include "signals/words.hpp"

namespace rapport::signals {

/// One reading of one phrase, and whose it is.
struct PhraseRule {
  SignalId signal = no_signal;
  bool cancels = false;       ///< of a `but not`: cancels the signal's matches that it overlaps
  Chain const* chain = nullptr;
};

/// Where a signal's phrase stands: tokens `first` to `last` of one sentence.
struct PhraseMatch {
  SignalId signal = no_signal;
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  bool operator==(PhraseMatch const&) const = default;
};

/// What a search remembers from token to token; kept between searches only for its memory.
class PhraseScratch {
 private:
  friend class PhraseProgram;

  /// A way to have come as far as a node: the tokens `start` to `end`.
  struct Arrival {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
  };
  struct Pending {
    std::uint64_t sentence = 0;   ///< arrivals of other sentences are stale
    std::vector<Arrival> arrivals;
  };
  struct Candidate {
    SignalId signal = no_signal;
    bool cancels = false;
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    auto operator<=>(Candidate const&) const = default;
  };
  std::vector<SegmentAutomaton::Symbol> symbols_;  ///< by token
  std::vector<Pending> pending_;                   ///< by node
  std::uint64_t sentence_ = 0;                     ///< counts all sentences ever searched
  std::vector<Candidate> candidates_;
  std::vector<Candidate> kept_;
};

/// All phrases of one language and speaker, searched together. Immutable; a search keeps its state
/// in a PhraseScratch, one for each thread.
///
/// A phrase is a chain of segments with gaps between them. One automaton reads all segments from
/// every token on; a tree over segments and gaps, in which phrases with equal beginnings share
/// their nodes, joins what it finds. So a gap costs nothing where its first segment does not stand,
/// and the automaton, having no gaps in it, stays small. Time is linear in the tokens, with a
/// factor bounded by segment length, gap and how many phrases share a segment.
class PhraseProgram {
 public:
  /// Error: the limit on states.
  static base::Result<PhraseProgram> compile(std::span<PhraseRule const> rules, WordTable const& words);

  /// Appends the matches in `words`, ordered by signal and place. For each signal and last token
  /// the longest reading counts; matches that a `but not` overlaps fall out; of matches that
  /// overlap each other the leftmost, then longest stays.
  void find(Words const& words, PhraseScratch& scratch, std::vector<PhraseMatch>& out) const;

  std::size_t state_count() const { return automaton_.state_count(); }

 private:
  friend class PhraseProgramBuilder;

  static constexpr std::uint32_t no_node = 0xFFFFFFFF;

  /// A segment in its place in phrases: after its parent's by `before` words, or the first of
  /// them with `before` words between the sentence's start and it.
  struct Node {
    std::uint32_t parent = no_node;
    Distance before;
    std::uint16_t reach = 0;           ///< longest gap to a child; meaningful with children
    bool has_children = false;
    std::uint32_t outputs_begin = 0;
    std::uint32_t outputs_end = 0;
  };
  /// A phrase that is complete at a node, if `after` allows the words left in the sentence.
  struct Output {
    SignalId signal = no_signal;
    bool cancels = false;
    Distance after;
  };
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;   ///< one past the last token
  };

  void find_in_sentence(Span sentence, PhraseScratch& scratch) const;
  void take(std::uint32_t node, Span segment, Span sentence, PhraseScratch& scratch) const;
  std::uint32_t start_of(Node const& node, std::uint32_t begin, Span sentence, PhraseScratch const& scratch) const;
  void arrive(std::uint32_t node, PhraseScratch::Arrival arrival, std::uint32_t begin, PhraseScratch& scratch) const;
  static void reduce(PhraseScratch& scratch, std::vector<PhraseMatch>& out);

  SegmentAutomaton automaton_;
  std::vector<std::uint32_t> nodes_of_state_begin_;   ///< by state, one more at the end
  std::vector<std::uint32_t> nodes_of_state_;
  std::vector<Node> nodes_;
  std::vector<Output> outputs_;
};

}  // namespace rapport::signals

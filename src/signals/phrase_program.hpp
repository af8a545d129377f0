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

  /// Where a node whose segment has a fixed length last ended, and where before: bit k stands for
  /// k tokens earlier.
  struct Trail {
    std::uint64_t ends = 0;
    std::uint64_t last = 0;   ///< counted over all searches
  };
  /// A way to have come as far as a node: the tokens `start` to `end`.
  struct Arrival {
    std::uint32_t start = 0;
    std::uint32_t end = 0;
  };
  /// The ways to have come as far as any other node, one for each end.
  struct Arrivals {
    std::uint64_t sentence = 0;   ///< those of other sentences are stale
    std::vector<Arrival> all;
  };
  struct Candidate {
    SignalId signal = no_signal;
    bool cancels = false;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  std::vector<SegmentAutomaton::Symbol> symbols_;  ///< of one sentence, and one that leads nowhere
  std::vector<Trail> trails_;
  std::vector<Arrivals> arrivals_;
  std::uint64_t origin_ = 0;                       ///< of token 0, counted over all searches
  std::uint64_t sentence_ = 0;                     ///< number of the sentence, likewise
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

  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// A segment in its place in phrases: after its parent's by `before` words, or the first of
  /// them with `before` words between the sentence's start and it. What the search remembers of it
  /// for its children is a trail, where the segment is a phrase's first and of fixed length and
  /// may stand anywhere, or else a list of arrivals.
  struct Node {
    std::uint32_t parent = none;
    Distance before;
    std::uint32_t trail = none;          ///< index into the scratch's trails
    std::uint32_t arrivals = none;       ///< … or arrivals; neither where it has no children
    std::uint16_t length = 0;            ///< of the segment, where it has a trail
    std::uint16_t reach = 0;             ///< longest gap to a child
    std::uint32_t outputs_begin = 0;
    std::uint32_t outputs_end = 0;
  };
  /// A phrase that is complete at a node, if `after` allows the words left in the sentence.
  struct Output {
    SignalId signal = no_signal;
    bool cancels = false;
    Distance after;
  };
  /// What the end of a segment is to do: leave trails, and look at nodes.
  struct Row {
    std::uint32_t trails_begin = 0;
    std::uint32_t nodes_begin = 0;
  };
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;   ///< one past the last token
  };

  void find_in_sentence(Span sentence, PhraseScratch& scratch) const;
  void take_all(SegmentAutomaton::State state, Span segment, Span sentence, PhraseScratch& scratch) const;
  void take(Node const& node, Span segment, Span sentence, PhraseScratch& scratch) const;
  std::uint32_t start_of(Node const& node, std::uint32_t begin, Span sentence, PhraseScratch const& scratch) const;
  std::uint32_t start_by_trail(Node const& node, std::uint32_t begin, PhraseScratch const& scratch) const;
  void arrive(Node const& node, PhraseScratch::Arrival arrival, std::uint32_t begin, PhraseScratch& scratch) const;
  static void reduce(PhraseScratch& scratch, std::vector<PhraseMatch>& out);
  static void reduce_signal(std::span<PhraseScratch::Candidate> candidates, PhraseScratch& scratch, std::vector<PhraseMatch>& out);

  SegmentAutomaton automaton_;
  std::vector<Row> rows_{{}, {}};          ///< by the automaton's row, one more at the end
  std::vector<std::uint32_t> row_trails_;  ///< indices of trails
  std::vector<std::uint32_t> row_nodes_;   ///< indices of nodes that ask for more than a trail
  std::vector<Node> nodes_;
  std::vector<Output> outputs_;
  std::uint32_t trail_count_ = 0;
  std::uint32_t arrivals_count_ = 0;
};

}  // namespace rapport::signals

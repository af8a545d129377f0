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
  bool cancels = false;  ///< of a `but not`: cancels the signal's matches that it overlaps
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

  /// Where a node's phrases have come as far as the node in this sentence: bit e - origin_ for an
  /// end e, counted one past the segment.
  using Trail = std::uint64_t;
  struct Candidate {
    SignalId signal = no_signal;
    bool cancels = false;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  std::vector<SegmentAutomaton::Symbol> symbols_;  ///< of one sentence, and one that leads nowhere
  std::vector<Trail> trails_;                      ///< all zero but those …
  std::vector<std::uint32_t> touched_;             ///< … that this sentence has left marks on
  std::vector<std::uint32_t> starts_;              ///< by trail and end (its last six bits): the leftmost
  std::int64_t origin_ = 0;                        ///< the token that bit 0 of the trails stands for

  void mark(std::uint32_t trail, Trail end) {
    if (trails_[trail] == 0) touched_.push_back(trail);
    trails_[trail] |= end;
  }
  std::vector<Candidate> candidates_;
  std::vector<Candidate> kept_;
};

/// All phrases of one language and speaker, searched together. Immutable; a search keeps its state
/// in a PhraseScratch, one for each thread.
///
/// A phrase is a chain of segments with gaps between them. One automaton reads all segments from
/// every token on; a tree over segments and gaps, in which phrases with equal beginnings share
/// their nodes, joins what it finds: for each node that has children a trail of bits tells where it
/// has lately been reached, and a child looks for one in the window of its gap. The automaton, having
/// no gaps in it, stays small, where one automaton for all would grow with every product of gaps.
/// Time is linear in the tokens, with a factor bounded by segment length and how many phrases share
/// a segment. A segment is followed for phrase_words_max tokens, which only a number can exceed.
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
  /// them with `before` words between the sentence's start and it.
  struct Node {
    std::uint32_t parent = none;
    Distance before;
    std::uint32_t trail = none;      ///< kept for its children, if it has any
    std::uint16_t plain_length = 0;  ///< of the segment, where a trail is all there is to it
    std::uint32_t outputs_begin = 0;
    std::uint32_t outputs_end = 0;
  };
  /// A phrase that is complete at a node, if `after` allows the words left in the sentence.
  struct Output {
    SignalId signal = no_signal;
    bool cancels = false;
    Distance after;
  };
  /// A child: worth a look where its parent's trail has an end in its window.
  struct Link {
    std::uint32_t trail = 0;
    std::uint32_t node = 0;
    std::uint32_t window = 0;  ///< a bit for each length of the gap, the longest first
    std::uint32_t high = 0;    ///< the longest
  };
  /// What the end of a segment is to do: leave trails, follow links, look at the other nodes.
  struct Row {
    std::uint32_t trails = 0;  ///< where those of the row begin
    std::uint32_t links = 0;
    std::uint32_t nodes = 0;
  };
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< one past the last token
  };

  void begin_sentence(Words const& words, Sentence const& sentence, PhraseScratch& scratch) const;
  void find_in_sentence(Span sentence, PhraseScratch& scratch) const;
  static void move_trails(std::uint32_t token, PhraseScratch& scratch);
  void take_all(SegmentAutomaton::State state, Span segment, Span sentence, PhraseScratch& scratch) const;
  void take(Node const& node, std::uint32_t start, Span segment, Span sentence, PhraseScratch& scratch) const;
  std::uint32_t leftmost_start(Link const& link, PhraseScratch::Trail ends, PhraseScratch const& scratch) const;
  static void reduce(PhraseScratch& scratch, std::vector<PhraseMatch>& out);
  static void reduce_signal(std::span<PhraseScratch::Candidate> candidates, PhraseScratch& scratch, std::vector<PhraseMatch>& out);

  SegmentAutomaton automaton_;
  std::vector<Row> rows_{{}, {}};          ///< by the automaton's row, one more at the end
  std::vector<std::uint32_t> row_trails_;  ///< trails of nodes that are no more than a trail
  std::vector<Link> row_links_;
  std::vector<std::uint32_t> row_nodes_;  ///< other nodes without a parent
  std::vector<Node> nodes_;
  std::vector<Output> outputs_;
  std::uint32_t trail_count_ = 0;
};

}  // namespace rapport::signals

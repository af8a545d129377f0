#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "signals/phrase_notation.hpp"
#include "signals/word_table.hpp"

namespace rapport::signals {

/// A deterministic automaton over word ids that reads all segments at once, started at one token:
/// where it stops in an accepting state after k tokens, those segments match these k tokens.
/// Immutable.
///
/// Words that no segment tells apart share a symbol. Transitions of the root are a row of their
/// own; those of all other states lie interleaved in one array, each slot naming its owner (the
/// comb of Ziegler; see Dencker, Dürre, Heuft, "Optimization of Parser Tables for Portable
/// Compilers", TOPLAS 1984).
class SegmentAutomaton {
 public:
  using State = std::uint32_t;
  using Symbol = std::uint32_t;
  static constexpr State dead = 0;

  /// Builds it by subset construction. Error: more than phrase_states_max states.
  static base::Result<SegmentAutomaton> build(std::span<Expression const> segments, WordTable const& words);

  Symbol symbol_of(WordId word) const { return symbols_[word]; }
  /// The state after the first token, or `dead`.
  State start(Symbol symbol) const { return root_[symbol]; }
  /// The state after the next token, or `dead`.
  State next(State state, Symbol symbol) const {
    Slot const& slot = slots_[bases_[state] + symbol];
    return slot.owner == state ? slot.next : dead;
  }
  /// The segments that end in this state, as indices into those it was built from.
  std::span<std::uint32_t const> accepted(State state) const {
    return {accepted_.data() + accept_begin_[state], accept_begin_[state + 1] - accept_begin_[state]};
  }
  std::size_t state_count() const { return bases_.size(); }
  std::size_t symbol_count() const { return root_.size(); }

 private:
  friend class SegmentAutomatonBuilder;

  struct Slot {
    State owner = dead;
    State next = dead;
  };

  std::vector<Symbol> symbols_;             ///< by word
  std::vector<State> root_;                 ///< by symbol
  std::vector<std::uint32_t> bases_;        ///< by state
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> accept_begin_; ///< by state, one more at the end
  std::vector<std::uint32_t> accepted_;
};

}  // namespace rapport::signals

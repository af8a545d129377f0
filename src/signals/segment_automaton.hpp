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
/// Words that no segment tells apart share a symbol; symbol 0 leads nowhere. Transitions of the root
/// are a row of their own; those of all other states lie interleaved in one array, each slot naming
/// its owner (the comb of Ziegler; see Dencker, Dürre, Heuft, "Optimization of Parser Tables for
/// Portable Compilers", TOPLAS 1984). A state's number is the place of its row, so that following a
/// transition is one load; its top bit tells whether segments end there.
class SegmentAutomaton {
 public:
  using State = std::uint32_t;
  using Symbol = std::uint32_t;
  static constexpr State dead = 0;
  static constexpr Symbol no_symbol = 0;

  /// Dead at once, and as little to hold as a value can be.
  SegmentAutomaton() : symbols_(1), root_(1), slots_(1), accept_begin_(2) {}

  /// Builds it by subset construction. Error: more than phrase_states_max states.
  static base::Result<SegmentAutomaton> build(std::span<Expression const> segments, WordTable const& words);

  Symbol symbol_of(WordId word) const { return symbols_[word]; }
  /// The state after the first token, or `dead`.
  State start(Symbol symbol) const { return root_[symbol]; }
  /// The state after the next token, or `dead`; from `dead` it is dead again.
  State next(State state, Symbol symbol) const {
    std::uint32_t const row = row_of(state);
    Slot const& slot = slots_[row + symbol];
    return slot.owner == row ? slot.next : dead;
  }
  static bool accepts(State state) { return (state & accept_bit) != 0; }
  /// The place of the state among `row_count()`, not all of which are states.
  static std::uint32_t row_of(State state) { return state & ~accept_bit; }
  /// The segments that end in the state of that row, as indices into those it was built from.
  std::span<std::uint32_t const> accepted(std::uint32_t row) const {
    return {accepted_.data() + accept_begin_[row], accept_begin_[row + 1] - accept_begin_[row]};
  }
  std::uint32_t row_count() const { return static_cast<std::uint32_t>(accept_begin_.size() - 1); }
  std::size_t state_count() const { return state_count_; }

 private:
  friend class SegmentAutomatonBuilder;

  static constexpr State accept_bit = State{1} << 31U;

  struct Slot {
    std::uint32_t owner = 0;  ///< row; 0 is no state's
    State next = dead;
  };

  std::vector<Symbol> symbols_;  ///< by word
  std::vector<State> root_;      ///< by symbol
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> accept_begin_;  ///< by row, one more at the end
  std::vector<std::uint32_t> accepted_;
  std::size_t state_count_ = 0;
};

}  // namespace rapport::signals

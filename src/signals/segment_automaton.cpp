#include "signals/segment_automaton.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "base/limits.hpp"
#include "signals/segment_nfa.hpp"

namespace rapport::signals {
namespace {

constexpr std::size_t step_back = 64;  ///< how far behind the last row of some size the next may lie

/// Sorted states of the nondeterministic automaton: one state of the deterministic one.
using StateSet = std::vector<std::uint32_t>;

struct SetHash {
  std::size_t operator()(StateSet const& set) const {
    std::uint64_t hash = hashing::seed;
    for (std::uint32_t const state : set) hash = hashing::mix(hash, state + 1);
    return hash;
  }
};

struct Transition {
  std::uint32_t on = 0;  ///< a word, later a symbol
  std::uint32_t to = 0;

  auto operator<=>(Transition const&) const = default;
};
using Row = std::vector<Transition>;

}  // namespace

/// Subset construction, then symbols, then the interleaved table. State 0 is dead, 1 the root.
class SegmentAutomatonBuilder {
 public:
  SegmentAutomatonBuilder(std::span<Expression const> segments, WordTable const& words) : words_(words), nfa_(words) {
    StateSet root;
    for (std::uint32_t number = 0; number < segments.size(); ++number) root.push_back(nfa_.add(segments[number], number));
    seen_.resize(nfa_.size());
    sets_.resize(1);
    state_of(std::move(root));
  }

  base::Result<SegmentAutomaton> build() {
    rows_.resize(1);
    for (std::size_t state = 1; state < sets_.size(); ++state) {
      if (sets_.size() > limits::phrase_states_max) {
        return base::Error{fmt::format("the phrases of one language and speaker make more than {} states (phrase_states_max)",
                                       limits::phrase_states_max)};
      }
      rows_.push_back(row_of(static_cast<std::uint32_t>(state)));
    }
    gather_symbols();
    lay_out();
    connect();
    gather_accepted();
    automaton_.state_count_ = rows_.size() - 2;
    return std::move(automaton_);
  }

 private:
  /// The number of the set closed under empty steps; a new one is queued.
  std::uint32_t state_of(StateSet set) {
    close(set);
    auto const [found, inserted] = numbers_.try_emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
    if (inserted) sets_.push_back(&found->first);
    return found->second;
  }

  void close(StateSet& set) {
    ++round_;
    for (std::uint32_t const state : set) seen_[state] = round_;
    for (std::size_t index = 0; index < set.size(); ++index) {
      for (std::uint32_t const to : nfa_.state(set[index]).empty) {
        if (std::exchange(seen_[to], round_) != round_) set.push_back(to);
      }
    }
    std::ranges::sort(set);
  }

  Row row_of(std::uint32_t state) {
    Row moves;
    for (std::uint32_t const member : *sets_[state]) {
      for (SegmentNfa::Edge const& edge : nfa_.state(member).edges) moves.push_back({edge.word, edge.to});
    }
    std::ranges::sort(moves);
    auto const repeats = std::ranges::unique(moves);
    moves.erase(repeats.begin(), repeats.end());
    Row row;
    for (auto begin = moves.begin(); begin != moves.end();) {
      auto const end = std::find_if(begin, moves.end(), [&](Transition const& move) { return move.on != begin->on; });
      StateSet targets;
      std::transform(begin, end, std::back_inserter(targets), [](Transition const& move) { return move.to; });
      row.push_back({begin->on, state_of(std::move(targets))});
      begin = end;
    }
    return row;
  }

  /// Words with equal columns get one symbol; symbol 0 leads nowhere.
  void gather_symbols() {
    std::vector<std::vector<Transition>> columns(words_.size());
    for (std::uint32_t state = 1; state < rows_.size(); ++state) {
      for (Transition const& move : rows_[state]) columns[move.on].push_back({state, move.to});
    }
    std::map<std::vector<Transition>, std::uint32_t> symbols{{{}, 0}};
    automaton_.symbols_.resize(words_.size());
    for (std::size_t word = 0; word < columns.size(); ++word) {
      auto const next = static_cast<std::uint32_t>(symbols.size());
      automaton_.symbols_[word] = symbols.try_emplace(std::move(columns[word]), next).first->second;
    }
    symbol_count_ = symbols.size();
    for (Row& row : rows_) {
      for (Transition& move : row) move.on = automaton_.symbols_[move.on];
      std::ranges::sort(row);
      auto const repeats = std::ranges::unique(row);
      row.erase(repeats.begin(), repeats.end());
    }
  }

  /// Gives every state but the root a row of its own, those with the most transitions first.
  void lay_out() {
    std::vector<std::uint32_t> order(rows_.size() - 2);
    std::iota(order.begin(), order.end(), 2U);
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::uint32_t state) { return rows_[state].size(); });
    place_of_.assign(rows_.size(), 0);
    for (std::uint32_t const state : order) place(state);
    owners_.resize(row_used_.size() + symbol_count_);
  }

  /// First fit. Rows of one or two transitions fill what is free, from its first on; larger ones
  /// would search in vain where others of their size did, and go on from there.
  void place(std::uint32_t state) {
    Row const& row = rows_[state];
    std::size_t base = row.size() > 2 ? frontier_ : lowest_base(row);
    auto const taken = [&](Transition const& move) { return base + move.on < owners_.size() && owners_[base + move.on] != 0; };
    while ((base < row_used_.size() && row_used_[base]) || std::ranges::any_of(row, taken)) ++base;
    if (row.size() > 2) frontier_ = base - std::min(base - 1, step_back);
    if (row_used_.size() <= base) row_used_.resize(base + 1);
    row_used_[base] = true;
    if (!row.empty() && owners_.size() <= base + row.back().on) owners_.resize(base + row.back().on + 1);
    for (Transition const& move : row) owners_[base + move.on] = static_cast<std::uint32_t>(base);
    place_of_[state] = static_cast<std::uint32_t>(base);
  }

  std::size_t lowest_base(Row const& row) {
    while (first_free_ < owners_.size() && owners_[first_free_] != 0) ++first_free_;
    while (first_unused_row_ < row_used_.size() && row_used_[first_unused_row_]) ++first_unused_row_;
    if (row.empty() || first_free_ <= row.front().on) return first_unused_row_;
    return std::max(first_unused_row_, first_free_ - row.front().on);
  }

  /// Writes the transitions, now that all states have their places.
  void connect() {
    automaton_.root_.assign(symbol_count_, SegmentAutomaton::dead);
    for (Transition const& move : rows_[1]) automaton_.root_[move.on] = named(move.to);
    automaton_.slots_.assign(owners_.size(), {});
    for (std::size_t state = 2; state < rows_.size(); ++state) {
      std::uint32_t const base = place_of_[state];
      for (Transition const& move : rows_[state]) automaton_.slots_[base + move.on] = {base, named(move.to)};
    }
  }

  SegmentAutomaton::State named(std::uint32_t state) const {
    bool const accepts = std::ranges::any_of(*sets_[state], [&](std::uint32_t member) { return nfa_.state(member).accepts >= 0; });
    return place_of_[state] | (accepts ? SegmentAutomaton::accept_bit : 0);
  }

  void gather_accepted() {
    std::vector<std::uint32_t> state_at(row_used_.size());
    for (std::uint32_t state = 2; state < rows_.size(); ++state) state_at[place_of_[state]] = state;
    automaton_.accept_begin_.assign(1, 0);
    for (std::uint32_t const state : state_at) {
      if (state != 0) {
        for (std::uint32_t const member : *sets_[state]) {
          std::int64_t const segment = nfa_.state(member).accepts;
          if (segment >= 0) automaton_.accepted_.push_back(static_cast<std::uint32_t>(segment));
        }
      }
      automaton_.accept_begin_.push_back(static_cast<std::uint32_t>(automaton_.accepted_.size()));
    }
  }

  WordTable const& words_;
  SegmentNfa nfa_;
  std::unordered_map<StateSet, std::uint32_t, SetHash> numbers_;
  std::vector<StateSet const*> sets_;  ///< by state, owned by numbers_
  std::vector<Row> rows_;
  std::vector<std::uint64_t> seen_;  ///< by state of the NFA: the last closure it was in
  std::uint64_t round_ = 0;
  std::size_t symbol_count_ = 0;
  std::vector<std::uint32_t> place_of_;  ///< by state: its row
  std::vector<std::uint32_t> owners_;    ///< by slot: the row it belongs to, or 0
  std::vector<bool> row_used_{true};     ///< row 0 is the dead state's
  std::size_t first_free_ = 0;
  std::size_t first_unused_row_ = 0;
  std::size_t frontier_ = 1;  ///< where larger rows are tried
  SegmentAutomaton automaton_;
};

base::Result<SegmentAutomaton> SegmentAutomaton::build(std::span<Expression const> segments, WordTable const& words) {
  return SegmentAutomatonBuilder{segments, words}.build();
}

}  // namespace rapport::signals

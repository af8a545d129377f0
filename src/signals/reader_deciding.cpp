#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

#include "signals/reader_state.hpp"

/// What a reader decides: which of the raw firings stand, in the order of the signals' ranks.
namespace rapport::signals {
namespace {

/// The order in which firings are handed out.
bool comes_first(Occurrence const& one, Occurrence const& other) {
  return std::tie(one.at_ms, one.event, one.position, one.signal) < std::tie(other.at_ms, other.event, other.position, other.signal);
}

/// Where a firing of one signal stands; two sources that found the same thing have the same place.
auto place_of(Occurrence const& one) {
  return std::tuple{one.at_ms, one.event, one.position, one.range.begin, one.range.end, one.by, one.item};
}
bool same_firing(Occurrence const& one, Occurrence const& other) { return place_of(one) == place_of(other); }
/// The surest first where two sources found the same thing.
bool has_earlier_place(Occurrence const& one, Occurrence const& other) {
  return place_of(one) < place_of(other) || (same_firing(one, other) && one.confidence > other.confidence);
}

/// A stable sort. An event fires a handful of signals: inserting each at its place then costs less
/// than the memory that std::stable_sort asks for.
template <typename Element, typename Less>
void sort_few(std::vector<Element>& elements, Less less) {
  constexpr std::size_t few = 32;
  if (elements.size() > few) {
    std::ranges::stable_sort(elements, less);
    return;
  }
  for (std::size_t index = 1; index < elements.size(); ++index) {
    if (!less(elements[index], elements[index - 1])) continue;
    Element const moved = elements[index];
    std::size_t place = index;
    for (; place > 0 && less(moved, elements[place - 1]); --place) elements[place] = elements[place - 1];
    elements[place] = moved;
  }
}

}  // namespace

void Reader::State::put_in_order(std::vector<Occurrence>& firings) { sort_few(firings, comes_first); }

/// Decides every signal that has raw firings, a prompt or a detector to be asked, in order of rank.
/// Firings that stand are passed on to signals of higher rank while it goes.
void Reader::State::decide(Asked asked) {
  if (asked.listeners != nullptr) {
    for (std::size_t index = 0; index < ranks.size(); ++index) ranks[index] |= asked.listeners->ranks[index];
  }
  for (std::size_t index = 0; index < ranks.size(); ++index) {
    while (ranks[index] != 0) {
      std::size_t const rank = index * 64 + static_cast<std::size_t>(std::countr_zero(ranks[index]));
      ranks[index] &= ranks[index] - 1;
      SignalId const signal = lexicon.by_rank[rank];
      if (first_raw[rank] >= 0) take_raw(rank);
      if (asked.moment != nullptr) {
        Emitter emit{signal, of_signal};
        for (std::uint32_t const each : asked.listeners->of_rank(rank)) detector(each).read(*asked.moment, emit);
      }
      if (!of_signal.empty()) decide_firings(lexicon.signals[signal]);
    }
  }
  raw.clear();
}

/// Of the firings of one signal the repeated fall out, the surest staying, and those stand of which the filters approve.
void Reader::State::decide_firings(CompiledSignal const& compiled) {
  if (of_signal.size() > 1) {
    sort_few(of_signal, has_earlier_place);
    auto const repeats = std::ranges::unique(of_signal, same_firing);
    of_signal.erase(repeats.begin(), repeats.end());
  }
  let_stand(compiled);
  of_signal.clear();
}

/// Moves the raw firings of a signal, as they came, to those that are being decided.
void Reader::State::take_raw(std::size_t rank) {
  for (std::int32_t at = first_raw[rank]; at >= 0; at = raw[static_cast<std::size_t>(at)].next) {
    of_signal.push_back(raw[static_cast<std::size_t>(at)].occurrence);
  }
  first_raw[rank] = -1;
  std::ranges::reverse(of_signal);
}

/// Firings of which the filters approve stand.
void Reader::State::let_stand(CompiledSignal const& compiled) {
  auto const may_say = [&](Occurrence const& occurrence) { return (compiled.speakers >> static_cast<unsigned>(occurrence.by) & 1U) != 0; };
  if (compiled.filters.empty()) {
    for (Occurrence const& occurrence : of_signal) {
      if (may_say(occurrence)) stand(compiled, occurrence);
    }
    return;
  }
  constexpr std::size_t few = 16;  // that many look for themselves sooner than their company is worked out
  Surroundings const around{head, conversation, words, memory, fired};
  std::vector<Company> companies;
  std::uint32_t const event = of_signal.front().event;
  if (of_signal.size() > few) {
    for (FilterRule const& filter : compiled.filters) companies.push_back(filter.company_in(event, around));
  }
  auto const allows = [&](Occurrence const& occurrence, std::size_t index) {
    // Its own firings come to stand while it is being decided.
    bool const known = !companies.empty() && occurrence.event == event && !compiled.filters[index].asks_about(occurrence.signal);
    return compiled.filters[index].allows(occurrence, around, known ? &companies[index] : nullptr);
  };
  for (Occurrence const& occurrence : of_signal) {
    bool stands = may_say(occurrence);
    for (std::size_t index = 0; stands && index < compiled.filters.size(); ++index) stands = allows(occurrence, index);
    if (stands) stand(compiled, occurrence);
  }
}

/// The firing wakes whoever waits for it, and is passed on to the signals that list its own.
void Reader::State::stand(CompiledSignal const& compiled, Occurrence const& occurrence) {
  fired.push_back(occurrence);
  for (std::uint32_t const rank : compiled.wakes) ranks[rank / 64] |= std::uint64_t{1} << rank % 64;
  for (SignalId const other : compiled.passes_to) {
    Occurrence passed = occurrence;
    passed.signal = other;
    add_raw(passed);
  }
}

/// Hands out what has fired, in order, and remembers it.
void Reader::State::settle(std::vector<Occurrence>& out) {
  if (fired.empty()) return;
  order.resize(fired.size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  sort_few(order, [this](std::uint32_t one, std::uint32_t other) { return comes_first(fired[one], fired[other]); });
  for (std::uint32_t const place : order) {
    Occurrence const& occurrence = fired[place];
    std::int32_t const slot = lexicon.signals[occurrence.signal].slot;
    if (slot >= 0) memory.note_firing(static_cast<std::size_t>(slot), occurrence, conversation);
    out.push_back(occurrence);
  }
  fired.clear();
}

}  // namespace rapport::signals

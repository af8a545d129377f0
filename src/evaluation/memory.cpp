#include "evaluation/memory.hpp"

#include "base/assert.hpp"

namespace rapport::evaluation {

using signals::Occurrence;

namespace {

bool within_bound(playbook::Bound const& bound, Occurrence const& firing, Counts const& then,
                  Occurrence const& trigger, Counts const& now) {
  bool const bounded = bound.time_ms || bound.agent_turns || bound.customer_turns || bound.speech_ms;
  if (!bounded) return true;
  if (bound.time_ms && trigger.at_ms - firing.end_ms <= *bound.time_ms) return true;
  if (bound.agent_turns && now.agent_turns - then.agent_turns <= *bound.agent_turns) return true;
  if (bound.customer_turns && now.customer_turns - then.customer_turns <= *bound.customer_turns) return true;
  return bound.speech_ms && now.speech_before_ms - then.speech_ms <= *bound.speech_ms;
}

}  // namespace

void Memory::remember(Occurrence const& firing, Counts const& counts, bool by_item) {
  Kept const kept{firing, counts};
  keep(all_, kept);
  if (by_item) keep(by_item_[firing.item], kept);
}

void Memory::keep(Pair& pair, Kept const& kept) {
  pair.latest = kept;
  if (!pair.longest || pair.longest->firing.end_ms <= kept.firing.end_ms) pair.longest = kept;
}

Memory::Pair const* Memory::pair_of(std::optional<std::uint64_t> item) const {
  if (!item) return &all_;
  auto const found = by_item_.find(*item);
  return found == by_item_.end() ? nullptr : &found->second;
}

Occurrence const* Memory::in_time(Occurrence const& trigger, Counts const& counts, playbook::Bound const& bound,
                                  std::optional<std::uint64_t> item) const {
  Pair const* pair = pair_of(item);
  if (pair == nullptr) return nullptr;
  for (auto const* kept : {&pair->latest, &pair->longest}) {
    if (*kept && within_bound(bound, (*kept)->firing, (*kept)->counts, trigger, counts)) return &(*kept)->firing;
  }
  return nullptr;
}

Occurrence const* Memory::in_reach(Occurrence const& trigger, Counts const& counts, signals::Reach reach,
                                   std::optional<std::uint64_t> item) const {
  Pair const* pair = pair_of(item);
  if (pair == nullptr || !pair->latest) return nullptr;
  Kept const& latest = *pair->latest;
  return same_reach(reach, latest.firing, latest.counts.turn, trigger, counts.turn) ? &latest.firing : nullptr;
}

bool same_reach(signals::Reach reach, Occurrence const& one, std::uint32_t turn_of_one, Occurrence const& other,
                std::uint32_t turn_of_other) {
  switch (reach) {
    case signals::Reach::sentence:
      return one.event == other.event && one.sentence == other.sentence;
    case signals::Reach::event:
      return one.event == other.event;
    case signals::Reach::turn:
      return turn_of_one == turn_of_other;
  }
  RAPPORT_ASSERT(false);
}

}  // namespace rapport::evaluation

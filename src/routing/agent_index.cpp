#include "routing/agent_index.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace rapport::routing {
namespace {

constexpr std::size_t word_bits = 64;
/// So many agents are tried in order of idleness before the rows are read whole: about where both cost the
/// same.
constexpr std::size_t tried_in_order = 256;
/// From so many free agents on it pays to look for the highest levels first.
constexpr std::size_t many = 4'096;

std::size_t row_number(SkillId skill, std::size_t level) {
  return static_cast<std::size_t>(skill) * limits::proficiency_max + level - 1;
}

}  // namespace

bool AgentIndex::test(Bits const& bits, AgentNumber number) {
  std::size_t const word = number / word_bits;
  return word < bits.size() && (bits[word] >> (number % word_bits) & 1U) != 0;
}

void AgentIndex::set(Bits& bits, AgentNumber number, bool value) {
  std::size_t const word = number / word_bits;
  if (word >= bits.size()) bits.resize(word + 1);
  std::uint64_t const bit = std::uint64_t{1} << (number % word_bits);
  bits[word] = value ? bits[word] | bit : bits[word] & ~bit;
}

void AgentIndex::set_levels(AgentNumber number, Levels had, Levels now_has) {
  std::size_t const skills = std::max(had.size(), now_has.size());
  if (rows_.size() < skills * limits::proficiency_max) rows_.resize(skills * limits::proficiency_max);
  if (levels_.size() < skills) levels_.resize(skills);
  for (std::size_t skill = 0; skill < skills; ++skill) {
    std::size_t const before = skill < had.size() ? had[skill] : 0;
    std::size_t const after = skill < now_has.size() ? now_has[skill] : 0;
    for (std::size_t level = std::min(before, after) + 1; level <= std::max(before, after); ++level) {
      set(rows_[row_number(static_cast<SkillId>(skill), level)], number, level <= after);
    }
    if (before == after) continue;
    if (levels_[skill].size() <= number) levels_[skill].resize(number + 1);
    levels_[skill][number] = static_cast<std::uint8_t>(after);
  }
}

void AgentIndex::set_room(AgentNumber number, AgentId id, unsigned now_room, base::Instant idle_since,
                          std::uint8_t in_hand) {
  if (number >= known_.size()) {
    numbers_follow_ids_ =
        numbers_follow_ids_ && number == known_.size() && (known_.empty() || known_.back().idle.id < id);
    known_.resize(number + 1);
  }
  Known& known = known_[number];
  Idle const idle{idle_since, id, number};
  known.in_hand = in_hand;
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    bool const had = (known.room >> channel & 1U) != 0;
    bool const has = (now_room >> channel & 1U) != 0;
    if (had && (!has || known.idle != idle)) idle_[channel].erase(known.idle);
    if (has && (!had || known.idle != idle)) idle_[channel].insert(idle);
    if (had != has) set(free_[channel], number, has);
  }
  known.room = now_room;
  known.idle = idle;
}

AgentIndex::Bits const* AgentIndex::row(SkillLevel wanted) const {
  std::size_t const number = row_number(wanted.skill, wanted.level);
  return number < rows_.size() ? &rows_[number] : nullptr;
}

AgentIndex::Rows AgentIndex::rows_for(std::span<SkillLevel const> needs) const {
  Rows rows;
  for (SkillLevel const wanted : needs) {
    Bits const* const bits = row(wanted);
    if (bits == nullptr)
      rows.nobody = true;
    else
      rows.bits[rows.count++] = bits;
  }
  return rows;
}

bool AgentIndex::Rows::has(AgentNumber number) const {
  return std::all_of(bits.begin(), bits.begin() + static_cast<std::ptrdiff_t>(count),
                     [&](Bits const* row) { return test(*row, number); });
}

/// Calls `stop` with the agents who have room and are in all rows, by number, until it returns true.
template <typename Stop>
void AgentIndex::walk_eligible(domain::Channel channel, Rows const& rows, Stop&& stop) const {
  Bits const& free = free_[static_cast<std::size_t>(channel)];
  std::size_t words = free.size();
  for (std::size_t i = 0; i < rows.count; ++i) words = std::min(words, rows.bits[i]->size());
  for (std::size_t word = 0; word < words; ++word) {
    std::uint64_t bits = free[word];
    for (std::size_t i = 0; i < rows.count && bits != 0; ++i) bits &= (*rows.bits[i])[word];
    for (; bits != 0; bits &= bits - 1) {
      if (stop(static_cast<AgentNumber>(word * word_bits + static_cast<std::size_t>(std::countr_zero(bits)))))
        return;
    }
  }
}

AgentNumber AgentIndex::pick(Strategy strategy, domain::Channel channel, Requirement const& needs) const {
  if (free(channel) == 0) return none;
  Rows const rows = rows_for(needs.skills());
  if (rows.nobody) return none;
  switch (strategy) {
    case Strategy::longest_idle:
      return longest_idle(channel, rows);
    case Strategy::most_skilled:
      return most_skilled(channel, rows, needs);
    case Strategy::least_loaded:
      return least_loaded(channel, rows);
  }
  return none;
}

AgentNumber AgentIndex::longest_idle(domain::Channel channel, Rows const& rows) const {
  AgentNumber best = none;
  std::size_t tried = 0;
  auto const& in_order = idle_[static_cast<std::size_t>(channel)];
  bool const stopped = in_order.walk([&](Idle const& idle) {
    if (rows.has(idle.number)) best = idle.number;
    return best != none || ++tried == tried_in_order;
  });
  if (best != none || !stopped) return best;
  walk_eligible(channel, rows, [&](AgentNumber number) {
    if (best == none || known_[number].idle < known_[best].idle) best = number;
    return false;
  });
  return best;
}

std::uint8_t AgentIndex::level(AgentNumber number, SkillId skill) const {
  auto const& of_skill = levels_[static_cast<std::size_t>(skill)];
  return number < of_skill.size() ? of_skill[number] : 0;
}

AgentNumber AgentIndex::first_in(domain::Channel channel, Rows const& rows) const {
  AgentNumber first = none;
  walk_eligible(channel, rows, [&](AgentNumber number) {
    first = number;
    return true;
  });
  return first;
}

/// Who has at least this level, from the highest level down: the first found has it exactly.
AgentNumber AgentIndex::best_of_one(domain::Channel channel, SkillLevel wanted) const {
  for (std::uint8_t level = limits::proficiency_max; level >= wanted.level; --level) {
    AgentNumber const found = first_in(channel, rows_for(std::array{SkillLevel{wanted.skill, level}}));
    if (found != none) return found;
  }
  return none;
}

/// The same for the sum of two: all pairs of levels that make it, from the highest sum down.
AgentNumber AgentIndex::best_of_two(domain::Channel channel, SkillLevel one, SkillLevel two) const {
  constexpr int most = limits::proficiency_max;
  for (int sum = 2 * most; sum >= one.level + two.level; --sum) {
    AgentNumber best = none;
    for (int level = std::max<int>(one.level, sum - most); level <= std::min(most, sum - two.level);
         ++level) {
      SkillLevel const first{one.skill, static_cast<std::uint8_t>(level)};
      SkillLevel const second{two.skill, static_cast<std::uint8_t>(sum - level)};
      best = std::min(best, first_in(channel, rows_for(std::array{first, second})));
    }
    if (best != none) return best;
  }
  return none;
}

AgentNumber AgentIndex::most_skilled(domain::Channel channel, Rows const& rows,
                                     Requirement const& needs) const {
  auto const skills = needs.skills();
  if (numbers_follow_ids_ && skills.size() <= 2 && free(channel) > many) {
    if (skills.empty()) return first_in(channel, rows);
    return skills.size() == 1 ? best_of_one(channel, skills[0]) : best_of_two(channel, skills[0], skills[1]);
  }
  AgentNumber best = none;
  int best_sum = -1;
  walk_eligible(channel, rows, [&](AgentNumber number) {
    int sum = 0;
    for (SkillLevel const wanted : needs.skills()) sum += level(number, wanted.skill);
    if (sum < best_sum || (sum == best_sum && known_[best].idle.id < known_[number].idle.id)) return false;
    best = number;
    best_sum = sum;
    return false;
  });
  return best;
}

AgentNumber AgentIndex::least_loaded(domain::Channel channel, Rows const& rows) const {
  AgentNumber best = none;
  walk_eligible(channel, rows, [&](AgentNumber number) {
    auto const key = [&](AgentNumber of) { return std::tie(known_[of].in_hand, known_[of].idle.id); };
    if (best == none || key(number) < key(best)) best = number;
    return numbers_follow_ids_ && known_[best].in_hand == 0;  // nobody further on is better
  });
  return best;
}

}  // namespace rapport::routing

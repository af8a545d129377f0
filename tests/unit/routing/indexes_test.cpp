// The indexes in numbers at which their short cuts matter, against looking at everybody.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "routing/agent_index.hpp"
#include "routing/contact_index.hpp"

namespace rapport::routing {
namespace {

constexpr base::Instant indexes_start{1'000'000'000};

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  Requirement needs(std::uint32_t skills, std::uint32_t level) {
    Requirement wanted;
    for (std::uint32_t left = below(4); left > 0; --left) {
      EXPECT_TRUE(wanted.add({SkillId(below(skills)), static_cast<std::uint8_t>(1 + below(level))}));
    }
    return wanted;
  }

 private:
  std::mt19937_64 random_;
};

struct Person {
  AgentId id;
  std::vector<std::uint8_t> levels;
  unsigned room = 0;
  base::Instant idle_since;
  std::uint8_t in_hand = 0;
};

/// The strategy as a number, the least is best.
std::int64_t value_of(Strategy strategy, Person const& person, Requirement const& needs) {
  switch (strategy) {
    case Strategy::longest_idle:
      return person.idle_since.since_epoch;
    case Strategy::least_loaded:
      return person.in_hand;
    case Strategy::most_skilled:
      return -needs.proficiency(person.levels);
  }
  return 0;
}

AgentNumber obvious_pick(std::vector<Person> const& people, Strategy strategy, domain::Channel channel,
                         Requirement const& needs) {
  AgentNumber best = none;
  for (AgentNumber number = 0; number < people.size(); ++number) {
    Person const& person = people[number];
    bool const free = (person.room >> static_cast<unsigned>(channel) & 1U) != 0;
    if (!free || !needs.met_by(person.levels)) continue;
    auto const key = [&](AgentNumber of) {
      return std::pair{value_of(strategy, people[of], needs), people[of].id};
    };
    if (best == none || key(number) < key(best)) best = number;
  }
  return best;
}

/// `ascending`: agents came in order of their ids, as they do where ids are made by time.
void compare_agents(std::uint64_t seed, std::uint32_t count, std::uint32_t free_of_100, bool ascending) {
  Dice dice{seed};
  AgentIndex index;
  std::vector<Person> people(count);
  for (AgentNumber number = 0; number < count; ++number) {
    Person& person = people[number];
    person.id = {ascending ? number : dice.below(1'000), number + 1};
    for (int skill = 0; skill < 12; ++skill)
      person.levels.push_back(static_cast<std::uint8_t>(dice.below(3) == 0 ? dice.below(11) : 0));
    index.set_levels(number, {}, person.levels);
  }
  auto const change = [&](AgentNumber number) {
    Person& person = people[number];
    person.room = dice.below(100) < free_of_100 ? 1U + dice.below(3) : 0;
    person.idle_since = indexes_start + dice.below(500);
    person.in_hand = static_cast<std::uint8_t>(dice.below(3));
    index.set_room(number, person.id, person.room, person.idle_since, person.in_hand);
  };
  for (AgentNumber number = 0; number < count; ++number) change(number);
  for (int round = 0; round < 150; ++round) {
    AgentNumber const other = dice.below(count);
    change(other);
    auto const levels = people[dice.below(count)].levels;
    index.set_levels(other, people[other].levels, levels);
    people[other].levels = levels;
    Requirement const needs = dice.needs(12, 10);
    for (Strategy const strategy : {Strategy::longest_idle, Strategy::most_skilled, Strategy::least_loaded}) {
      auto const channel = static_cast<domain::Channel>(dice.below(2));
      ASSERT_EQ(index.pick(strategy, channel, needs), obvious_pick(people, strategy, channel, needs))
          << "seed " << seed << ", strategy " << static_cast<int>(strategy) << ", skills "
          << needs.skills().size();
    }
  }
}

TEST(AgentIndex, PicksWhomLookingAtEverybodyPicks) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    compare_agents(seed, 70, 50, seed % 2 == 0);
    compare_agents(seed, 3'000, 5, seed % 2 == 0);
    compare_agents(seed, 8'000, 90, seed % 2 == 0);
  }
}

TEST(AgentIndex, NobodyHasASkillThatNobodyWasGiven) {
  AgentIndex index;
  std::vector<std::uint8_t> const levels{3};
  index.set_levels(0, {}, levels);
  index.set_room(0, {1, 1}, 1, indexes_start, 0);
  Requirement needs;
  EXPECT_EQ(index.pick(Strategy::longest_idle, domain::Channel::voice, needs), 0U);
  EXPECT_TRUE(needs.add({SkillId{900}, 1}));
  EXPECT_EQ(index.pick(Strategy::longest_idle, domain::Channel::voice, needs), none);
}

/// Thousands wait under different rules, come and go while time passes and ages them.
TEST(ContactIndex, FindsWhomLookingAtEverybodyFinds) {
  Dice dice{7};
  ContactIndex index;
  std::vector<std::shared_ptr<Queue const>> rules;
  for (std::uint32_t number = 0; number < 6; ++number) {
    auto queue = std::make_shared<Queue>();
    queue->priority = static_cast<std::uint8_t>(dice.below(8));
    queue->age_every_ms = number % 3 * 40 * base::second;
    rules.push_back(queue);
  }
  std::map<ContactNumber, Contact> waiting;
  base::Instant now = indexes_start;
  ContactNumber next = 0;
  for (int step = 0; step < 6'000; ++step) {
    now = now + dice.below(200);
    if (dice.below(5) < 3 || waiting.empty()) {
      Contact contact;
      contact.id = {dice.below(3), next + 1};
      contact.rules = rules[dice.below(6)];
      contact.channel = static_cast<domain::Channel>(dice.below(2));
      contact.boost = static_cast<std::uint8_t>(dice.below(4) == 0 ? dice.below(11) : 0);
      contact.effective_entry =
          now + -static_cast<base::Millis>(dice.below(4) == 0 ? dice.below(200'000) : 0);
      contact.needs = dice.needs(4, 3);
      contact.group = index.insert(next, contact, now);
      waiting[next++] = contact;
      continue;
    }
    std::vector<std::uint8_t> levels;
    for (int skill = 0; skill < 4; ++skill) levels.push_back(static_cast<std::uint8_t>(dice.below(5)));
    unsigned const channels = 1 + dice.below(3);
    auto best = waiting.end();
    for (auto one = waiting.begin(); one != waiting.end(); ++one) {
      bool const served = (channels >> static_cast<unsigned>(one->second.channel) & 1U) != 0;
      if (!served || !one->second.needs.met_by(levels)) continue;
      if (best == waiting.end() || rank(one->second, now) < rank(best->second, now)) best = one;
    }
    auto const found = index.first_for(levels, channels, now);
    ASSERT_EQ(found.number, best == waiting.end() ? none : best->first) << "step " << step;
    if (best == waiting.end()) continue;
    ASSERT_TRUE(found.rank == rank(best->second, now));
    auto const gone = dice.below(3) > 0 ? best : waiting.begin();
    index.erase(gone->first, gone->second, now);
    waiting.erase(gone);
  }
  EXPECT_GT(next, 3'000U);
}

}  // namespace
}  // namespace rapport::routing

// The tables that make routing fast, against the plain ones of the standard library.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <set>

#include "routing/alarms.hpp"
#include "routing/id_table.hpp"
#include "routing/ordered.hpp"
#include "routing/requirement.hpp"

namespace rapport::routing {
namespace {

RC_GTEST_PROP(Ordered, DoesWhatASetDoes, (std::uint64_t seed)) {
  std::mt19937_64 random{seed};
  Ordered<int> ordered;
  std::set<int> plain;
  int const range = 1 << (3 + random() % 12);
  for (int step = 0; step < 6'000; ++step) {
    // Mostly the pattern of a queue (at the end, from the front), at times anywhere.
    int const key =
        random() % 2 == 0 ? step + range : static_cast<int>(random() % static_cast<unsigned>(range));
    if (random() % 5 < 3 || plain.empty()) {
      if (plain.insert(key).second) ordered.insert(key);
    } else {
      auto const gone = random() % 2 == 0 ? plain.begin() : plain.lower_bound(key);
      if (gone == plain.end()) continue;
      ordered.erase(*gone);
      plain.erase(gone);
    }
    RC_ASSERT(ordered.size() == plain.size());
    if (!plain.empty()) RC_ASSERT(ordered.front() == *plain.begin());
    if (step % 97 != 0) continue;
    RC_ASSERT(ordered.count_before(key) ==
              static_cast<std::size_t>(std::distance(plain.begin(), plain.lower_bound(key))));
    std::vector<int> walked;
    ordered.walk([&](int one) { return walked.push_back(one), false; });
    RC_ASSERT(std::vector<int>(plain.begin(), plain.end()) == walked);
  }
}

TEST(Ordered, WalksOnlyAsFarAsAsked) {
  Ordered<int> ordered;
  for (int i = 0; i < 1'000; ++i) ordered.insert(i);
  int last = -1;
  EXPECT_TRUE(ordered.walk([&](int one) { return (last = one) == 700; }));
  EXPECT_EQ(last, 700);
  EXPECT_FALSE(ordered.walk([](int one) { return one < 0; }));
}

RC_GTEST_PROP(Alarms, TheEarliestIsAlwaysFirst, (std::uint64_t seed)) {
  std::mt19937_64 random{seed};
  Alarms alarms;
  std::map<std::uint32_t, std::int64_t> plain;
  std::int64_t const ahead = random() % 2 == 0 ? 50 : 50'000;  // within one bucket, or over many
  for (int step = 0; step < 2'000; ++step) {
    auto const number = static_cast<std::uint32_t>(random() % 200);
    if (random() % 3 == 0) {
      alarms.clear(number);
      plain.erase(number);
    } else {
      auto const when = static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(ahead)) - 20;
      alarms.set({{when}, 0, 1'000 - number, number});  // of equal moments the greatest number first
      plain[number] = when;
    }
    RC_ASSERT(alarms.empty() == plain.empty());
    if (plain.empty()) continue;
    auto best = plain.begin();
    for (auto one = plain.begin(); one != plain.end(); ++one) {
      if (one->second <= best->second) best = one;
    }
    RC_ASSERT(alarms.first().number == best->first);
    RC_ASSERT(alarms.first().when.since_epoch == best->second);
  }
}

RC_GTEST_PROP(IdTable, DoesWhatAMapDoes, (std::uint64_t seed)) {
  std::mt19937_64 random{seed};
  IdTable<ContactId> table;
  std::map<ContactId, std::uint32_t> plain;
  for (std::uint32_t step = 0; step < 4'000; ++step) {
    ContactId const id{random() % 3, random() % 300};
    if (plain.contains(id)) {
      RC_ASSERT(table.find(id) == plain.at(id));
      table.erase(id);
      plain.erase(id);
    } else {
      RC_ASSERT(table.find(id) == none);
      table.insert(id, step);
      plain[id] = step;
    }
    RC_ASSERT(table.size() == plain.size());
  }
  for (auto const& [id, number] : plain) RC_ASSERT(table.find(id) == number);
}

TEST(Requirement, KeepsTheHigherLevelAndRelaxesToTheLower) {
  Requirement needs;
  EXPECT_TRUE(needs.add({SkillId{3}, 2}));
  EXPECT_TRUE(needs.add({SkillId{1}, 5}));
  EXPECT_TRUE(needs.add({SkillId{3}, 1}));
  EXPECT_TRUE(needs.add({SkillId{9}, 0}));
  ASSERT_EQ(needs.skills().size(), 2U);
  EXPECT_EQ(needs.skills()[0], (SkillLevel{SkillId{1}, 5}));
  EXPECT_EQ(needs.skills()[1], (SkillLevel{SkillId{3}, 2}));
  needs.relax({SkillId{1}, 7});
  EXPECT_EQ(needs.skills()[0].level, 5);
  needs.relax({SkillId{1}, 4});
  EXPECT_EQ(needs.skills()[0].level, 4);
  needs.relax({SkillId{1}, 0});
  Requirement only;
  EXPECT_TRUE(only.add({SkillId{3}, 2}));
  EXPECT_EQ(needs, only);
}

TEST(Requirement, IsMetByEverySkillAtItsLevel) {
  Requirement needs;
  EXPECT_TRUE(needs.add({SkillId{0}, 2}));
  EXPECT_TRUE(needs.add({SkillId{2}, 1}));
  std::vector<std::uint8_t> const enough{2, 9, 1};
  std::vector<std::uint8_t> const less{1, 9, 9};
  std::vector<std::uint8_t> const fewer{9, 9};
  EXPECT_TRUE(needs.met_by(enough));
  EXPECT_FALSE(needs.met_by(less));
  EXPECT_FALSE(needs.met_by(fewer));
  EXPECT_EQ(needs.proficiency(enough), 3);
}

TEST(Requirement, HasRoomForSoManySkillsAndNoMore) {
  Requirement needs;
  for (std::uint16_t skill = 0; skill < Requirement::skills_max; ++skill)
    EXPECT_TRUE(needs.add({SkillId{skill}, 1}));
  EXPECT_FALSE(needs.add({SkillId{100}, 1}));
  EXPECT_TRUE(needs.add({SkillId{0}, 2}));
  EXPECT_FALSE(valid(needs)) << "a queue or contact may ask for half of them";
}

}  // namespace
}  // namespace rapport::routing

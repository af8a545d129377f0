#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "simulation/play.hpp"

namespace rapport::simulation {
namespace {

PhraseBook const& phrases() {
  static auto const read = embedded_phrase_book();
  EXPECT_TRUE(read) << (read ? "" : read.error().message);
  return *read;
}

Topic const& topic_for(Industry const& industry, Persona const& persona) {
  for (Topic const& topic : industry.topics) {
    if (persona.matters.empty() || std::ranges::find(persona.matters, topic.matter) != persona.matters.end()) return topic;
  }
  return industry.general();
}

std::vector<Scene> conversation(Industry const& industry, Persona const& persona, std::string_view level, std::uint64_t seed) {
  CustomerPart customer{phrases(), industry, persona, topic_for(industry, persona), "Grace Owen", seed};
  AgentPart agent{phrases(), industry, {"Ana", &phrases().level(level), ""}, "Grace Owen", seed + 1};
  return play(customer, agent, "Ana", 5'000);
}

std::string script(std::vector<Scene> const& scenes) {
  std::string all;
  for (Scene const& scene : scenes) {
    all += std::to_string(scene.at) + (scene.by_customer ? " customer " : " agent ") + std::to_string(static_cast<int>(scene.deed.kind)) + ' ' + scene.deed.text + '\n';
  }
  return all;
}

/// A conversation has got through: words of both sides, an end, a wrap-up with a reason, and no gap left open.
void expect_whole(std::vector<Scene> const& scenes) {
  auto const count = [&](bool by_customer, Deed::Kind kind) {
    return std::ranges::count_if(scenes, [&](Scene const& scene) { return scene.by_customer == by_customer && scene.deed.kind == kind; });
  };
  EXPECT_GE(count(true, Deed::Kind::say), 2);
  EXPECT_GE(count(false, Deed::Kind::say), 2);
  EXPECT_GE(count(true, Deed::Kind::end) + count(false, Deed::Kind::end), 1);
  ASSERT_EQ(count(false, Deed::Kind::wrap_up), 1);
  EXPECT_FALSE(std::ranges::find(scenes, Deed::Kind::wrap_up, [](Scene const& scene) { return scene.deed.kind; })->deed.reason.empty());
  for (Scene const& scene : scenes) {
    EXPECT_EQ(scene.deed.text.find('{'), std::string::npos) << scene.deed.text;
    EXPECT_TRUE(scene.deed.kind != Deed::Kind::say || !scene.deed.text.empty());
  }
  EXPECT_LT(scenes.back().at, 20 * base::minute);
}

TEST(Conversation, EveryPersonaGetsThroughWithAgentsOfEverySkillInEveryIndustry) {
  for (Industry const& industry : phrases().industries) {
    for (Persona const& persona : phrases().personas) {
      for (Level const& level : phrases().levels) {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
          SCOPED_TRACE(industry.brand + ' ' + persona.id + ' ' + level.id + ' ' + std::to_string(seed));
          auto const scenes = conversation(industry, persona, level.id, seed);
          expect_whole(scenes);
          if (testing::Test::HasFailure()) FAIL() << script(scenes);
        }
      }
    }
  }
}

TEST(Conversation, IsTheSameForTheSameSeedAndAnotherForAnother) {
  Industry const& industry = phrases().industries.front();
  Persona const& persona = phrases().personas.front();
  EXPECT_EQ(script(conversation(industry, persona, "good", 7)), script(conversation(industry, persona, "good", 7)));
  std::set<std::string> all;
  for (std::uint64_t seed = 0; seed < 30; ++seed) all.insert(script(conversation(industry, persona, "good", seed)));
  EXPECT_GE(all.size(), 28U);
}

TEST(Conversation, GoodAgentsResolveMoreThanPoorOnes) {
  std::map<std::string, int> resolved;
  for (char const* const level : {"expert", "poor"}) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      for (Scene const& scene : conversation(phrases().industries.front(), *phrases().persona("calm"), level, seed)) {
        if (scene.deed.kind == Deed::Kind::wrap_up && scene.deed.outcome == "resolved") ++resolved[level];
      }
    }
  }
  EXPECT_GT(resolved["expert"], 70);
  EXPECT_LT(resolved["poor"], resolved["expert"]);
}

TEST(Conversation, GriefIsFlaggedByAnExpert) {
  Industry const& energy = *phrases().industry("northwind");
  auto const scenes = conversation(energy, *phrases().persona("grieving"), "expert", 3);
  EXPECT_TRUE(std::ranges::any_of(scenes, [](Scene const& scene) { return scene.deed.kind == Deed::Kind::flag; })) << script(scenes);
}

TEST(Conversation, WhoAsksForASupervisorIsHandedToTheLeads) {
  Industry const& energy = *phrases().industry("northwind");
  Persona const& persona = *phrases().persona("escalating");
  int handed = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CustomerPart customer{phrases(), energy, persona, topic_for(energy, persona), "Leon Hall", seed};
    AgentPart agent{phrases(), energy, {"Ben", &phrases().level("expert"), "northwind-leads"}, "Leon Hall", seed};
    for (Scene const& scene : play(customer, agent, "Ben", 1'000)) handed += scene.deed.kind == Deed::Kind::transfer && scene.deed.text == "northwind-leads";
  }
  EXPECT_GT(handed, 10);
}

TEST(Conversation, ACustomerWhomNobodyAnswersLeavesTheQueue) {
  Industry const& industry = phrases().industries.front();
  CustomerPart customer{phrases(), industry, *phrases().persona("hurried"), industry.topics.front(), "Mei Chen", 1};
  AgentPart agent{phrases(), industry, {"Ana", &phrases().level("good"), ""}, "Mei Chen", 1};
  auto const scenes = play(customer, agent, "Ana", base::hour);
  ASSERT_FALSE(scenes.empty());
  EXPECT_EQ(scenes.back().deed.kind, Deed::Kind::end);
  EXPECT_TRUE(scenes.back().by_customer);
  EXPECT_LT(scenes.back().at, base::hour);
}

}  // namespace
}  // namespace rapport::simulation

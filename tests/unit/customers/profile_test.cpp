// Merging and un-merging without loss, what a merged customer has, and who matches.
#include "customers/profile.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "customers/json.hpp"
#include "unit/customers/random_profile.hpp"

namespace rapport::customers {
namespace {

base::Instant const now{1'750'000'000'000};
BrandLinks const no_links;

Profile customer(char const* id, char const* brand = "northwind") {
  Profile profile;
  profile.id = id;
  profile.brand = brand;
  return profile;
}
domain::Identifier const tel{"tel", "+442079460958", true};
domain::Identifier const mail{"email", "pat@example.com"};

Profile merged(Profile one, Profile other) { return *merge(std::move(one), std::move(other), no_links, now, "u-1"); }

TEST(Profile, AMergedCustomerHasWhatBothHad) {
  Profile pat = customer("c-1");
  pat.name = "Pat Brown";
  pat.identifiers = {tel};
  pat.facts = {{"city", domain::Value::of_text("Leeds"), "i-1", "e-1", {1'000}}, {"pet", domain::Value::of_text("cat"), "", "", {1'000}}};
  Profile caller = customer("c-2");
  caller.name = "P. Brown";
  caller.preferred_channel = "chat";
  caller.identifiers = {{"tel", "+442079460958", false}, mail};
  caller.facts = {{"city", domain::Value::of_text("York"), "i-2", "e-2", {2'000}}};

  Profile const both = merged(pat, caller);
  EXPECT_EQ(both.id, "c-1");
  EXPECT_EQ(full_name(both), "Pat Brown") << "the survivor's";
  EXPECT_EQ(preferred_channel(both), "chat") << "the first that speaks";
  EXPECT_EQ(language(both), "");
  EXPECT_EQ(identifiers(both), (std::vector<domain::Identifier>{tel, mail})) << "each once, verified in any is verified";
  auto const known = facts(both);
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0].value.text, "York") << "the latest";
  EXPECT_EQ(known[1].value.text, "cat");
  EXPECT_EQ(find_part(both, "c-2")->name, "P. Brown");
  EXPECT_EQ(find_part(both, "c-3"), nullptr);
}

TEST(Profile, OfFactsOfOneMomentTheSurvivorsStands) {
  Profile one = customer("c-1");
  one.facts = {{"city", domain::Value::of_text("Leeds"), "", "", {1'000}}};
  Profile other = customer("c-2");
  other.facts = {{"city", domain::Value::of_text("York"), "", "", {1'000}}};
  EXPECT_EQ(facts(merged(one, other)).front().value.text, "Leeds");
}

TEST(Profile, MergingRefuses) {
  auto const refusal = [](Profile one, Profile other) { return merge(std::move(one), std::move(other), no_links, now, "u").error(); };
  EXPECT_EQ(refusal(customer("c-1"), customer("c-1")), ProfileRefusal::same_customer);
  EXPECT_EQ(refusal(merged(customer("c-1"), customer("c-2")), customer("c-2")), ProfileRefusal::same_customer);
  EXPECT_EQ(refusal(customer("c-1"), customer("c-2", "contoso")), ProfileRefusal::other_brand);
  BrandLinks const links{{{"northwind", "contoso"}}};
  EXPECT_TRUE(merge(customer("c-1"), customer("c-2", "contoso"), links, now, "u"));

  Profile many = customer("c-0");
  for (std::size_t i = 1; i < limits::merged_parts_max; ++i) many = merged(std::move(many), customer(("c-" + std::to_string(i)).c_str()));
  EXPECT_EQ(refusal(many, customer("c-x")), ProfileRefusal::too_many_parts);

  Profile pat = customer("p-1");
  EXPECT_EQ(learn(pat, {std::string(limits::name_bytes_max + 1, 'n'), domain::Value::of_boolean(true), "", "", now}, nullptr), ProfileRefusal::too_big) << "it would not be read again";
  EXPECT_EQ(learn(pat, {"name", domain::Value::of_boolean(true), "", std::string(limits::name_bytes_max + 1, 'e'), now}, nullptr), ProfileRefusal::too_big);

  Profile deep = customer("d-0");
  for (std::size_t i = 1; i <= limits::merged_depth_max; ++i) deep = merged(customer(("d-" + std::to_string(i)).c_str()), std::move(deep));
  EXPECT_EQ(refusal(customer("d-x"), deep), ProfileRefusal::too_deep);
  EXPECT_EQ(name(ProfileRefusal::too_many_facts), "too_many_facts");
}

TEST(Profile, AnInnerPartIsTakenOutWithWhatItHadAbsorbed) {
  Profile const inner = merged(customer("c-2"), customer("c-3"));
  Profile const all = merged(merged(customer("c-1"), inner), customer("c-4"));
  auto const apart = unmerge(all, "c-2");
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->taken_out, inner);
  EXPECT_EQ(apart->remaining, merged(customer("c-1"), customer("c-4")));
  auto const deeper = unmerge(all, "c-3");
  ASSERT_TRUE(deeper);
  EXPECT_EQ(deeper->taken_out, customer("c-3"));
  EXPECT_EQ(unmerge(all, "c-1").error(), ProfileRefusal::not_merged) << "the survivor is no part of itself";
  EXPECT_EQ(unmerge(all, "c-9").error(), ProfileRefusal::not_merged);
}

TEST(Profile, WhatIsLearntSinceBelongsToThePartTheCustomerCameBy) {
  Profile caller = customer("c-2");
  caller.identifiers = {mail};
  Profile both = merged(customer("c-1"), caller);
  EXPECT_EQ(learn(both, {"city", domain::Value::of_text("York"), "", "", now}, &mail), std::nullopt);
  EXPECT_EQ(learn(both, {"pet", domain::Value::of_text("cat"), "", "", now}, &tel), std::nullopt) << "nobody holds it: the survivor's";
  EXPECT_EQ(add_identifier(both, tel, &mail), std::nullopt);
  auto const apart = unmerge(both, "c-2");
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->taken_out.facts.front().name, "city");
  EXPECT_EQ(apart->taken_out.identifiers, (std::vector<domain::Identifier>{mail, tel}));
  EXPECT_EQ(apart->remaining.facts.front().name, "pet");
}

TEST(Profile, WhatIsRemovedDoesNotComeBack) {
  Profile one = customer("c-1");
  one.identifiers = {tel};
  one.facts = {{"city", {}, "", "", now}};
  Profile other = one;
  other.id = "c-2";
  Profile both = merged(one, other);
  EXPECT_TRUE(remove_identifier(both, {"tel", "+442079460958"}));
  EXPECT_FALSE(remove_identifier(both, tel));
  EXPECT_TRUE(forget_fact(both, "city"));
  EXPECT_FALSE(forget_fact(both, "city"));
  auto const apart = unmerge(both, "c-2");
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->taken_out, customer("c-2"));
  EXPECT_EQ(apart->remaining, customer("c-1"));
}

TEST(Profile, ListsHaveLimits) {
  Profile one = customer("c-1");
  for (std::size_t i = 0; i < limits::identifiers_max; ++i) EXPECT_EQ(add_identifier(one, {"crm_id", std::to_string(i)}, nullptr), std::nullopt);
  EXPECT_EQ(add_identifier(one, {"crm_id", "more"}, nullptr), ProfileRefusal::too_many_identifiers);
  EXPECT_EQ(add_identifier(one, {"crm_id", "7", true}, nullptr), std::nullopt) << "held already";
  std::string const longest(limits::fact_bytes_max, 'x');
  EXPECT_EQ(learn(one, {"tale", domain::Value::of_text(longest + "x"), "", "", now}, nullptr), ProfileRefusal::too_big);
  Profile other = customer("c-2");
  other.identifiers = {{"crm_id", "another"}};
  EXPECT_EQ(merge(one, other, no_links, now, "u").error(), ProfileRefusal::too_many_identifiers);
  other.identifiers = {{"crm_id", "7"}};
  EXPECT_TRUE(merge(one, other, no_links, now, "u")) << "one that both have counts once";
  EXPECT_EQ(lookups(merged(one, other)).back(), "part:c-2");
  EXPECT_EQ(lookups(merged(one, other)).size(), limits::identifiers_max + 1);
  for (std::size_t i = 0; i < limits::facts_max; ++i) EXPECT_EQ(learn(one, {std::to_string(i), {}, "", "", now}, nullptr), std::nullopt);
  EXPECT_EQ(learn(one, {"more", {}, "", "", now}, nullptr), ProfileRefusal::too_many_facts);
  EXPECT_EQ(learn(one, {"7", domain::Value::of_text("anew"), "", "", now}, nullptr), std::nullopt) << "known already";
}

TEST(Profile, IsNoBiggerThanTheStoreTakes) {
  std::string const longest(limits::fact_bytes_max, '\x01');
  Profile one = customer("c-1");
  int taken = 0;
  while (!learn(one, {"tale " + std::to_string(taken), domain::Value::of_text(longest), "", "", now}, nullptr)) ++taken;
  EXPECT_EQ(taken, 9);
  EXPECT_LE(size_of(one), limits::profile_bytes_max);
  EXPECT_LE(to_json(one).size(), limits::document_bytes_max) << "though each byte is six in JSON";
  EXPECT_EQ(learn(one, {"tale 8", domain::Value::of_text(longest), "", "", now}, nullptr), std::nullopt) << "instead of the old one";
  Profile other = one;
  other.id = "c-2";
  EXPECT_EQ(merge(one, other, no_links, now, "u").error(), ProfileRefusal::too_big);
}

TEST(Match, ExactWithinTheBrandUnlessLinked) {
  std::vector<Profile> candidates{customer("c-3", "contoso"), customer("c-2"), customer("c-1"), customer("c-4")};
  candidates[0].identifiers = {tel};
  candidates[1].identifiers = {{"email", "Pat@example.com"}};
  candidates[2].identifiers = {{"tel", "+442079460959"}};
  candidates[3] = merged(candidates[3], [] {
    Profile inner = customer("c-5");
    inner.identifiers = {tel};
    return inner;
  }());
  std::vector<domain::Identifier> const came{{"tel", "+442079460958"}, mail};
  EXPECT_EQ(match(candidates, came, "northwind", no_links),
            (std::vector<Match>{{"c-4", "northwind", true}, {"c-2", "northwind", false}}));
  EXPECT_EQ(match(candidates, came, "northwind", BrandLinks{{{"northwind", "contoso"}}}),
            (std::vector<Match>{{"c-4", "northwind", true}, {"c-3", "contoso", true}, {"c-2", "northwind", false}}));
  EXPECT_TRUE(match(candidates, {}, "northwind", no_links).empty());
}

RC_GTEST_PROP(ProfileProperty, UnmergingGivesBothBack, ()) {
  Profile one = random_profile("c-1");
  Profile other = random_profile("c-2");
  if (*rc::gen::arbitrary<bool>()) one = merged(one, random_profile("c-3"));
  if (*rc::gen::arbitrary<bool>()) other = merged(other, random_profile("c-4"));
  auto const apart = unmerge(merged(one, other), "c-2");
  RC_ASSERT(static_cast<bool>(apart));
  RC_ASSERT(apart->remaining == one);
  RC_ASSERT(apart->taken_out == other);
}

bool holds(Profile const& part, domain::Identifier const& identifier) {
  return std::ranges::any_of(part.identifiers, [&](auto const& held) { return match_key(held) == match_key(identifier); });
}

/// One random change of the merged customer, and by the rule of the header of the two apart.
void change(Profile& both, Profile& one, Profile& other) {
  domain::Identifier const came_by = random_identifier();
  bool const known = *rc::gen::arbitrary<bool>();
  domain::Identifier const* const via = known ? &came_by : nullptr;
  Profile& part = known && !holds(one, came_by) && holds(other, came_by) ? other : one;
  switch (*rc::gen::inRange(0, 4)) {
    case 0: {
      Fact const fact = random_fact();
      learn(both, fact, via);
      learn(part, fact, nullptr);
      break;
    }
    case 1: {
      domain::Identifier const identifier = random_identifier();
      add_identifier(both, identifier, via);
      if (!holds(one, identifier) && !holds(other, identifier)) part.identifiers.push_back(identifier);
      for (Profile* const holder : {&one, &other}) {
        if (holds(*holder, identifier)) add_identifier(*holder, identifier, nullptr);
      }
      break;
    }
    case 2:
      remove_identifier(both, came_by);
      remove_identifier(one, came_by);
      remove_identifier(other, came_by);
      break;
    default:
      forget_fact(both, "f1");
      forget_fact(one, "f1");
      forget_fact(other, "f1");
  }
}

RC_GTEST_PROP(ProfileProperty, ChangesSinceBelongToThePartTheyWereMadeIn, ()) {
  Profile one = random_profile("c-1");
  Profile other = random_profile("c-2");
  Profile both = merged(one, other);
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) change(both, one, other);
  auto const apart = unmerge(both, "c-2");
  RC_ASSERT(static_cast<bool>(apart));
  RC_ASSERT(apart->remaining == one);
  RC_ASSERT(apart->taken_out == other);
}

}  // namespace
}  // namespace rapport::customers

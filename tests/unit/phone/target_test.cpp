// Which place of a trunk is tried first, and whose name a connection by TLS is expected to show.
#include "phone/target.hpp"

#include <gtest/gtest.h>

#include <array>

#include "base/phone_limits.hpp"
#include "phone/target_lookup.hpp"
#include "phone/tls_names.hpp"

namespace rapport::phone {
namespace {

Target at(char const* host, std::uint16_t priority, std::uint16_t weight) { return {*Address::parse(host, 5060), Transport::udp, priority, weight}; }

TEST(Targets, TheLowestPriorityIsTakenByWeight) {
  std::array const targets{at("192.0.2.1", 20, 100), at("192.0.2.2", 10, 2), at("192.0.2.3", 10, 0), at("192.0.2.4", 10, 5)};
  std::array<int, 4> taken{};
  for (std::uint32_t random = 0; random < 1'000; ++random) ++taken[first_choice(targets, random)];
  EXPECT_EQ(taken[0], 0) << "of a later priority";
  EXPECT_EQ(taken[1], 300);
  EXPECT_EQ(taken[2], 100) << "without a weight it is not left out";
  EXPECT_EQ(taken[3], 600);
}

Target at(char const* address, Transport transport) { return {*Address::parse(address, 5'060), transport}; }

TEST(WithPart, WhatIsNamedStandsBesideWhatAnswers) {
  Target const up = at("192.0.2.1", Transport::udp);
  Target const down = at("192.0.2.2", Transport::udp);
  Target const fresh = at("192.0.2.3", Transport::udp);
  std::vector<KnownTarget> const known{{up, true}, {down, false}};
  EXPECT_EQ(with_part(known, {fresh}), (std::vector{fresh, up}));
  EXPECT_EQ(with_part(known, {up}), std::vector{up});
  EXPECT_EQ(with_part(known, std::vector(limits::trunk_targets_max, fresh))->size(), limits::trunk_targets_max);
}

TEST(WithPart, NobodyLeavesTlsForWantOfAnAnswer) {
  Target const secure = at("192.0.2.1", Transport::tls);
  std::vector<KnownTarget> const known{{secure, false}};
  EXPECT_EQ(with_part(known, {at("192.0.2.1", Transport::udp)}), std::nullopt);
  EXPECT_EQ(with_part(known, {secure, at("192.0.2.2", Transport::udp)}), std::nullopt);
  EXPECT_EQ(with_part(known, {secure}), std::vector{secure});
}

std::vector<Target> known_at_once(TargetLookup::Wish wish) {
  TargetLookup lookup{nullptr, std::move(wish), [](Transport, int) { return true; }};
  std::vector<Target> targets;
  lookup.start([&](TargetLookup::Found const& found) { targets = found.targets; });
  return targets;
}

TEST(TargetLookup, AnAddressIsItsOwnAnswer) {
  auto const four = known_at_once({"192.0.2.7", 0, std::nullopt});
  ASSERT_EQ(four.size(), 1U);
  EXPECT_EQ(four[0].address.text(), "192.0.2.7:5060");
  EXPECT_EQ(four[0].transport, Transport::udp);
  auto const six = known_at_once({"[2001:db8::7]", 0, Transport::tls});
  ASSERT_EQ(six.size(), 1U);
  EXPECT_EQ(six[0].address.text(), "[2001:db8::7]:5061");
  EXPECT_EQ(known_at_once({"[2001:db8::7]", 5'070, Transport::tcp}).at(0).address.port(), 5'070);
}

TEST(TargetLookup, WithoutAServerOnlyTheHostsFileIsAsked) {
  EXPECT_FALSE(known_at_once({"localhost", 5'060, std::nullopt}).empty());
  EXPECT_TRUE(known_at_once({"nowhere.invalid", 0, std::nullopt}).empty());
}

TEST(TlsNames, AnAddressHasOneNameAsLongAsSomebodyWantsIt) {
  Address const here = *Address::parse("192.0.2.1", 5061);
  EXPECT_TRUE(expect_name(here, "a.example"));
  EXPECT_TRUE(expect_name(here, "a.example"));
  EXPECT_FALSE(expect_name(here, "b.example"));
  forget_name(here);
  EXPECT_FALSE(expect_name(here, "b.example"));
  forget_name(here);
  EXPECT_TRUE(expect_name(here, "b.example"));
  forget_name(here);
}

}  // namespace
}  // namespace rapport::phone

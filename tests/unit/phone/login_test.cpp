// Who may log a phone in, who is listened to, and where phones are.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/phone_limits.hpp"
#include "phone/digest.hpp"
#include "phone/registrations.hpp"
#include "phone/trust.hpp"

namespace rapport::phone {
namespace {

using base::Instant;

constexpr Instant now{1'700'000'000'000};
Address at(char const* host, std::uint16_t port = 5060) { return *Address::parse(host, port); }

TEST(Digest, SecretIsTheRfcsFirstHash) {
  // MD5("ana:rapport:secret"), by any other tool.
  EXPECT_EQ(digest_secret("ana", "secret"), "279199889723178bd4fbd3a2987a479f");
  EXPECT_NE(digest_secret("ana", "secret"), digest_secret("ben", "secret"));
}

TEST(Nonces, AreGoodOnceForEachCountAndForOneHost) {
  Nonces nonces{"key"};
  std::string const nonce = nonces.make("192.0.2.7", now);
  EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.7", now), Nonces::Found::good);
  EXPECT_EQ(nonces.use(nonce, 1, "192.0.2.7", now), Nonces::Found::foreign) << "said twice";
  EXPECT_EQ(nonces.use(nonce, 3, "192.0.2.7", now), Nonces::Found::good);
  EXPECT_EQ(nonces.use(nonce, 2, "192.0.2.7", now), Nonces::Found::foreign) << "an older one";
  EXPECT_NE(nonces.use(nonce, 4, "192.0.2.8", now), Nonces::Found::good);
  EXPECT_EQ(nonces.use(nonce, 0, "192.0.2.7", now), Nonces::Found::foreign) << "no count";
}

TEST(Nonces, TwoPhonesOfOneHostAtOneInstantLogInBoth) {
  Nonces nonces{"key"};
  std::string const one = nonces.make("192.0.2.7", now);
  std::string const other = nonces.make("192.0.2.7", now);
  EXPECT_EQ(nonces.use(one, 1, "192.0.2.7", now), Nonces::Found::good);
  EXPECT_EQ(nonces.use(other, 1, "192.0.2.7", now), Nonces::Found::good);
}

TEST(Nonces, GrowOldAndCannotBeMade) {
  Nonces nonces{"key"};
  std::string const nonce = nonces.make("h", now);
  EXPECT_EQ(nonces.use(nonce, 1, "h", now + limits::nonce_ms + 1), Nonces::Found::stale);
  EXPECT_EQ(Nonces{"another key"}.use(nonce, 1, "h", now), Nonces::Found::stale);
  std::string forged = nonce;
  forged[3] = forged[3] == '0' ? '1' : '0';  // of another time
  EXPECT_NE(nonces.use(forged, 1, "h", now), Nonces::Found::good);
  EXPECT_EQ(nonces.use("short", 1, "h", now), Nonces::Found::foreign);
}

Registrations with_two_agents() {
  Registrations registrations;
  registrations.set_accounts({{"a-1", "ana", "x"}, {"b-1", "ben", "y"}});
  return registrations;
}

TEST(Registrations, FindTheNewestUntilItExpires) {
  Registrations registrations = with_two_agents();
  EXPECT_EQ(registrations.find("a-1", now), nullptr);
  EXPECT_TRUE(registrations.add("a-1", {"old", at("192.0.2.1"), Transport::udp, now + 10'000}, now));
  EXPECT_TRUE(registrations.add("a-1", {"new", at("192.0.2.2"), Transport::tcp, now + 5'000}, now));
  EXPECT_EQ(registrations.find("a-1", now)->user, "new");
  EXPECT_EQ(registrations.find("a-1", now + 5'000)->user, "old");
  EXPECT_EQ(registrations.find("a-1", now + 10'000), nullptr);
  EXPECT_EQ(registrations.agents_at(at("192.0.2.2"), now), std::vector<std::string>{"a-1"});
  EXPECT_TRUE(registrations.agents_at(at("192.0.2.2"), now + 5'000).empty());
  EXPECT_TRUE(registrations.agents_at(at("192.0.2.2", 5061), now).empty());
}

TEST(Registrations, TheSamePhoneAgainIsOneBinding) {
  Registrations registrations = with_two_agents();
  for (int i = 1; i <= 3; ++i) registrations.add("a-1", {"u", at("192.0.2.1"), Transport::udp, now + i * 1'000}, now);
  EXPECT_EQ(registrations.size(), 1U);
  EXPECT_EQ(registrations.bindings("a-1", now).front().until, now + 3'000);
  registrations.remove("a-1", at("192.0.2.1"));
  EXPECT_EQ(registrations.size(), 0U);
}

TEST(Registrations, AFurtherPhonePushesOutTheOldest) {
  Registrations registrations = with_two_agents();
  for (std::uint16_t port = 1; port <= limits::registrations_per_agent_max + 1; ++port) registrations.add("a-1", {"u", at("192.0.2.1", port), Transport::udp, now + 1'000}, now);
  EXPECT_EQ(registrations.bindings("a-1", now).size(), limits::registrations_per_agent_max);
  EXPECT_TRUE(registrations.agents_at(at("192.0.2.1", 1), now).empty());
  EXPECT_EQ(registrations.size(), limits::registrations_per_agent_max);
}

TEST(Registrations, WhoMayNoLongerLogInIsNotThere) {
  Registrations registrations = with_two_agents();
  registrations.add("a-1", {"u", at("192.0.2.1"), Transport::udp, now + 1'000}, now);
  registrations.set_accounts({{"b-1", "ben", "y"}});
  EXPECT_EQ(registrations.account("ana"), nullptr);
  EXPECT_EQ(registrations.find("a-1", now), nullptr);
  EXPECT_TRUE(registrations.agents_at(at("192.0.2.1"), now).empty());
}

TEST(Registrations, ABrowserIsThereWithoutAPassword) {
  Registrations registrations = with_two_agents();
  registrations.add("c-1", {"c", at("127.0.0.1", 40'000), Transport::tcp, now + 1'000, true}, now);
  registrations.add("a-1", {"a", at("127.0.0.1", 40'001), Transport::tcp, now + 1'000, true}, now);
  registrations.add("a-1", {"a", at("192.0.2.1"), Transport::udp, now + 1'000}, now);
  registrations.set_accounts({{"b-1", "ben", "y"}});
  EXPECT_NE(registrations.find("c-1", now), nullptr) << "somebody else's account changed";
  ASSERT_EQ(registrations.bindings("a-1", now).size(), 1U) << "their telephone's account is gone";
  EXPECT_TRUE(registrations.bindings("a-1", now).front().browser);
  EXPECT_EQ(registrations.size(), 2U);
}

TEST(Registrations, OneAddressMayBeOfSeveral) {
  Registrations registrations = with_two_agents();
  registrations.add("a-1", {"a", at("192.0.2.1"), Transport::udp, now + 1'000}, now);
  registrations.add("b-1", {"b", at("192.0.2.1"), Transport::udp, now + 2'000}, now);
  auto agents = registrations.agents_at(at("192.0.2.1"), now);
  std::ranges::sort(agents);
  EXPECT_EQ(agents, (std::vector<std::string>{"a-1", "b-1"}));
  EXPECT_EQ(registrations.size(), 2U);
  registrations.remove("b-1", at("192.0.2.1"));
  EXPECT_EQ(registrations.agents_at(at("192.0.2.1"), now), std::vector<std::string>{"a-1"}) << "who logs out is no one else";
  registrations.add("a-1", {"a", at("192.0.2.1"), Transport::udp, now + 3'000}, now);
  EXPECT_EQ(registrations.agents_at(at("192.0.2.1"), now + 2'000), std::vector<std::string>{"a-1"});
  EXPECT_EQ(registrations.size(), 1U);
}

TEST(Trust, LoopbackAndTheNetworksNamed) {
  Trust const trust{{*Network::parse("192.0.2.0/28")}};
  EXPECT_TRUE(trust.trusts(at("127.0.0.1")));
  EXPECT_TRUE(trust.trusts(at("192.0.2.3")));
  EXPECT_FALSE(trust.trusts(at("192.0.2.16")));
}

TEST(Trust, WhoGuessesIsBannedForAWhileButNeverATrustedOne) {
  Trust trust{{*Network::parse("192.0.2.0/28")}};
  for (std::size_t i = 0; i < limits::phone_login_failures_max; ++i) {
    EXPECT_FALSE(trust.banned(at("198.51.100.1"), now));
    trust.failed(at("198.51.100.1", static_cast<std::uint16_t>(1'000 + i)), now);
    trust.failed(at("192.0.2.3"), now);
  }
  EXPECT_TRUE(trust.banned(at("198.51.100.1"), now));
  EXPECT_FALSE(trust.banned(at("198.51.100.2"), now));
  EXPECT_FALSE(trust.banned(at("192.0.2.3"), now));
  EXPECT_FALSE(trust.banned(at("198.51.100.1"), now + limits::phone_ban_ms));
  trust.succeeded(at("198.51.100.1"));
  EXPECT_FALSE(trust.banned(at("198.51.100.1"), now));
}

TEST(Trust, TakesSoManyCallsASecond) {
  Trust trust{{}};
  for (std::size_t i = 0; i < limits::phone_calls_per_second_max; ++i) EXPECT_TRUE(trust.admits_call(now));
  EXPECT_FALSE(trust.admits_call(now + 999));
  EXPECT_TRUE(trust.admits_call(now + 1'000));
}

}  // namespace
}  // namespace rapport::phone

#include "phone/address.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rapport::phone {
namespace {

TEST(Address, IsWrittenAsItWasRead) {
  for (char const* const host : {"127.0.0.1", "192.0.2.7", "::1", "2001:db8::7"}) {
    auto const address = Address::parse(host, 5060);
    ASSERT_TRUE(address) << host;
    EXPECT_EQ(address->host(), host);
    EXPECT_EQ(address->port(), 5060);
    EXPECT_EQ(Address::of(*address->raw()), *address);
  }
  EXPECT_EQ(Address::parse("::1", 7)->text(), "[::1]:7");
  EXPECT_EQ(Address::parse("127.0.0.1", 7)->text(), "127.0.0.1:7");
  for (char const* const wrong : {"", "localhost", "1.2.3", "1.2.3.4.5", "::g"}) EXPECT_FALSE(Address::parse(wrong, 1)) << wrong;
}

TEST(Address, KnowsItsKind) {
  EXPECT_TRUE(Address::parse("127.9.9.9", 0)->is_loopback());
  EXPECT_TRUE(Address::parse("::1", 0)->is_loopback());
  EXPECT_TRUE(Address::parse("::ffff:127.0.0.1", 0)->is_loopback());
  EXPECT_FALSE(Address::parse("128.0.0.1", 0)->is_loopback());
  EXPECT_TRUE(Address::parse("0.0.0.0", 0)->is_any());
  EXPECT_TRUE(Address::parse("::", 0)->is_any());
  EXPECT_FALSE(Address::parse("0.0.0.1", 0)->is_any());
  EXPECT_FALSE(Address{}.valid());
  EXPECT_FALSE(*Address::parse("127.0.0.1", 1) == *Address::parse("127.0.0.1", 2));
  EXPECT_FALSE(*Address::parse("127.0.0.1", 1) == *Address::parse("::1", 1));
}

TEST(Address, OfASocketOfBothFamiliesIsWhatItIs) {
  EXPECT_EQ(Address::parse("::ffff:192.0.2.1", 7)->unmapped().text(), "192.0.2.1:7");
  EXPECT_EQ(Address::parse("2001:db8::1", 7)->unmapped().text(), "[2001:db8::1]:7");
  EXPECT_EQ(Address::parse("192.0.2.1", 7)->unmapped().text(), "192.0.2.1:7");
}

TEST(Address, ThisMachineHasLoopback) {
  auto const local = Address::local(AF_INET);
  EXPECT_TRUE(std::ranges::any_of(local, [](Address const& address) { return address == *Address::parse("127.0.0.1", 0); }));
}

TEST(Address, IsPrivateWhereTheInternetDoesNotReach) {
  for (char const* const text : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.7.7", "169.254.1.1", "100.64.0.1", "::1", "fd00::1", "fe80::1", "::ffff:127.0.0.1"}) EXPECT_TRUE(Address::parse(text, 0)->is_private()) << text;
  for (char const* const text : {"172.32.0.1", "172.15.0.1", "192.0.2.7", "100.128.0.1", "8.8.8.8", "2001:db8::1", "fe00::1"}) EXPECT_FALSE(Address::parse(text, 0)->is_private()) << text;
}

TEST(Network, ThisMachineIsOnThatOfLoopback) {
  auto const local = Network::local();
  auto const on = [&](char const* text) { return std::ranges::any_of(local, [&](Network const& network) { return network.contains(*Address::parse(text, 0)); }); };
  EXPECT_TRUE(on("127.0.0.1"));
  EXPECT_FALSE(on("203.0.113.7")) << "which is nobody's";
}

TEST(Network, ContainsWhatBeginsAlike) {
  auto const contains = [](char const* network, char const* host) { return Network::parse(network)->contains(*Address::parse(host, 5060)); };
  EXPECT_TRUE(contains("10.0.0.0/8", "10.255.0.1"));
  EXPECT_FALSE(contains("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(contains("192.0.2.16/28", "192.0.2.31"));
  EXPECT_FALSE(contains("192.0.2.16/28", "192.0.2.32"));
  EXPECT_TRUE(contains("192.0.2.7", "192.0.2.7"));
  EXPECT_FALSE(contains("192.0.2.7", "192.0.2.6"));
  EXPECT_TRUE(contains("0.0.0.0/0", "8.8.8.8"));
  EXPECT_FALSE(contains("0.0.0.0/0", "::1"));
  EXPECT_TRUE(contains("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  for (char const* const wrong : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/8 ", "::/129", "ten/8"}) EXPECT_FALSE(Network::parse(wrong)) << wrong;
}

}  // namespace
}  // namespace rapport::phone

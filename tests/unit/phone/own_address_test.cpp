// Who is told which address of ours, where a router stands before us.
#include "phone/own_address.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace rapport::phone {
namespace {

Address host_at(char const* host, std::uint16_t port = 0) { return Address::parse(host, port).value(); }

std::string seen_as(OwnAddress const& own, char const* peer, char const* local) { return own.seen_by(host_at(peer, 5'060), host_at(local, 20'000)).text(); }

TEST(OwnAddress, IsTheExternalOneForWhoIsBeyondTheRouterAlone) {
  OwnAddress const own{host_at("203.0.113.7"), {Network::parse("192.168.1.0/24").value(), Network::parse("198.51.100.0/28").value()}};
  EXPECT_EQ(seen_as(own, "192.0.2.1", "192.168.1.5"), "203.0.113.7:20000") << "a trunk on the internet";
  EXPECT_EQ(seen_as(own, "192.168.1.20", "192.168.1.5"), "192.168.1.5:20000") << "a phone beside us";
  EXPECT_EQ(seen_as(own, "10.20.30.40", "192.168.1.5"), "192.168.1.5:20000") << "a branch, by a tunnel";
  EXPECT_EQ(seen_as(own, "198.51.100.9", "198.51.100.2"), "198.51.100.2:20000") << "on a network of ours that the internet reaches";
  EXPECT_EQ(seen_as(own, "198.51.100.17", "198.51.100.2"), "203.0.113.7:20000") << "beyond it";
  EXPECT_EQ(seen_as(own, "127.0.0.1", "127.0.0.1"), "127.0.0.1:20000");
}

TEST(OwnAddress, IsOfThePeersFamily) {
  OwnAddress const four{host_at("203.0.113.7"), {}};
  EXPECT_EQ(seen_as(four, "2001:db8::1", "2001:db8:1::5"), "[2001:db8:1::5]:20000");
  OwnAddress const six{host_at("2001:db8:9::7"), {}};
  EXPECT_EQ(seen_as(six, "2001:db8::1", "fd00::5"), "[2001:db8:9::7]:20000");
  EXPECT_EQ(seen_as(six, "192.0.2.1", "192.168.1.5"), "192.168.1.5:20000");
}

TEST(OwnAddress, WaysBeginAtTheRouterAndAreOfTheFamiliesOfTheSockets) {
  OwnAddress const own{host_at("203.0.113.7"), {}};
  auto const four = own.ways_to(host_at("0.0.0.0", 7), 8);
  ASSERT_GE(four.size(), 2U);
  EXPECT_EQ(four.front().text(), "203.0.113.7:7");
  for (Address const& way : four) EXPECT_EQ(way.family(), AF_INET);
  auto const both = own.ways_to(host_at("::", 7), 8);
  bool const has_six = !Address::local(AF_INET6).empty();
  EXPECT_EQ(std::ranges::any_of(both, [](Address const& way) { return way.family() == AF_INET6; }), has_six);
  EXPECT_EQ(own.ways_to(host_at("::", 7), 1).size(), 1U);
  auto const beyond = OwnAddress{host_at("2001:db8::7"), {}}.ways_to(host_at("0.0.0.0", 7), 8);
  EXPECT_TRUE(std::ranges::none_of(beyond, [](Address const& way) { return way.family() == AF_INET6; })) << "sockets of IPv4 are not told as any of IPv6";
}

TEST(OwnAddress, WithoutARouterIsWhatItIs) {
  OwnAddress const own{std::nullopt, {}};
  EXPECT_EQ(seen_as(own, "192.0.2.1", "198.51.100.2"), "198.51.100.2:20000");
}

}  // namespace
}  // namespace rapport::phone

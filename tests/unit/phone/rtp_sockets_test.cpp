// Sockets of both families take what comes by either, and tell where it came from.
#include "phone/rtp_sockets.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

namespace rapport::phone {
namespace {

/// Where what was sent to this address came from, as the socket tells it; not valid: it did not come.
Address came_from(Descriptor const& socket, Address const& to) {
  Descriptor const sender{::socket(to.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  char const byte = 1;
  if (::sendto(sender.number(), &byte, 1, 0, to.raw(), to.raw_size()) != 1) return {};
  pollfd waits{socket.number(), POLLIN, 0};
  if (::poll(&waits, 1, 10'000) != 1) return {};
  sockaddr_storage from{};
  socklen_t size = sizeof from;
  char read = 0;
  if (::recvfrom(socket.number(), &read, 1, 0, reinterpret_cast<sockaddr*>(&from), &size) != 1) return {};
  return Address::of(reinterpret_cast<sockaddr const&>(from));
}

TEST(RtpSockets, OneForAllIsReachedByBothFamilies) {
  PortPool pool{42'000, 42'200};
  auto const sockets = pool.open_to_all();
  ASSERT_TRUE(sockets);
  EXPECT_TRUE(sockets->local.is_any());
  Address const four = came_from(sockets->rtp, *Address::parse("127.0.0.1", sockets->local.port()));
  ASSERT_TRUE(four.valid());
  EXPECT_EQ(four.unmapped().host(), "127.0.0.1");
  if (sockets->local.family() != AF_INET6) GTEST_SKIP() << "this machine has no IPv6";
  Address const six = came_from(sockets->rtp, *Address::parse("::1", sockets->local.port()));
  ASSERT_TRUE(six.valid());
  EXPECT_EQ(six.unmapped().host(), "::1");
}

TEST(RtpSockets, OneOfIpv6AloneIsNotReachedByIpv4) {
  PortPool pool{42'202, 42'400};
  auto const sockets = pool.open(*Address::parse("::1", 0));
  if (!sockets) GTEST_SKIP() << "this machine has no IPv6";
  EXPECT_TRUE(came_from(sockets->rtp, sockets->local).valid());
  auto const same_port = pool.open(*Address::parse("127.0.0.1", 0));
  EXPECT_TRUE(same_port) << "so another leg may have it";
}

}  // namespace
}  // namespace rapport::phone

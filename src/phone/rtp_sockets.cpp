#include "phone/rtp_sockets.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rapport::phone {
namespace {

constexpr int receive_buffer_bytes = 256 * 1'024;

/// Nothing where the port is taken. `both`: an address of IPv6 takes IPv4, too.
Descriptor bound(Address const& address, bool both, int& failure) {
  Descriptor socket{::socket(address.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  int const on = 1;
  bool done = static_cast<bool>(socket);
  if (done) ::setsockopt(socket.number(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (done) ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  int const alone = both ? 0 : 1;
  if (done && address.family() == AF_INET6) done = ::setsockopt(socket.number(), IPPROTO_IPV6, IPV6_V6ONLY, &alone, sizeof alone) == 0;
  if (done) done = ::bind(socket.number(), address.raw(), address.raw_size()) == 0;
  failure = done ? 0 : errno;
  return done ? std::move(socket) : Descriptor{};
}

}  // namespace

base::Result<RtpSockets> PortPool::open(Address const& host) { return open(host, false); }

base::Result<RtpSockets> PortPool::open_to_all() {
  auto both = open(Address::parse("::", 0).value(), true);
  return both ? std::move(both) : open(Address::parse("0.0.0.0", 0).value());  // a machine without IPv6
}

base::Result<RtpSockets> PortPool::open(Address const& host, bool both) {
  int const pairs = (last_ - first_ + 1) / 2;
  for (int tried = 0; tried < pairs; ++tried) {
    std::uint16_t const port = next_;
    next_ = last_ - port < 3 ? first_ : static_cast<std::uint16_t>(port + 2);
    int failure = 0;
    RtpSockets sockets{bound(host.with_port(port), both, failure), {}, host.with_port(port)};
    if (failure == 0) sockets.rtcp = bound(host.with_port(static_cast<std::uint16_t>(port + 1)), both, failure);
    if (failure == 0) return sockets;
    if (failure != EADDRINUSE) return base::Error{fmt::format("{}: {}", sockets.local.text(), std::strerror(failure))};
  }
  return base::Error{fmt::format("no pair of ports is free from {} to {}", first_, last_)};
}

}  // namespace rapport::phone

#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rapport::phone {

/// An IP address with a port. A value.
class Address {
 public:
  Address() = default;
  /// Nothing for what is no IPv4 or IPv6 address.
  static std::optional<Address> parse(std::string_view host, std::uint16_t port);
  /// This machine's, loopback's among them, of AF_INET or AF_INET6; those of one link alone are left out.
  static std::vector<Address> local(int family);
  /// REQUIRES: an address of IPv4 or IPv6.
  static Address of(sockaddr const& address);

  bool valid() const { return size_ != 0; }
  bool is_loopback() const;
  /// Of a network that has no place on the internet: loopback, one link, or private (RFC 1918, 3927, 4193, 4291,
  /// 6598). Whoever speaks from there, no router translates on the way.
  bool is_private() const;
  /// 0.0.0.0 or ::, all of this machine's.
  bool is_any() const;
  std::uint16_t port() const;
  Address with_port(std::uint16_t port) const;
  /// Of IPv4, where it is such a one as a socket of both families tells it (::ffff:192.0.2.1); else as it is.
  Address unmapped() const;
  bool same_host(Address const& other) const;
  /// "127.0.0.1", "::1".
  std::string host() const;
  /// "127.0.0.1:5060", "[::1]:5060".
  std::string text() const;

  sockaddr const* raw() const { return reinterpret_cast<sockaddr const*>(&storage_); }
  socklen_t raw_size() const { return size_; }
  int family() const { return storage_.ss_family; }

  bool operator==(Address const& other) const { return same_host(other) && port() == other.port(); }

 private:
  sockaddr_in const& four() const { return reinterpret_cast<sockaddr_in const&>(storage_); }
  sockaddr_in6 const& six() const { return reinterpret_cast<sockaddr_in6 const&>(storage_); }

  sockaddr_storage storage_{};
  socklen_t size_ = 0;
};

/// Addresses that begin alike: "10.0.0.0/8", "::1", "192.0.2.7".
class Network {
 public:
  static std::optional<Network> parse(std::string_view text);
  /// Those that this machine is on.
  static std::vector<Network> local();
  bool contains(Address const& address) const;

 private:
  Address base_;
  unsigned bits_ = 0;
};

}  // namespace rapport::phone

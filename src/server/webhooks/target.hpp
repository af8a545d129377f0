#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace rapport::server::webhooks {

/// Where deliveries may go: by https to the public internet and to the networks that the configuration
/// allows; without TLS to this very machine only, and only where its network is allowed.
class TargetPolicy {
 public:
  /// Allows the public internet alone.
  TargetPolicy() = default;
  /// `networks`: addresses, or networks such as 10.1.0.0/16. Error: one of them is neither.
  static base::Result<TargetPolicy> make(std::vector<std::string> const& networks);

  /// Whether a connection to the address (IPv4 or IPv6, no zone) may be opened. False for what is no address.
  bool allows(std::string_view address, bool tls) const;

 private:
  struct Network {
    std::array<std::uint8_t, 16> prefix{};  ///< an IPv4 address as IPv6 maps it
    std::size_t bits = 0;
  };
  std::vector<Network> networks_;
};

/// Where a delivery goes.
struct Target {
  bool tls = true;
  std::string host;  ///< a name, or an address without brackets
  std::uint16_t port = 443;
  std::string path;  ///< with the query: "/hooks?centre=1"

  /// As it is asked for.
  std::string url() const;
  bool operator==(Target const&) const = default;
};

/// Reads a URL: https, or http with a host of this machine; without user and fragment. A host that is an
/// address is held to the policy here; a name's addresses are when a connection is opened, so that no name
/// can lead inside. Error: what is wrong with it.
base::Result<Target> parse_target(std::string_view url, TargetPolicy const& policy);

/// Whether an address is one of the public internet: none of the special purposes of RFC 6890 and its
/// registries, also not wrapped into IPv6 (mapped, NAT64, 6to4). False for what is no address.
bool is_public(std::string_view address);

}  // namespace rapport::server::webhooks

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace rapport::server::webhooks {

/// What the configuration lets administrators aim webhooks at.
struct TargetPolicy {
  bool allow_private = false;  ///< loopback, link-local and private addresses: systems beside the centre
  bool allow_http = false;     ///< without TLS
};

/// Where a delivery goes.
struct Target {
  bool tls = true;
  std::string host;  ///< a name, or an address without brackets
  std::uint16_t port = 443;
  std::string path;  ///< with the query: "/hooks?centre=1"

  /// For the Host header: with brackets and port where they are needed.
  std::string authority() const;
  bool operator==(Target const&) const = default;
};

/// Reads a URL: https (or http by policy), without user and fragment. A host that is an address is
/// held to the policy here; a name's addresses are when it is resolved. Error: what is wrong with it.
base::Result<Target> parse_target(std::string_view url, TargetPolicy const& policy);

/// Whether an address (IPv4 or IPv6, no zone) is one of the public internet: none of the special
/// purposes of RFC 6890 and its registries, also not wrapped into IPv6 (mapped, NAT64, 6to4). False
/// for what is no address.
bool is_public(std::string_view address);
bool is_address(std::string_view text);

}  // namespace rapport::server::webhooks

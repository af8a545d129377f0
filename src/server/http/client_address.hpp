#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"

namespace rapport::server::http {

/// Who sent a request, and whether safely.
struct Client {
  std::string address;
  bool secure = false;
};

/// Behind a trusted proxy the client is the last address of X-Forwarded-For that is no trusted proxy
/// itself, and `secure` is what the proxy's last X-Forwarded-Proto says; of anybody else these headers
/// count for nothing. An entry that is no address ends the search: the hop before it stands.
Client client_of(std::string_view peer, bool peer_secure, Fields const& headers, std::vector<std::string> const& trusted);

/// Whether it is an address of this very machine (RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3).
bool is_loopback(std::string_view address);

/// The part of an address that one customer of a network provider is sure to share with nobody: an
/// IPv4 address, the /64 of an IPv6 address. The text itself where it is no address.
std::string address_group(std::string_view address);

}  // namespace rapport::server::http

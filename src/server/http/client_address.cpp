#include "server/http/client_address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "server/http/text.hpp"

namespace rapport::server::http {

namespace {

bool is_address(std::string_view text) {
  boost::system::error_code error;
  boost::asio::ip::make_address(std::string{text}, error);
  return !error;
}

/// All entries of a header that is a list, in order.
std::vector<std::string_view> entries_of(Fields const& headers, std::string_view name) {
  std::vector<std::string_view> entries;
  for (auto const& [key, value] : headers.entries()) {
    if (key != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::size_t const end = std::min(rest.find(','), rest.size());
      entries.push_back(trimmed(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return entries;
}

}  // namespace

Client client_of(std::string_view peer, bool peer_secure, Fields const& headers, std::vector<std::string> const& trusted) {
  auto const is_trusted = [&](std::string_view address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  Client client{std::string{peer}, peer_secure};
  if (!is_trusted(peer)) return client;
  auto const protocols = entries_of(headers, "x-forwarded-proto");
  if (!protocols.empty()) client.secure = same_token(protocols.back(), "https");
  auto hops = entries_of(headers, "x-forwarded-for");
  while (!hops.empty() && is_trusted(client.address) && is_address(hops.back())) {
    client.address = hops.back();
    hops.pop_back();
  }
  return client;
}

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

std::string address_group(std::string_view text) {
  boost::system::error_code error;
  auto const address = boost::asio::ip::make_address(std::string{text}, error);
  if (error || address.is_v4()) return std::string{text};
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return boost::asio::ip::address_v6{bytes}.to_string() + "/64";
}

}  // namespace rapport::server::http

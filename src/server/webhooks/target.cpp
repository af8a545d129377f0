#include "server/webhooks/target.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>
#include <span>

#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

using Bytes4 = std::array<std::uint8_t, 4>;
using Bytes16 = std::array<std::uint8_t, 16>;

template <typename Bytes>
std::optional<Bytes> read(int family, std::string_view text) {
  Bytes bytes{};
  if (inet_pton(family, std::string{text}.c_str(), bytes.data()) != 1) return std::nullopt;
  return bytes;
}

bool begins(std::span<std::uint8_t const> address, std::span<std::uint8_t const> prefix, std::size_t bits) {
  for (std::size_t bit = 0; bit < bits; ++bit) {
    std::uint32_t const mask = 0x80U >> bit % 8;
    if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) return false;
  }
  return true;
}

template <typename Bytes>
struct Block {
  Bytes prefix{};
  std::size_t bits = 0;
};

// IANA's special-purpose address registries, blocks that are not globally reachable; multicast beside them.
constexpr std::array<Block<Bytes4>, 15> special_4{{
    {{0}, 8}, {{10}, 8}, {{100, 64}, 10}, {{127}, 8}, {{169, 254}, 16}, {{172, 16}, 12}, {{192, 0, 0}, 24}, {{192, 0, 2}, 24},
    {{192, 88, 99}, 24}, {{192, 168}, 16}, {{198, 18}, 15}, {{198, 51, 100}, 24}, {{203, 0, 113}, 24}, {{224}, 4}, {{240}, 4}}};
constexpr std::array<Block<Bytes16>, 4> special_6{{
    {{0x20, 0x01, 0x00}, 23}, {{0x20, 0x01, 0x0d, 0xb8}, 32}, {{0x3f, 0xff}, 20}, {{0x5f, 0x00}, 16}}};
constexpr Block<Bytes16> global_6{{0x20}, 3};
constexpr Block<Bytes16> mapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr Block<Bytes16> nat64{{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Block<Bytes16> six_to_four{{0x20, 0x02}, 16};

bool is_public(Bytes4 const& address) {
  return std::none_of(special_4.begin(), special_4.end(), [&](auto const& block) { return begins(address, block.prefix, block.bits); });
}

Bytes4 four_from(Bytes16 const& address, std::size_t first) {
  return {address[first], address[first + 1], address[first + 2], address[first + 3]};
}

bool is_public(Bytes16 const& address) {
  if (begins(address, mapped.prefix, mapped.bits) || begins(address, nat64.prefix, nat64.bits)) return is_public(four_from(address, 12));
  if (begins(address, six_to_four.prefix, six_to_four.bits)) return is_public(four_from(address, 2));
  if (!begins(address, global_6.prefix, global_6.bits)) return false;
  return std::none_of(special_6.begin(), special_6.end(), [&](auto const& block) { return begins(address, block.prefix, block.bits); });
}

}  // namespace

bool is_public(std::string_view address) {
  if (auto const four = read<Bytes4>(AF_INET, address)) return is_public(*four);
  if (auto const six = read<Bytes16>(AF_INET6, address)) return is_public(*six);
  return false;
}

bool is_address(std::string_view text) { return read<Bytes4>(AF_INET, text) || read<Bytes16>(AF_INET6, text); }

std::string Target::authority() const {
  bool const six = host.find(':') != std::string::npos;
  std::string text = six ? fmt::format("[{}]", host) : host;
  if (port != (tls ? 443 : 80)) text += fmt::format(":{}", port);
  return text;
}

base::Result<Target> parse_target(std::string_view url, TargetPolicy const& policy) {
  if (url.size() > limits::webhook_url_bytes_max) return base::Error{"the URL is longer than webhook_url_bytes_max"};
  auto const parsed = boost::urls::parse_uri({url.data(), url.size()});
  if (!parsed) return base::Error{"not a URL; expected https://HOST/PATH"};
  boost::urls::url_view const& parts = *parsed;
  Target target;
  target.tls = parts.scheme_id() == boost::urls::scheme::https;
  bool const plain = parts.scheme_id() == boost::urls::scheme::http;
  if (!target.tls && !(plain && policy.allow_http)) {
    return base::Error{plain ? "http is not allowed by the configuration; expected https" : "expected an https URL"};
  }
  if (parts.has_userinfo() || parts.has_fragment()) return base::Error{"the URL must have no user and no fragment"};
  target.host = parts.host_address();
  bool const fits = std::all_of(target.host.begin(), target.host.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (target.host.empty() || target.host.size() > 253 || !fits) return base::Error{"the URL's host must be a name in ASCII or an address"};
  if (parts.has_port() && parts.port_number() == 0) return base::Error{"the URL's port must be from 1 to 65535"};
  target.port = parts.has_port() ? parts.port_number() : static_cast<std::uint16_t>(target.tls ? 443 : 80);
  auto const path = parts.encoded_target();
  target.path.assign(path.data(), path.size());
  if (target.path.empty() || target.path.front() != '/') target.path.insert(0, "/");
  if (!policy.allow_private && is_address(target.host) && !is_public(target.host)) {
    return base::Error{"private, loopback and link-local addresses are not allowed by the configuration"};
  }
  return target;
}

}  // namespace rapport::server::webhooks

#include "server/webhooks/target.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr std::size_t mapped_bits = 96;  ///< before the IPv4 address in one that IPv6 maps

struct Block {
  Bytes prefix{};
  std::size_t bits = 0;
};

constexpr Bytes four(std::uint8_t a, std::uint8_t b = 0, std::uint8_t c = 0, std::uint8_t d = 0) {
  return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d};
}
constexpr Block block4(Bytes const& prefix, std::size_t bits) { return {prefix, mapped_bits + bits}; }

// IANA's special-purpose address registries, blocks that are not globally reachable; multicast beside them.
constexpr std::array special{
    block4(four(0), 8), block4(four(10), 8), block4(four(100, 64), 10), block4(four(127), 8), block4(four(169, 254), 16),
    block4(four(172, 16), 12), block4(four(192, 0, 0), 24), block4(four(192, 0, 2), 24), block4(four(192, 88, 99), 24),
    block4(four(192, 168), 16), block4(four(198, 18), 15), block4(four(198, 51, 100), 24), block4(four(203, 0, 113), 24),
    block4(four(224), 4), block4(four(240), 4),
    Block{{0x20, 0x01, 0x00}, 23}, Block{{0x20, 0x01, 0x0d, 0xb8}, 32}, Block{{0x3f, 0xff}, 20}, Block{{0x5f, 0x00}, 16}};
constexpr Block global{{0x20}, 3};
constexpr Block mapped{four(0), mapped_bits};
constexpr Block nat64{{0x00, 0x64, 0xff, 0x9b}, 96};
constexpr Block six_to_four{{0x20, 0x02}, 16};
constexpr std::array loopback{block4(four(127), 8), Block{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128}};

bool within(Bytes const& address, Bytes const& prefix, std::size_t bits) {
  for (std::size_t bit = 0; bit < bits; ++bit) {
    std::uint32_t const mask = 0x80U >> bit % 8;
    if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) return false;
  }
  return true;
}

bool within(Bytes const& address, Block const& block) { return within(address, block.prefix, block.bits); }

/// An IPv4 address as IPv6 maps it.
std::optional<Bytes> address_of(std::string_view text) {
  std::string const ended{text};
  Bytes bytes = four(0);
  if (inet_pton(AF_INET, ended.c_str(), bytes.data() + mapped_bits / 8) == 1) return bytes;
  if (inet_pton(AF_INET6, ended.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

/// What it leads to where it is an IPv4 address wrapped into IPv6.
Bytes unwrapped(Bytes const& address) {
  if (within(address, nat64)) return four(address[12], address[13], address[14], address[15]);
  if (within(address, six_to_four)) return four(address[2], address[3], address[4], address[5]);
  return address;
}

bool is_public(Bytes const& wrapped) {
  Bytes const address = unwrapped(wrapped);
  if (!within(address, mapped) && !within(address, global)) return false;
  return std::ranges::none_of(special, [&](Block const& block) { return within(address, block); });
}

bool is_loopback(Bytes const& address) {
  return std::ranges::any_of(loopback, [&](Block const& block) { return within(address, block); });
}

/// What is wrong with a host; nothing: it may be asked for.
std::optional<base::Error> refuse_host(Target const& target, TargetPolicy const& policy) {
  bool const fits = std::ranges::all_of(target.host, [](char c) { return c > 0x20 && c < 0x7F; });
  if (target.host.empty() || target.host.size() > 253 || !fits) return base::Error{"the URL's host must be a name in ASCII or an address"};
  auto const address = address_of(target.host);
  if (!target.tls && !(address ? is_loopback(*address) : target.host == "localhost")) return base::Error{"http goes to this very machine only; expected https"};
  if (address && !policy.allows(target.host, target.tls)) return base::Error{"that address is not of the public internet, and the configuration does not allow its network"};
  return std::nullopt;
}

}  // namespace

bool is_public(std::string_view text) {
  auto const address = address_of(text);
  return address && is_public(*address);
}

base::Result<TargetPolicy> TargetPolicy::make(std::vector<std::string> const& networks) {
  TargetPolicy policy;
  for (std::string const& text : networks) {
    std::size_t const slash = std::min(text.find('/'), text.size());
    auto const prefix = address_of(std::string_view{text}.substr(0, slash));
    if (!prefix) return base::Error{fmt::format("found \"{}\", expected an address or a network such as 10.1.0.0/16", text)};
    std::size_t const before = within(*prefix, mapped) ? mapped_bits : 0;
    std::size_t bits = 128 - before;
    if (slash < text.size()) {
      auto const read = std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
      if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || bits > 128 - before) return base::Error{fmt::format("found \"{}\", expected a network such as 10.1.0.0/16", text)};
    }
    policy.networks_.push_back({*prefix, before + bits});
  }
  return policy;
}

bool TargetPolicy::allows(std::string_view text, bool tls) const {
  auto const address = address_of(text);
  if (!address || (!tls && !is_loopback(*address))) return false;
  bool const named = std::ranges::any_of(networks_, [&](Network const& network) { return within(unwrapped(*address), network.prefix, network.bits); });
  return named || is_public(*address);
}

std::string Target::url() const {
  bool const six = host.find(':') != std::string::npos;
  return fmt::format("{}://{}{}{}:{}{}", tls ? "https" : "http", six ? "[" : "", host, six ? "]" : "", port, path);
}

base::Result<Target> parse_target(std::string_view url, TargetPolicy const& policy) {
  if (url.size() > limits::webhook_url_bytes_max) return base::Error{"the URL is longer than webhook_url_bytes_max"};
  auto const parsed = boost::urls::parse_uri({url.data(), url.size()});
  if (!parsed) return base::Error{"not a URL; expected https://HOST/PATH"};
  boost::urls::url_view const& parts = *parsed;
  Target target;
  target.tls = parts.scheme_id() == boost::urls::scheme::https;
  if (!target.tls && parts.scheme_id() != boost::urls::scheme::http) return base::Error{"expected an https URL"};
  if (parts.has_userinfo() || parts.has_fragment()) return base::Error{"the URL must have no user and no fragment"};
  target.host = parts.host_address();
  if (auto const wrong = refuse_host(target, policy)) return *wrong;
  target.port = static_cast<std::uint16_t>(target.tls ? 443 : 80);
  if (parts.has_port()) {  // Boost.URL takes one that is too large modulo 65536
    std::string const port{parts.port()};
    auto const [end, failed] = std::from_chars(port.data(), port.data() + port.size(), target.port);
    if (failed != std::errc{} || end != port.data() + port.size() || target.port == 0) return base::Error{"the URL's port must be from 1 to 65535"};
  }
  auto const path = parts.encoded_target();
  target.path.assign(path.data(), path.size());
  if (target.path.empty() || target.path.front() != '/') target.path.insert(0, "/");
  return target;
}

}  // namespace rapport::server::webhooks

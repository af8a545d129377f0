#include "phone/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <span>

namespace rapport::phone {
namespace {

constexpr std::size_t six_bytes = 16;

std::span<std::uint8_t const> bytes_of(sockaddr_storage const& storage) {
  if (storage.ss_family == AF_INET6) return {reinterpret_cast<sockaddr_in6 const&>(storage).sin6_addr.s6_addr, six_bytes};
  return {reinterpret_cast<std::uint8_t const*>(&reinterpret_cast<sockaddr_in const&>(storage).sin_addr), 4};
}

std::span<std::uint8_t const> bytes_of(Address const& address) { return bytes_of(reinterpret_cast<sockaddr_storage const&>(*address.raw())); }

}  // namespace

std::optional<Address> Address::parse(std::string_view host, std::uint16_t port) {
  std::string const text{host};
  Address address;
  auto& four = reinterpret_cast<sockaddr_in&>(address.storage_);
  auto& six = reinterpret_cast<sockaddr_in6&>(address.storage_);
  if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1) {
    four.sin_family = AF_INET;
    address.size_ = sizeof four;
  } else if (::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1) {
    six.sin6_family = AF_INET6;
    address.size_ = sizeof six;
  } else {
    return std::nullopt;
  }
  return address.with_port(port);
}

std::vector<Address> Address::local(int family) {
  std::vector<Address> found;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return found;
  for (ifaddrs const* each = all; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != family) continue;
    Address const address = of(*each->ifa_addr);
    bool const of_one_link = family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&address.six().sin6_addr);
    if (!of_one_link) found.push_back(address.with_port(0));
  }
  ::freeifaddrs(all);
  return found;
}

Address Address::of(sockaddr const& raw) {
  Address address;
  address.size_ = raw.sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  std::memcpy(&address.storage_, &raw, address.size_);
  return address;
}

bool Address::is_loopback() const {
  if (family() == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&six().sin6_addr) || (IN6_IS_ADDR_V4MAPPED(&six().sin6_addr) && six().sin6_addr.s6_addr[12] == 127);
  return valid() && bytes_of(storage_)[0] == 127;
}

bool Address::is_private() const {
  static std::vector<Network> const known = [] {
    std::vector<Network> networks;
    for (char const* const text : {"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "::1", "fc00::/7", "fe80::/10"}) networks.push_back(*Network::parse(text));
    return networks;
  }();
  return is_loopback() || std::ranges::any_of(known, [&](Network const& network) { return network.contains(*this); });
}

bool Address::is_any() const {
  for (std::uint8_t const byte : bytes_of(storage_)) {
    if (byte != 0) return false;
  }
  return true;
}

std::uint16_t Address::port() const { return ntohs(family() == AF_INET6 ? six().sin6_port : four().sin_port); }

Address Address::with_port(std::uint16_t port) const {
  Address other = *this;
  if (family() == AF_INET6)
    reinterpret_cast<sockaddr_in6&>(other.storage_).sin6_port = htons(port);
  else
    reinterpret_cast<sockaddr_in&>(other.storage_).sin_port = htons(port);
  return other;
}

Address Address::unmapped() const {
  if (family() != AF_INET6 || !IN6_IS_ADDR_V4MAPPED(&six().sin6_addr)) return *this;
  sockaddr_in plain{};
  plain.sin_family = AF_INET;
  plain.sin_port = six().sin6_port;
  std::memcpy(&plain.sin_addr, &six().sin6_addr.s6_addr[12], sizeof plain.sin_addr);
  return of(reinterpret_cast<sockaddr const&>(plain));
}

bool Address::same_host(Address const& other) const {
  auto const mine = bytes_of(storage_);
  return family() == other.family() && std::memcmp(mine.data(), bytes_of(other.storage_).data(), mine.size()) == 0;
}

std::string Address::host() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  ::inet_ntop(family(), bytes_of(storage_).data(), text.data(), text.size());
  return text.data();
}

std::string Address::text() const { return family() == AF_INET6 ? fmt::format("[{}]:{}", host(), port()) : fmt::format("{}:{}", host(), port()); }

std::optional<Network> Network::parse(std::string_view text) {
  std::size_t const slash = text.find('/');
  auto const base = Address::parse(text.substr(0, slash), 0);
  if (!base) return std::nullopt;
  Network network;
  network.base_ = *base;
  auto const bits_max = static_cast<unsigned>(8 * bytes_of(*base).size());
  network.bits_ = bits_max;
  if (slash != std::string_view::npos) {
    std::string_view const digits = text.substr(slash + 1);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.bits_);
    if (error != std::errc{} || end != digits.data() + digits.size() || network.bits_ > bits_max) return std::nullopt;
  }
  return network;
}

std::vector<Network> Network::local() {
  std::vector<Network> found;
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return found;
  for (ifaddrs const* each = all; each != nullptr; each = each->ifa_next) {
    bool const ip = each->ifa_addr != nullptr && (each->ifa_addr->sa_family == AF_INET || each->ifa_addr->sa_family == AF_INET6);
    if (!ip || each->ifa_netmask == nullptr) continue;
    Network network;
    network.base_ = Address::of(*each->ifa_addr);
    // A mask may come without its family.
    sockaddr_storage mask{};
    std::memcpy(&mask, each->ifa_netmask, network.base_.raw_size());
    mask.ss_family = each->ifa_addr->sa_family;
    for (std::uint8_t const byte : bytes_of(mask)) network.bits_ += static_cast<unsigned>(std::popcount(byte));
    found.push_back(network);
  }
  ::freeifaddrs(all);
  return found;
}

bool Network::contains(Address const& address) const {
  if (address.family() != base_.family()) return false;
  auto const ours = bytes_of(base_);
  auto const theirs = bytes_of(address);
  unsigned left = bits_;
  for (std::size_t i = 0; i < ours.size() && left > 0; ++i) {
    unsigned const compared = left < 8 ? left : 8;
    auto const mask = static_cast<unsigned>(0xFF00U >> compared) & 0xFFU;
    if ((ours[i] & mask) != (theirs[i] & mask)) return false;
    left -= compared;
  }
  return true;
}

}  // namespace rapport::phone

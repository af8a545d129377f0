#include "phone/stun.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <cstring>

#include "media/network_order.hpp"

namespace rapport::phone {
namespace {

using Bytes = std::span<std::uint8_t const>;
using Mac = std::array<std::uint8_t, 20>;

constexpr std::size_t header_bytes = 20;
constexpr std::size_t attribute_header_bytes = 4;
constexpr std::size_t integrity_bytes = attribute_header_bytes + std::tuple_size_v<Mac>;
constexpr std::size_t fingerprint_bytes = attribute_header_bytes + 4;
constexpr std::uint32_t magic_cookie = 0x2112A442;
constexpr std::uint32_t fingerprint_mask = 0x5354554E;
constexpr std::uint16_t binding_request = 0x0001;
constexpr std::uint16_t binding_success = 0x0101;
constexpr std::uint16_t optional_from = 0x8000;  // attributes below must be understood

namespace attribute {
constexpr std::uint16_t username = 0x0006, integrity = 0x0008, xor_mapped_address = 0x0020, priority = 0x0024, use_candidate = 0x0025, fingerprint = 0x8028;
}

/// Of all bytes before MESSAGE-INTEGRITY, with a length that ends with it (RFC 8489, section 14.5).
std::optional<Mac> integrity(Bytes before, std::string_view password) {
  std::array<std::uint8_t, 1'500> message;
  if (before.size() > message.size() || before.size() < header_bytes) return std::nullopt;
  std::ranges::copy(before, message.begin());
  media::write_u16(message, 2, static_cast<std::uint32_t>(before.size() - header_bytes + integrity_bytes));
  Mac mac;
  unsigned size = 0;
  bool const made = HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), message.data(), before.size(), mac.data(), &size) != nullptr;
  return made && size == mac.size() ? std::optional{mac} : std::nullopt;
}

/// Of all bytes before FINGERPRINT, whose length has it in already (section 14.7).
std::uint32_t fingerprint(Bytes before) {
  boost::crc_32_type crc;
  crc.process_bytes(before.data(), before.size());
  return crc.checksum() ^ fingerprint_mask;
}

struct Attribute {
  std::uint16_t kind = 0;
  std::size_t at = 0;  ///< where its header begins
  Bytes value;
};

/// The attribute at `at`, which moves behind it; nothing at the end, or where it is longer than the message.
std::optional<Attribute> next_attribute(Bytes message, std::size_t& at) {
  if (message.size() - at < attribute_header_bytes) return std::nullopt;
  std::size_t const size = media::read_u16(message, at + 2);
  std::size_t const padded = (size + 3) / 4 * 4;
  if (message.size() - at - attribute_header_bytes < padded) return std::nullopt;
  Attribute const found{media::read_u16(message, at), at, message.subspan(at + attribute_header_bytes, size)};
  at += attribute_header_bytes + padded;
  return found;
}

bool is_binding_request(Bytes datagram) {
  return datagram.size() >= header_bytes && media::read_u16(datagram, 0) == binding_request && media::read_u32(datagram, 4) == magic_cookie &&
         media::read_u16(datagram, 2) == datagram.size() - header_bytes;
}

std::size_t put_header(std::span<std::uint8_t> bytes, std::size_t at, std::uint16_t kind, std::size_t size) {
  media::write_u16(bytes, at, kind);
  media::write_u16(bytes, at + 2, static_cast<std::uint32_t>(size));
  return at + attribute_header_bytes;
}

std::size_t put_address(std::span<std::uint8_t> bytes, std::size_t at, Address const& from) {
  Address const address = from.unmapped();  // as the browser knows it
  constexpr std::uint8_t family_4 = 1;
  constexpr std::uint8_t family_6 = 2;
  bool const six = address.family() == AF_INET6;
  std::array<std::uint8_t, 16> host{};
  std::size_t const size = six ? 16 : 4;
  if (six)
    std::memcpy(host.data(), &reinterpret_cast<sockaddr_in6 const*>(address.raw())->sin6_addr, size);
  else
    std::memcpy(host.data(), &reinterpret_cast<sockaddr_in const*>(address.raw())->sin_addr, size);
  at = put_header(bytes, at, attribute::xor_mapped_address, 4 + size);
  bytes[at] = 0;
  bytes[at + 1] = six ? family_6 : family_4;
  media::write_u16(bytes, at + 2, address.port() ^ (magic_cookie >> 16U));
  // What follows the length in the header, cookie and transaction, hides the address (section 14.2).
  for (std::size_t i = 0; i < size; ++i) bytes[at + 4 + i] = host[i] ^ bytes[4 + i];
  return at + 4 + size;
}

}  // namespace

bool is_stun(Bytes datagram) { return !datagram.empty() && datagram[0] <= 3; }

std::optional<ConnectivityCheck> read_check(Bytes datagram, std::string_view username, std::string_view password) {
  if (!is_binding_request(datagram)) return std::nullopt;
  ConnectivityCheck check;
  std::copy_n(datagram.begin() + 8, check.transaction.size(), check.transaction.begin());
  bool named = false;
  bool proved = false;
  std::size_t at = header_bytes;
  while (auto const one = next_attribute(datagram, at)) {
    if (one->kind == attribute::fingerprint) {
      bool const whole = at == datagram.size() && one->value.size() == 4 && media::read_u32(one->value, 0) == fingerprint(datagram.first(one->at));
      return named && proved && whole ? std::optional{check} : std::nullopt;
    }
    if (proved) continue;  // whatever follows MESSAGE-INTEGRITY is not covered by it
    if (one->kind == attribute::username) {
      named = std::string_view{reinterpret_cast<char const*>(one->value.data()), one->value.size()} == username;
    } else if (one->kind == attribute::use_candidate) {
      check.nominates = true;
    } else if (one->kind == attribute::integrity) {
      auto const expected = integrity(datagram.first(one->at), password);
      proved = expected && one->value.size() == expected->size() && CRYPTO_memcmp(expected->data(), one->value.data(), expected->size()) == 0;
      if (!proved) return std::nullopt;
    } else if (one->kind != attribute::priority && one->kind < optional_from) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::size_t answer_check(ConnectivityCheck const& check, Address const& from, std::string_view password, std::span<std::uint8_t, check_answer_bytes_max> bytes) {
  std::span<std::uint8_t> const out{bytes};
  media::write_u16(out, 0, binding_success);
  media::write_u32(out, 4, magic_cookie);
  std::ranges::copy(check.transaction, out.begin() + 8);
  std::size_t at = put_address(out, header_bytes, from);
  media::write_u16(out, 2, 0);  // `integrity` has its own
  auto const mac = integrity(out.first(at), password);
  if (!mac) return 0;
  at = put_header(out, at, attribute::integrity, mac->size());
  std::ranges::copy(*mac, out.begin() + static_cast<std::ptrdiff_t>(at));
  at += mac->size();
  media::write_u16(out, 2, static_cast<std::uint32_t>(at + fingerprint_bytes - header_bytes));
  std::uint32_t const sum = fingerprint(out.first(at));
  at = put_header(out, at, attribute::fingerprint, 4);
  media::write_u32(out, at, sum);
  return at + 4;
}

}  // namespace rapport::phone

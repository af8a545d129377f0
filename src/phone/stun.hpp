#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "phone/address.hpp"

/// The part of STUN (RFC 8489) that an ICE-lite end needs (RFC 8445, section 7.3): it answers the checks of
/// a browser and makes none. Pure; any thread.
namespace rapport::phone {

/// A check that a browser makes, proved by the password that the offer gave it.
struct ConnectivityCheck {
  std::array<std::uint8_t, 12> transaction{};
  bool nominates = false;  ///< USE-CANDIDATE: sound shall go this way
};

inline constexpr std::size_t check_answer_bytes_max = 20 + 24 + 24 + 8;  ///< header, address, integrity, fingerprint

/// Whether a datagram of a port that RTP, DTLS and STUN share is STUN, by its first byte (RFC 7983).
bool is_stun(std::span<std::uint8_t const> datagram);

/// Nothing where it is no Binding request of `username` ("ours:theirs") whose MESSAGE-INTEGRITY was made
/// with our `password`, with the right FINGERPRINT as its end, or where it asks for what we do not know.
std::optional<ConnectivityCheck> read_check(std::span<std::uint8_t const> datagram, std::string_view username, std::string_view password);

/// The success that tells the browser `from` where its check came. The size that was written.
std::size_t answer_check(ConnectivityCheck const& check, Address const& from, std::string_view password, std::span<std::uint8_t, check_answer_bytes_max> bytes);

}  // namespace rapport::phone

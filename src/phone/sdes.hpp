#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "phone/dtls.hpp"

/// Keys of SRTP that stand in SDP (RFC 4568, SDES): safe only where SIP itself is, by TLS.
namespace rapport::phone {

/// One "a=crypto" of AES_CM_128_HMAC_SHA1_80, the suite that everybody has.
struct SdesLine {
  std::string tag;  ///< by which an answer names the line that it takes
  std::array<std::uint8_t, SrtpKeys::bytes> key{};

  bool operator==(SdesLine const&) const = default;
};

/// Nothing for another suite, and for what we do not do: several keys, MKI, session parameters.
std::optional<SdesLine> read_sdes(std::string_view value);
std::string write_sdes(SdesLine const& line);

}  // namespace rapport::phone

#include "server/http/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rapport::server::http {

namespace {

struct Lead {
  std::size_t length;          ///< of the whole character, 0 where the byte begins none
  std::uint8_t second_lowest;  ///< the second byte's range (RFC 3629, section 4)
  std::uint8_t second_highest;
};

Lead lead_of(std::uint8_t byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {2, 0x80, 0xBF};
  if (byte == 0xE0) return {3, 0xA0, 0xBF};
  if (byte == 0xED) return {3, 0x80, 0x9F};
  if (byte >= 0xE1 && byte <= 0xEF) return {3, 0x80, 0xBF};
  if (byte == 0xF0) return {4, 0x90, 0xBF};
  if (byte >= 0xF1 && byte <= 0xF3) return {4, 0x80, 0xBF};
  if (byte == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

}  // namespace

bool valid_utf8(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    std::uint64_t word = 0;  // ASCII goes eight bytes at a time
    if (text.size() - at >= sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080808080808080ULL) == 0) {
        at += sizeof word;
        continue;
      }
    }
    auto const byte = static_cast<std::uint8_t>(text[at]);
    if (byte < 0x80) {
      ++at;
      continue;
    }
    Lead const lead = lead_of(byte);
    if (lead.length == 0 || text.size() - at < lead.length) return false;
    for (std::size_t index = 1; index < lead.length; ++index) {
      auto const next = static_cast<std::uint8_t>(text[at + index]);
      std::uint8_t const lowest = index == 1 ? lead.second_lowest : 0x80;
      std::uint8_t const highest = index == 1 ? lead.second_highest : 0xBF;
      if (next < lowest || next > highest) return false;
    }
    at += lead.length;
  }
  return true;
}

}  // namespace rapport::server::http

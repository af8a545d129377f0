#include "centre/ids.hpp"

#include <fmt/format.h>

namespace rapport::centre {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_dash_place(std::size_t place) { return place == 8 || place == 13 || place == 18 || place == 23; }

}  // namespace

std::optional<routing::Uuid<void>> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  routing::Uuid<void> uuid;
  int digits = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if (is_dash_place(place)) {
      if (text[place] != '-') return std::nullopt;
      continue;
    }
    int const value = digit(text[place]);
    if (value < 0) return std::nullopt;
    std::uint64_t& word = digits++ < 16 ? uuid.high : uuid.low;
    word = word << 4U | static_cast<std::uint64_t>(value);
  }
  if (uuid.nil()) return std::nullopt;
  return uuid;
}

std::string uuid_text(std::uint64_t high, std::uint64_t low) {
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, high >> 16U & 0xFFFFU, high & 0xFFFFU,
                     low >> 48U, low & 0xFFFF'FFFF'FFFFU);
}

}  // namespace rapport::centre

#include "centre/uuid_text.hpp"

#include <fmt/format.h>

namespace rapport::centre {
namespace {

constexpr std::size_t uuid_length = 36;

bool is_dash(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

}  // namespace

std::string uuid_text(std::uint64_t high, std::uint64_t low) {
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32U, high >> 16U & 0xFFFFU, high & 0xFFFFU, low >> 48U,
                     low & 0xFFFF'FFFF'FFFFU);
}

std::optional<std::pair<std::uint64_t, std::uint64_t>> parse_uuid_words(std::string_view text) {
  if (text.size() != uuid_length) return std::nullopt;
  std::uint64_t words[2] = {0, 0};
  std::size_t digits = 0;
  for (std::size_t at = 0; at < uuid_length; ++at) {
    char const c = text[at];
    if (is_dash(at)) {
      if (c != '-') return std::nullopt;
      continue;
    }
    bool const figure = c >= '0' && c <= '9';
    if (!figure && (c < 'a' || c > 'f')) return std::nullopt;
    std::uint64_t& word = words[digits++ / 16];
    word = word << 4U | static_cast<std::uint64_t>(figure ? c - '0' : c - 'a' + 10);
  }
  return std::pair{words[0], words[1]};
}

}  // namespace rapport::centre

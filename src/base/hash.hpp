#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rapport::base {

/// SHA-256 of the bytes as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// FNV-1a, 64 bit (Fowler, Noll, Vo). For tables in memory, never for identity on disk.
constexpr std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (char const c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace rapport::base

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

/// Whole numbers as the network has them, the most significant byte first.
namespace rapport::media {

/// REQUIRES: the bytes from `at` are there.
inline std::uint16_t read_u16(std::span<std::uint8_t const> bytes, std::size_t at) {
  return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]);
}
inline std::uint32_t read_u32(std::span<std::uint8_t const> bytes, std::size_t at) {
  return static_cast<std::uint32_t>(read_u16(bytes, at)) << 16U | read_u16(bytes, at + 2);
}
inline void write_u16(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
  bytes[at] = static_cast<std::uint8_t>(value >> 8U);
  bytes[at + 1] = static_cast<std::uint8_t>(value);
}
inline void write_u32(std::span<std::uint8_t> bytes, std::size_t at, std::uint32_t value) {
  write_u16(bytes, at, value >> 16U);
  write_u16(bytes, at + 2, value);
}

}  // namespace rapport::media

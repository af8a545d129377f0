#include "server/feed/cursor.hpp"

#include <array>

#include "base/hash.hpp"

namespace rapport::server::feed {
namespace {

constexpr std::size_t cursor_bytes = 20;
constexpr std::size_t cursor_letters = (cursor_bytes * 8 + 5) / 6;
constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

using Bytes = std::array<std::uint8_t, cursor_bytes>;

void put(Bytes& bytes, std::size_t from, std::uint64_t number, std::size_t count) {
  for (std::size_t byte = 0; byte < count; ++byte) {
    bytes[from + byte] = static_cast<std::uint8_t>(number >> 8U * (count - 1 - byte) & 0xFFU);
  }
}

std::uint64_t get(Bytes const& bytes, std::size_t from, std::size_t count) {
  std::uint64_t number = 0;
  for (std::size_t byte = 0; byte < count; ++byte) number = number << 8U | bytes[from + byte];
  return number;
}

Bytes bytes_of(std::string_view stream, Cursor cursor) {
  Bytes bytes{};
  put(bytes, 0, cursor.epoch, 8);
  put(bytes, 8, cursor.seq, 8);
  std::string checked{stream};
  for (std::size_t byte = 0; byte < 16; ++byte) checked += static_cast<char>(bytes[byte]);
  std::uint64_t const sum = base::fnv1a(checked);
  put(bytes, 16, (sum ^ sum >> 29U) * 0xff51afd7ed558ccdULL >> 32U, 4);  // the last byte reaches every bit
  return bytes;
}

}  // namespace

std::string write_cursor(std::string_view stream, Cursor cursor) {
  Bytes const bytes = bytes_of(stream, cursor);
  std::string text;
  text.reserve(cursor_letters);
  for (std::size_t bit = 0; bit < cursor_bytes * 8; bit += 6) {
    std::size_t const byte = bit / 8;
    std::uint32_t const pair = static_cast<std::uint32_t>(bytes[byte]) << 8U | (byte + 1 < cursor_bytes ? bytes[byte + 1] : 0U);
    text += letters[pair >> (10U - bit % 8) & 0x3FU];
  }
  return text;
}

std::optional<Cursor> read_cursor(std::string_view stream, std::string_view text) {
  if (text.size() != cursor_letters) return std::nullopt;
  Bytes bytes{};
  std::uint32_t held = 0;
  std::size_t bits = 0, byte = 0;
  for (char const letter : text) {
    std::size_t const value = letters.find(letter);
    if (value == std::string_view::npos) return std::nullopt;
    held = (held << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFU;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[byte++] = static_cast<std::uint8_t>(held >> bits & 0xFFU);
    }
  }
  if ((held & ((1U << bits) - 1U)) != 0) return std::nullopt;  // one text for one cursor
  Cursor const cursor{get(bytes, 0, 8), get(bytes, 8, 8)};
  if (bytes_of(stream, cursor) != bytes) return std::nullopt;
  return cursor;
}

}  // namespace rapport::server::feed

#include "server/feed/cursor.hpp"

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "people/secret.hpp"

namespace rapport::server::feed {
namespace {

constexpr std::size_t cursor_bytes = 20;
constexpr std::size_t cursor_letters = (cursor_bytes * 8 + 5) / 6;

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
  return people::base64url({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
}

std::optional<Cursor> read_cursor(std::string_view stream, std::string_view text) {
  if (text.size() != cursor_letters) return std::nullopt;
  auto const decoded = people::from_base64url(text);  // canonical text only: one text for one cursor
  if (!decoded) return std::nullopt;
  Bytes bytes{};
  std::ranges::transform(*decoded, bytes.begin(), [](char c) { return static_cast<std::uint8_t>(c); });
  Cursor const cursor{get(bytes, 0, 8), get(bytes, 8, 8)};
  if (bytes_of(stream, cursor) != bytes) return std::nullopt;
  return cursor;
}

}  // namespace rapport::server::feed

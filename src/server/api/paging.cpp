#include "server/api/paging.hpp"

#include <array>
#include <cstdint>

#include "base/limits.hpp"
#include "server/api/body.hpp"

namespace rapport::server::api {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::optional<std::string> place_of(std::string_view cursor) {
  std::string place;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (char const c : cursor) {
    std::size_t const value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    place.push_back(static_cast<char>(bits >> count & 0xFFU));
  }
  return place;
}

}  // namespace

std::string cursor_of(std::string_view place) {
  std::string cursor;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (char const c : place) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      cursor.push_back(alphabet[bits >> count & 0x3FU]);
    }
  }
  if (count > 0) cursor.push_back(alphabet[bits << (6 - count) & 0x3FU]);
  return cursor;
}

std::optional<PageAsked> page_asked(http::Request const& request) {
  auto const limit = query_whole(request, "limit", 1, limits::page_max, 50);
  auto const place = place_of(request.query.find("after").value_or(""));
  if (!limit || !place) return std::nullopt;
  return PageAsked{static_cast<std::size_t>(*limit), *place};
}

}  // namespace rapport::server::api

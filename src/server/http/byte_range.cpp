#include "server/http/byte_range.hpp"

#include <algorithm>
#include <charconv>

namespace rapport::server::http {
namespace {

/// Digits alone; nothing for others and for what no file reaches.
std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  char const* const end = text.data() + text.size();
  auto const [rest, failure] = std::from_chars(text.data(), end, value);
  return failure == std::errc{} && rest == end && !text.empty() ? std::optional{value} : std::nullopt;
}

RangeAsked part(std::uint64_t first, std::uint64_t last) { return {RangeAsked::Kind::part, {first, last}}; }

}  // namespace

RangeAsked range_asked(std::optional<std::string_view> header, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header || !header->starts_with(unit)) return {};
  std::string_view const range = header->substr(unit.size());
  std::size_t const dash = range.find('-');
  if (dash == std::string_view::npos) return {};
  std::string_view const from = range.substr(0, dash);
  std::string_view const to = range.substr(dash + 1);
  if (from.empty()) {  // the last so many
    auto const count = number(to);
    if (!count) return {};
    if (*count == 0 || size == 0) return {RangeAsked::Kind::beyond, {}};
    return part(size - std::min(*count, size), size - 1);
  }
  auto const first = number(from);
  auto const last = to.empty() ? std::optional{UINT64_MAX} : number(to);
  if (!first || !last || *last < *first) return {};
  if (*first >= size) return {RangeAsked::Kind::beyond, {}};
  return part(*first, std::min(*last, size - 1));
}

}  // namespace rapport::server::http

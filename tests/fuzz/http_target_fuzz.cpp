// The request target and path templates: the first line is a template, the rest a target.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "server/http/router.hpp"
#include "server/http/target.hpp"
#include "server/http/utf8.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace rapport::server::http;
  std::string_view const input{reinterpret_cast<char const*>(data), size};
  std::size_t const line = std::min(input.find('\n'), input.size());
  std::string_view const pattern = input.substr(0, line);
  std::string_view const text = input.substr(std::min(line + 1, input.size()));
  Router router;
  bool const has_route = static_cast<bool>(parse_template(pattern));
  if (has_route) router.add(Method::get, pattern, [](Request&&, Reply) {});
  auto const target = parse_target(text);
  if (!target) {
    RAPPORT_ASSERT(name(target.error()) != "unknown");
    return 0;
  }
  for (std::string const& segment : target->segments) {
    RAPPORT_ASSERT(valid_utf8(segment) && segment != "." && segment != "..");
    RAPPORT_ASSERT(std::none_of(segment.begin(), segment.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    // What was decoded is written and read back as it was.
    auto const again = percent_decode(percent_encode(segment), false);
    RAPPORT_ASSERT(again && *again == segment);
  }
  for (auto const& [key, value] : target->query.entries()) RAPPORT_ASSERT(valid_utf8(key) && valid_utf8(value));
  Match const match = router.match(Method::get, target->segments);
  if (auto const* found = std::get_if<Found>(&match)) {
    RAPPORT_ASSERT(has_route && parse_template(pattern)->size() == target->segments.size());
  }
  return 0;
}

// Feeds the value of a Range header: whatever it says, what is read of the file lies in it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/http/byte_range.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using rapport::server::http::RangeAsked;
  std::string_view const header{reinterpret_cast<char const*>(data), size};
  for (std::uint64_t const file : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1'000}, UINT64_MAX}) {
    RangeAsked const asked = rapport::server::http::range_asked(header, file);
    if (asked.kind == RangeAsked::Kind::part && (asked.part.first > asked.part.last || asked.part.last >= file)) std::abort();
  }
  return 0;
}

// Which call a REFER means, as the address in Refer-To says it: what is taken holds nothing that ends a header field,
// and is read again as the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "phone/replaces.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const read = phone::read_replaces({reinterpret_cast<char const*>(data), size});
  if (!read) return 0;
  std::string escaped = "Replaces=";
  for (char const c : read->call_id + ";to-tag=" + read->to_tag + ";from-tag=" + read->from_tag) {
    RAPPORT_ASSERT(c > ' ' && c < 0x7f);
    constexpr std::string_view digits = "0123456789abcdef";
    escaped += '%';
    escaped += digits[static_cast<unsigned char>(c) >> 4U];
    escaped += digits[static_cast<unsigned char>(c) & 15U];
  }
  RAPPORT_ASSERT(escaped.size() > 1'024 || phone::read_replaces(escaped) == read);
  return 0;
}

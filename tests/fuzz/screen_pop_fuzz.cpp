// A brand's template for opening another system: whatever is taken begins with its scheme and host, and
// neither holds anything that a value could change.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "server/api/screen_pop.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  if (!rapport::server::api::check_screen_pop(text) || text.empty()) return 0;
  std::size_t const scheme = text.starts_with("https://") ? 8 : 7;
  RAPPORT_ASSERT(text.starts_with("https://") || text.starts_with("http://"));
  std::string_view const host = text.substr(scheme, text.find_first_of("/?#", scheme) - scheme);
  RAPPORT_ASSERT(!host.empty() && host.find_first_of("{}@\\% ") == std::string_view::npos);
  return 0;
}

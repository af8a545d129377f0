// A key of SRTP as SDP tells it: what is taken is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "phone/sdes.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const line = phone::read_sdes({reinterpret_cast<char const*>(data), size});
  if (line) RAPPORT_ASSERT(phone::read_sdes(phone::write_sdes(*line)) == line);
  return 0;
}

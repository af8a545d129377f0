// Sound files: whatever is in them, what is read is no longer than an announcement may be.
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"
#include "media/wav.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const sound = media::read_wav({data, size});
  if (sound) RAPPORT_ASSERT((*sound).size() <= limits::announcement_ms_max * media::sample_rate / 1'000);
  return 0;
}

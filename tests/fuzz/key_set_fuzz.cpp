#include <cstdint>

#include "people/key_set.hpp"

// A provider's key set, whatever it sends: keys that OpenSSL takes, or an error.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static_cast<void>(rapport::people::KeySet::read({reinterpret_cast<char const*>(data), size}));
  return 0;
}

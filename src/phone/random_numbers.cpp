#include <openssl/rand.h>

#include <array>
#include <utility>

#include "base/assert.hpp"
#include "phone/re.hpp"

/// libre's random numbers, many at a time.
///
/// libre asks OpenSSL for four bytes at a time, twice for each tag, branch and call's id. The generator's start costs
/// more than its bytes, so a tenth of the signalling thread went there. The dynamic linker prefers this function to
/// the library's, within the library too, whose longer numbers are made of it.
/// Its contract is the library's (re_sys.h, 1.1.0): bytes that nobody can foretell. Any thread.
extern "C" std::uint32_t rand_u32(void) {
  thread_local std::array<std::uint32_t, 256> numbers;
  thread_local std::size_t left = 0;
  if (left == 0) {
    RAPPORT_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(numbers.data()), sizeof(numbers)) == 1);
    left = numbers.size();
  }
  return std::exchange(numbers[--left], 0);
}

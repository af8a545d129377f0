// What anybody sends to a browser leg's port as STUN. Without the password nothing passes; whatever passes
// is answered within its bounds.
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/assert.hpp"
#include "phone/stun.hpp"

using namespace rapport::phone;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  static Address const from = *Address::parse("2001:db8::7", 4'000);
  auto const check = read_check({data, size}, "ours:theirs", "a password of ours");
  if (!check) return 0;
  RAPPORT_ASSERT(is_stun({data, size}));
  std::array<std::uint8_t, check_answer_bytes_max> answer;
  std::size_t const written = answer_check(*check, from, "a password of ours", answer);
  RAPPORT_ASSERT(written == answer.size() && is_stun(answer));
  return 0;
}

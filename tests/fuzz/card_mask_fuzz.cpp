// What customers write and recognisers hear, before it is durable: masking a masked text changes
// nothing, no digit that stays was not there, and no text without digits and number words is touched.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "centre/card_mask.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using rapport::centre::mask_cards;
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  auto const once = mask_cards(text);
  RAPPORT_ASSERT(once.text.size() <= text.size());
  RAPPORT_ASSERT(once.cards + once.codes > 0 || once.text == text);
  RAPPORT_ASSERT(std::ranges::count(once.text, '*') >= std::ranges::count(text, '*'));
  auto const twice = mask_cards(once.text);
  RAPPORT_ASSERT(twice.text == once.text && twice.cards == 0 && twice.codes == 0);
  return 0;
}

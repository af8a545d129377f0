// Telephone numbers, other identifiers and the room's documents. The first byte says which; what is
// taken must read back as itself.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "customers/identifier.hpp"
#include "customers/json.hpp"
#include "customers/phone_number.hpp"

namespace {

using namespace rapport::customers;

void check_number(std::string_view text, std::string_view region) {
  auto const number = PhoneNumber::parse(text, region);
  if (!number) return;
  auto const again = PhoneNumber::parse(number->e164(), "");
  RAPPORT_ASSERT(again && *again == *number);
  RAPPORT_ASSERT(!number->display("GB").empty());
}

void check_identifier(char const* type, std::string_view text) {
  auto const normal = normalised({type, std::string{text}}, "GB");
  if (!normal) return;
  auto const again = normalised(*normal, "");
  RAPPORT_ASSERT(again && *again == *normal);
  RAPPORT_ASSERT(match_key(*again) == match_key(*normal));
}

template <typename Read>
void check_document(std::string_view text, Read const& read) {
  auto const value = read(text);
  if (!value) return;
  auto const again = read(to_json(*value));
  RAPPORT_ASSERT(again && *again == *value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
  switch (data[0]) {
    case 'n':
      check_number(text, "GB");
      check_number(text, "IT");
      break;
    case 'e':
      check_identifier("email", text);
      break;
    case 'a':
      check_identifier("account", text);
      check_identifier("crm_id", text);
      break;
    case 'p':
      check_document(text, profile_from_json);
      break;
    case 'c':
      check_document(text, case_from_json);
      break;
    default:
      check_document(text, promise_from_json);
  }
  return 0;
}

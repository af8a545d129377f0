// What a NOTIFY of a REFER tells: a status that is read stands where it was read, and nothing after its line matters.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "phone/sipfrag.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const body{reinterpret_cast<char const*>(data), size};
  auto const read = phone::read_sipfrag(body);
  if (!read) return 0;
  RAPPORT_ASSERT(body.starts_with("SIP/2.0 " + std::to_string(*read)));
  RAPPORT_ASSERT(phone::read_sipfrag(body.substr(0, body.find('\n'))) == read);
  RAPPORT_ASSERT(phone::read_sipfrag(std::string{body} + "\r\nSIP/2.0 100 Trying\r\n") == read);
  return 0;
}

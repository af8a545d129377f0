// What a browser sends as SIP, and what a stream of SIP brings. Whatever a browser sends comes out of the
// stream as the one message that it was, whole; whatever a stream brings is cut within its bounds.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"
#include "phone/sip_stream.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  if (auto const whole = phone::for_stream(bytes, "127.0.0.1:40000;transport=tcp")) {
    phone::SipStream stream;
    stream.put(*whole);
    if (auto const again = stream.next()) {
      RAPPORT_ASSERT(*again == *whole);
      RAPPORT_ASSERT(!stream.next());
    } else {
      RAPPORT_ASSERT(whole->size() > limits::sip_message_bytes_max);
    }
  }
  phone::SipStream stream;
  for (std::size_t at = 0; at < size; at += 7) {
    if (!stream.put(bytes.substr(at, 7))) break;
    while (auto const message = stream.next()) RAPPORT_ASSERT(message->size() <= 2 * limits::sip_message_bytes_max);
  }
  return 0;
}

// What a simulated phone is told by SIP: read, asked for its parts, and written again as the same message.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "simulation/sip_text.hpp"

using namespace rapport;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const message = simulation::read_sip({reinterpret_cast<char const*>(data), size});
  if (!message) return 0;
  for (auto const& [name, value] : message->headers) {
    static_cast<void>(simulation::parameter(value, "tag"));
    static_cast<void>(simulation::user_of(value));
  }
  static_cast<void>(simulation::read_sound_place(message->body));
  static_cast<void>(simulation::digest_answer(message->header("WWW-Authenticate"), "REGISTER", "sip:a", "b", "c", "d"));
  auto const again = simulation::read_sip(message->text());
  RAPPORT_ASSERT(again && again->start == message->start && again->body == message->body);
  return 0;
}

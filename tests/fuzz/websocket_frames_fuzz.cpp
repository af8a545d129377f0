// WebSocket frames of a client: the first byte says into what pieces the rest is cut. However it is
// cut, the same events come out, and none breaks a limit.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "server/http/utf8.hpp"
#include "server/http/websocket_frames.hpp"

namespace {

using namespace rapport::server::http;

constexpr std::size_t message_max = 2'000;

std::string told(std::string_view bytes, std::size_t piece) {
  FrameReader reader{message_max};
  std::string told;
  while (!bytes.empty()) {
    std::string_view part = bytes.substr(0, piece);
    bytes.remove_prefix(part.size());
    while (auto const event = reader.next(part)) {
      told += std::to_string(event->index()) + ":";
      if (auto const* text = std::get_if<TextMessage>(&*event)) {
        RAPPORT_ASSERT(text->text.size() <= message_max && valid_utf8(text->text));
        told += text->text;
      } else if (auto const* ping = std::get_if<PingFrame>(&*event)) {
        RAPPORT_ASSERT(ping->payload.size() <= 125);
        told += ping->payload;
      } else if (auto const* close = std::get_if<CloseFrame>(&*event)) {
        RAPPORT_ASSERT(valid_utf8(close->reason) && close->reason.size() <= 123);
        return told + std::to_string(close->code) + close->reason;
      } else if (auto const* broken = std::get_if<BrokenFrame>(&*event)) {
        RAPPORT_ASSERT(!broken->reason.empty());
        return told + std::to_string(broken->code);
      }
    }
    RAPPORT_ASSERT(part.empty());
  }
  return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes{reinterpret_cast<char const*>(data) + 1, size - 1};
  std::string const whole = told(bytes, size);
  RAPPORT_ASSERT(told(bytes, 1U + data[0] % 32U) == whole);
  accept_key(bytes);
  return 0;
}

#include "media/telephone_event.hpp"

#include <string_view>

#include "media/network_order.hpp"

namespace rapport::media {
namespace {

constexpr std::string_view event_keys = "0123456789*#ABCD";

}  // namespace

std::optional<TelephoneEvent> read_telephone_event(std::span<std::uint8_t const> payload) {
  if (payload.size() < telephone_event_bytes) return std::nullopt;
  return TelephoneEvent{payload[0], (payload[1] & 0x80) != 0, static_cast<std::uint8_t>(payload[1] & 0x3F), read_u16(payload, 2)};
}

void write_telephone_event(TelephoneEvent const& event, std::span<std::uint8_t, telephone_event_bytes> bytes) {
  bytes[0] = event.code;
  bytes[1] = static_cast<std::uint8_t>((event.end ? 0x80 : 0) | (event.volume & 0x3F));
  write_u16(bytes, 2, event.duration);
}

std::optional<char> key_of(TelephoneEvent const& event) {
  if (event.code >= event_keys.size()) return std::nullopt;
  return event_keys[event.code];
}

std::optional<char> KeyReader::read(std::uint32_t timestamp, std::span<std::uint8_t const> payload) {
  auto const event = read_telephone_event(payload);
  if (!event) return std::nullopt;
  auto const key = key_of(*event);
  bool const old = last_ && static_cast<std::int32_t>(timestamp - *last_) <= 0;  // told, or overtaken
  if (!key || old) return std::nullopt;
  last_ = timestamp;
  return key;
}

}  // namespace rapport::media

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// Keys that were pressed, as RTP tells them (RFC 4733, sections 2.3 and 3.2). Pure.
namespace rapport::media {

inline constexpr std::size_t telephone_event_bytes = 4;

struct TelephoneEvent {
  std::uint8_t code = 0;  ///< 0 to 9, 10 is *, 11 is #, 12 to 15 are A to D; others are no keys
  bool end = false;
  std::uint8_t volume = 0;     ///< 6 bits, dBm0 without its minus
  std::uint16_t duration = 0;  ///< so far, in units of the RTP clock

  bool operator==(TelephoneEvent const&) const = default;
};

/// Nothing where the payload is too short for one. Of redundant ones (section 2.6) the first is read.
std::optional<TelephoneEvent> read_telephone_event(std::span<std::uint8_t const> payload);
void write_telephone_event(TelephoneEvent const& event, std::span<std::uint8_t, telephone_event_bytes> bytes);

/// '0' to '9', '*', '#', 'A' to 'D'; nothing for an event that is no key.
std::optional<char> key_of(TelephoneEvent const& event);

/// One stream's keys, each told once however often its event is sent, lost or out of order. One thread.
class KeyReader {
 public:
  /// The key that this packet is the first to tell of.
  std::optional<char> read(std::uint32_t timestamp, std::span<std::uint8_t const> payload);

 private:
  std::optional<std::uint32_t> last_;  ///< timestamp of the last key: when it was pressed
};

}  // namespace rapport::media

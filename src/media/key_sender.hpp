#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/phone_limits.hpp"
#include "media/frame.hpp"
#include "media/telephone_event.hpp"

namespace rapport::media {

/// Keys that one end is sent, one after the other, in the place of its sound: each is down for 100 ms, told
/// three times at its end (RFC 4733, section 2.5.1.4), and 60 ms of silence follow. A value; pure.
class KeySender {
 public:
  /// What is sent in 20 ms.
  struct Step {
    std::optional<TelephoneEvent> event{};  ///< nothing: silence between two keys
    bool first = false;                     ///< of its key
  };

  /// False for no key, and where limits::keys_at_once_max wait.
  bool push(char key);
  /// Nothing: no key is being sent.
  std::optional<Step> next();

 private:
  std::array<std::uint8_t, limits::keys_at_once_max> codes_{};
  std::size_t count_ = 0;
  std::size_t step_ = 0;  ///< of the first of them
};

/// The tones of a key (ITU-T Q.23), for ends that take no events; `step` frames after it was pressed.
/// REQUIRES: a code of a key.
Frame key_tones(std::uint8_t code, std::size_t step);

}  // namespace rapport::media

#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "app/speaker.hpp"
#include "base/time.hpp"
#include "phone/phone.hpp"

namespace rapport::app {

/// Tells callers who wait in a queue their place, how long it may take, and that they are not forgotten:
/// soon after they came, then every half minute, in the place of the music.
/// Any thread; none waits.
class PhoneWaiting {
 public:
  PhoneWaiting(Speaker& speaker, std::function<base::Instant()> clock) : speaker_(speaker), clock_(std::move(clock)) {}

  /// The phone that speaks to callers; null: none any more.
  void connect(phone::Phone* phone);
  /// They wait, unless they do already. `callback_key`: that they press to be called back; empty: none.
  void begin(std::string const& interaction, std::string const& language, std::string const& callback_key);
  /// To who is to be called back, with this ticket; `failed` where it cannot be spoken.
  void say_farewell(std::string const& interaction, std::string const& language, std::uint32_t ticket, std::function<void()> failed);
  /// 1 is next.
  void place(std::string const& interaction, std::size_t position, std::optional<base::Millis> estimate_ms);
  void time_passed();
  /// They wait no more. What is spoken to them now is for the phone to stop.
  void forget(std::string const& interaction);

 private:
  struct Waiting {
    std::string language;
    base::Instant next;
    std::size_t position = 0;  ///< 0: not known yet
    std::optional<base::Millis> estimate_ms;
    std::size_t turn = 0;
    std::string callback_key{};
  };
  struct Due {
    std::string interaction;
    std::string language;
    std::string text;
  };

  void speak(Due const& due);

  Speaker& speaker_;
  std::function<base::Instant()> clock_;
  std::mutex mutex_;  ///< of what follows
  phone::Phone* phone_ = nullptr;
  std::map<std::string, Waiting, std::less<>> waiting_;
};

}  // namespace rapport::app

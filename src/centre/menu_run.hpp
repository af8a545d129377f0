#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "centre/menu.hpp"
#include "domain/event.hpp"

namespace rapport::centre {

/// What a menu wants done.
struct MenuEffect {
  enum class Kind : std::uint8_t {
    speak,     ///< `sound`, or else `text`; MenuRun::spoken when it was heard, or could not be spoken
    be_quiet,  ///< stop speaking
    tell,      ///< `event`, on the timeline, now
    enter,     ///< the queue `text`; MenuRun::refused if it does not take the caller
    hang_up,
    call_back,  ///< in the turn of the queue `text`, by `number`; MenuRun::refused as of enter
    listen,     ///< a tone; then record what they say. MenuRun::fell_silent and MenuRun::left end it
    send,       ///< to the number outside `number`; MenuRun::refused where nobody has them there
    leave,      ///< what was recorded, `length_ms` of it, waits in the queue `text`; hang up
  };
  Kind kind = Kind::speak;
  std::string text{};
  domain::Event event{};
  std::string number{};  ///< as it was keyed in; empty: the one that they call from
  std::string sound{};
  base::Millis length_ms = 0;
};
using MenuEffects = std::vector<MenuEffect>;

/// One call's way through a menu. Pure: state + what happened + now → state + effects, in their order.
///
/// Digits that may be those of a payment card are told to nobody, whatever the menu says.
class MenuRun {
 public:
  /// `name`: the menu's id, as the timeline tells it.
  MenuRun(std::shared_ptr<Menu const> menu, std::string name) : menu_(std::move(menu)), name_(std::move(name)) {}

  MenuEffects begin(base::Instant now);
  MenuEffects key(char key, base::Instant now);
  MenuEffects spoken(base::Instant now);
  /// The queue that it wanted to enter is closed or full, or nobody has the caller at the number outside.
  MenuEffects refused(base::Instant now);
  /// They have said nothing for limits::message_silence_ms.
  MenuEffects fell_silent(base::Instant now);
  /// They hung up. Without effects: there is nothing to be kept of it.
  MenuEffects left(base::Instant now);
  /// Time has passed.
  MenuEffects advance(base::Instant now);

  /// When `advance` has something to do.
  std::optional<base::Instant> deadline() const { return deadline_; }
  /// Hung up.
  bool over() const { return phase_ == Phase::over; }

  Menu const& menu() const { return *menu_; }

 private:
  enum class Phase : std::uint8_t { speaking,
                                    listening,
                                    entering,
                                    recording,
                                    over };

  void go(std::string_view step, std::string_view why, base::Instant now);
  void tell_step(std::string_view step, std::string_view why);
  void speak(std::string text, std::string sound);
  void ask_or_listen(base::Instant now);
  void record(base::Instant now);
  void leave(base::Millis length_ms);
  void send();
  void listen(base::Instant now);
  void take_choice(char key, base::Instant now);
  void take_digit(char key, base::Instant now);
  void take_digits(base::Instant now);
  void take_number();
  bool enough_digits() const;
  void take_consent(bool given, base::Instant now);
  void ask_again(std::string_view why, std::string_view before, base::Instant now);
  void hang_up();

  std::shared_ptr<Menu const> menu_;
  std::string name_;
  MenuStep const* step_ = nullptr;
  Phase phase_ = Phase::over;
  std::size_t turns_ = 0;
  std::uint8_t tries_ = 0;  ///< left
  std::string digits_;
  std::optional<base::Instant> deadline_;
  base::Instant recorded_from_;
  MenuEffects effects_;  ///< of what is under way
};

}  // namespace rapport::centre

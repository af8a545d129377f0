#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"

namespace rapport::evaluation {

/// Number of an obligation within one run, in order of opening.
using ObligationNumber = std::uint32_t;

/// The members of a bound, as bits, and the reminder that goes with it.
enum class Limit : std::uint8_t { time = 1,
                                  agent_turns = 2,
                                  customer_turns = 4,
                                  speech = 8,
                                  due = 16,
                                  cue = 32 };

/// Whose turns are counted.
enum class Side : std::uint8_t { agent,
                                 customer };

/// The moments at which bounds run out and cues fall due: one heap by time, one a side by number
/// of turns, one by milliseconds of speech. An entry of an obligation that was decided meanwhile
/// comes out all the same; the taker ignores it. A value.
class Deadlines {
 public:
  struct Alarm {
    std::int64_t when = 0;  ///< milliseconds, turn number or milliseconds of speech
    ObligationNumber obligation = 0;
    Limit limit = Limit::time;

    auto operator<=>(Alarm const&) const = default;
  };

  void at_time(base::Millis at_ms, ObligationNumber obligation, Limit limit) {
    push(times_, {at_ms, obligation, limit});
  }
  /// Runs out when turn number `turn` of that side starts.
  void at_turn(Side side, std::int32_t turn, ObligationNumber obligation, Limit limit) {
    push(turns_[static_cast<std::size_t>(side)], {turn, obligation, limit});
  }
  /// Runs out when more than `speech_ms` were spoken since the timeline's start.
  void at_speech(base::Millis speech_ms, ObligationNumber obligation, Limit limit) {
    push(speech_, {speech_ms, obligation, limit});
  }

  /// The instant of the earliest time alarm; nothing if there is none.
  std::optional<base::Millis> next_time() const {
    if (times_.empty()) return std::nullopt;
    return times_.front().when;
  }
  /// Takes the earliest alarm out whose time is `until_ms` or before.
  std::optional<Alarm> take_time(base::Millis until_ms) { return take(times_, until_ms); }
  /// Takes an alarm out that runs out when `turn` starts.
  std::optional<Alarm> take_turn(Side side, std::int32_t turn) {
    return take(turns_[static_cast<std::size_t>(side)], turn);
  }
  /// Takes an alarm out that is passed by a sum of `speech_ms`.
  std::optional<Alarm> take_speech(base::Millis speech_ms) { return take(speech_, speech_ms - 1); }

 private:
  using Heap = std::vector<Alarm>;
  static void push(Heap& heap, Alarm alarm);
  static std::optional<Alarm> take(Heap& heap, std::int64_t until);

  Heap times_;
  std::array<Heap, 2> turns_;
  Heap speech_;
};

}  // namespace rapport::evaluation

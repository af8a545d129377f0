#pragma once

#include <array>
#include <cstddef>

#include "media/frame.hpp"
#include "media/recording_format.hpp"

namespace rapport::media {

/// What of both sides is recorded. It is two frames behind them, so that the tones of keys are taken out with
/// their edges: a number that somebody keys in is in no recording, by whatever way its keys come. While it is
/// paused it holds silence of the true length. A value; pure.
class Tape {
 public:
  /// One side's 20 ms; `key`: an event says that a key is down (RFC 4733), whatever is heard.
  struct Side {
    Frame sound{};
    bool key = false;
  };

  /// The frame that is recorded now.
  RecordedFrame take(Side const& customer, Side const& agents);
  void pause(bool paused) { paused_ = paused; }
  /// As if nothing had been said before.
  void restart();

 private:
  static constexpr std::size_t behind = 2;
  static constexpr std::size_t hidden_after = 2;  ///< frames after a key's tone

  /// Of one side: what was said, the oldest first.
  struct Track {
    std::array<Frame, behind + 1> said{};
    std::size_t hides = 0;  ///< frames yet to come
  };
  void take(Track& track, Side const& side);

  Track customer_;
  Track agents_;
  bool paused_ = false;
};

}  // namespace rapport::media

#include "media/tape.hpp"

#include <algorithm>

#include "media/key_tones.hpp"

namespace rapport::media {

void Tape::take(Track& track, Side const& side) {
  std::shift_left(track.said.begin(), track.said.end(), 1);
  track.said.back() = paused_ ? Frame{} : side.sound;
  if (!paused_ && (side.key || is_key_tone(side.sound))) {
    for (Frame& frame : track.said) frame.fill(0);
    track.hides = hidden_after;
  } else if (track.hides > 0) {
    track.said.back().fill(0);
    --track.hides;
  }
}

RecordedFrame Tape::take(Side const& customer, Side const& agents) {
  take(customer_, customer);
  take(agents_, agents);
  return record(customer_.said.front(), agents_.said.front());
}

void Tape::restart() {
  customer_ = {};
  agents_ = {};
}

}  // namespace rapport::media

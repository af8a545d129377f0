#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "media/frame.hpp"

namespace rapport::media {

/// What those hear who wait: a quiet piece that repeats, made here so that nobody has rights in it. A
/// value that never changes; shared by all threads.
class HoldMusic {
 public:
  HoldMusic();
  /// Another piece; its last frame is filled up with silence. REQUIRES: not empty.
  explicit HoldMusic(std::vector<Sample> piece);
  /// The frame `number` of an endless piece.
  Frame frame(std::uint64_t number) const;
  std::size_t frames() const { return piece_.size() / frame_samples; }

 private:
  std::vector<Sample> piece_;
};

/// How a centre's phone rings in a caller's ear: ITU-T E.180's common form, 425 Hz, a second of tone in
/// five. Frame `number` since it began.
Frame ringing_tone(std::uint64_t number);

}  // namespace rapport::media

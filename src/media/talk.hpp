#pragma once

#include <cstddef>
#include <cstdint>

#include "media/bands.hpp"

/// Who speaks when, by how loud they are. Pure.
namespace rapport::media {

/// How long each of two sides spoke, in milliseconds of the time that was looked at.
struct Talk {
  std::uint64_t customer = 0;  ///< alone
  std::uint64_t agent = 0;     ///< alone
  std::uint64_t both = 0;
  std::uint64_t neither = 0;

  std::uint64_t all() const { return customer + agent + both + neither; }
  bool operator==(Talk const&) const = default;
};

/// Of two times that follow each other.
inline Talk operator+(Talk const& one, Talk const& other) { return {one.customer + other.customer, one.agent + other.agent, one.both + other.both, one.neither + other.neither}; }

/// Whether one side speaks: louder than lines murmur, and for a third of a second after, so that the pauses
/// within words do not count.
class VoiceActivity {
 public:
  /// The next 20 ms.
  bool speaks(WideFrame const& frame);

 private:
  std::size_t goes_on_ = 0;  ///< frames
};

/// Both sides of a talk, 20 ms after 20 ms.
class TalkMeter {
 public:
  void take(WideFrame const& customer, WideFrame const& agent);
  Talk const& talk() const { return talk_; }

 private:
  VoiceActivity customer_;
  VoiceActivity agent_;
  Talk talk_;
};

}  // namespace rapport::media

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/phone_limits.hpp"
#include "media/frame.hpp"

namespace rapport::media {

/// How loud one hears another: 256 is as it is, 0 is not at all.
using Gain = std::uint16_t;
inline constexpr Gain gain_full = 256;
inline constexpr Gain gain_none = 0;
inline constexpr Gain gain_max = 4 * gain_full;  ///< 12 dB louder

/// Who hears whom, of the legs of one call by their places. Nobody hears themselves unless told so. A
/// supervisor who listens is a column of gain_none that nobody hears; one who whispers is heard by one.
class GainMatrix {
 public:
  static constexpr std::size_t size = limits::legs_per_bridge_max;

  /// REQUIRES: places below `size`, gain at most gain_max.
  void set(std::size_t listener, std::size_t speaker, Gain gain);
  Gain at(std::size_t listener, std::size_t speaker) const { return gains_[listener][speaker]; }
  /// Nobody hears this place, and it hears nobody.
  void clear(std::size_t place);

 private:
  std::array<std::array<Gain, size>, size> gains_{};
};

/// What `listener` hears of all `spoken`, by place; sums are cut where they overflow. A null speaker is
/// silent. Pure.
/// REQUIRES: at most GainMatrix::size speakers.
void mix(GainMatrix const& gains, std::size_t listener, std::span<Frame const* const> spoken, Frame& heard);

}  // namespace rapport::media

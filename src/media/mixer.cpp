#include "media/mixer.hpp"

#include "base/assert.hpp"

namespace rapport::media {

void GainMatrix::set(std::size_t listener, std::size_t speaker, Gain gain) {
  RAPPORT_ASSERT(listener < size && speaker < size && gain <= gain_max);
  gains_[listener][speaker] = gain;
}

void GainMatrix::clear(std::size_t place) {
  RAPPORT_ASSERT(place < size);
  for (std::size_t other = 0; other < size; ++other) gains_[place][other] = gains_[other][place] = gain_none;
}

void mix(GainMatrix const& gains, std::size_t listener, std::span<Frame const* const> spoken, Frame& heard) {
  RAPPORT_ASSERT(spoken.size() <= GainMatrix::size);
  std::array<std::int32_t, frame_samples> sum{};
  for (std::size_t speaker = 0; speaker < spoken.size(); ++speaker) {
    std::int32_t const gain = gains.at(listener, speaker);
    if (gain == gain_none || spoken[speaker] == nullptr) continue;
    Frame const& frame = *spoken[speaker];
    for (std::size_t i = 0; i < frame_samples; ++i) sum[i] += frame[i] * gain;
  }
  for (std::size_t i = 0; i < frame_samples; ++i) heard[i] = saturate(sum[i] / gain_full);
}

}  // namespace rapport::media

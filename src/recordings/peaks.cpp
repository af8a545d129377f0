#include "recordings/peaks.hpp"

#include <algorithm>
#include <cstdlib>

namespace rapport::recordings {
namespace {

constexpr int steps = 128;  // of 16-bit sound in one of ours

std::vector<std::uint8_t> reduced(std::vector<std::uint8_t> const& frames, std::size_t each) {
  std::vector<std::uint8_t> peaks((frames.size() + each - 1) / each);
  for (std::size_t i = 0; i < frames.size(); ++i) peaks[i / each] = std::max(peaks[i / each], frames[i]);
  return peaks;
}

}  // namespace

void PeakMeter::add(media::RecordedFrame const& frame) {
  int customer = 0;
  int agents = 0;
  for (std::size_t i = 0; i < frame.size(); i += 2) {
    customer = std::max(customer, std::abs(int{media::decode(media::Codec::pcmu, frame[i])}));
    agents = std::max(agents, std::abs(int{media::decode(media::Codec::pcmu, frame[i + 1])}));
  }
  customer_.push_back(static_cast<std::uint8_t>(std::min(customer / steps, 255)));
  agents_.push_back(static_cast<std::uint8_t>(std::min(agents / steps, 255)));
}

Peaks PeakMeter::peaks() const {
  std::size_t const each = std::max<std::size_t>(1, (customer_.size() + peaks_max - 1) / peaks_max);
  return {each, reduced(customer_, each), reduced(agents_, each)};
}

}  // namespace rapport::recordings

#include "media/key_sender.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace rapport::media {
namespace {

constexpr std::string_view keys = "0123456789*#ABCD";
constexpr std::size_t down_frames = 5;
constexpr std::size_t end_frames = 3;
constexpr std::size_t pause_frames = 3;
constexpr std::uint8_t volume = 10;  // -10 dBm0

constexpr std::array<double, 4> low{697, 770, 852, 941};
constexpr std::array<double, 4> high{1'209, 1'336, 1'477, 1'633};
constexpr std::string_view pad = "123A456B789C*0#D";  // in rows

}  // namespace

bool KeySender::push(char key) {
  auto const code = keys.find(key);
  if (code == std::string_view::npos || count_ == codes_.size()) return false;
  codes_[count_++] = static_cast<std::uint8_t>(code);
  return true;
}

std::optional<KeySender::Step> KeySender::next() {
  if (count_ == 0) return std::nullopt;
  Step step;
  step.first = step_ == 0;
  if (step_ < down_frames + end_frames) {
    std::size_t const down = std::min(step_ + 1, down_frames);
    step.event = TelephoneEvent{codes_[0], step_ >= down_frames, volume, static_cast<std::uint16_t>(down * frame_samples)};
  }
  if (++step_ == down_frames + end_frames + pause_frames) {
    std::shift_left(codes_.begin(), codes_.end(), 1);
    --count_;
    step_ = 0;
  }
  return step;
}

Frame key_tones(std::uint8_t code, std::size_t step) {
  constexpr double peak = 4'000;  // of each
  std::size_t const place = pad.find(keys[code]);
  Frame frame{};
  for (std::size_t i = 0; i < frame_samples; ++i) {
    double const at = 2 * std::numbers::pi * static_cast<double>(step * frame_samples + i) / sample_rate;
    frame[i] = static_cast<Sample>(std::lround(peak * (std::sin(at * low[place / 4]) + std::sin(at * high[place % 4]))));
  }
  return frame;
}

}  // namespace rapport::media

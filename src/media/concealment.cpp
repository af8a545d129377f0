#include "media/concealment.hpp"

#include <algorithm>
#include <cstdint>

namespace rapport::media {
namespace {

constexpr std::size_t period_min = sample_rate / 200;  // voices from 200 Hz …
constexpr std::size_t period_max = sample_rate / 66;   // … down to 66 Hz
constexpr std::size_t compared_samples = frame_samples;

}  // namespace

void Concealment::remember(std::span<Sample const> samples) {
  if (samples.size() >= history_samples) samples = samples.last(history_samples);
  std::copy(history_.begin() + static_cast<std::ptrdiff_t>(samples.size()), history_.end(), history_.begin());
  std::copy(samples.begin(), samples.end(), history_.end() - static_cast<std::ptrdiff_t>(samples.size()));
}

/// The lag at which the last 20 ms are most like what was before them (normalised correlation).
std::size_t Concealment::pitch_period() const {
  Sample const* const newest = history_.data() + history_samples - compared_samples;
  std::size_t best = period_max;
  double best_likeness = 0;
  for (std::size_t lag = period_min; lag <= period_max; ++lag) {
    std::int64_t product = 0;
    std::int64_t energy = 1;
    for (std::size_t i = 0; i < compared_samples; i += 2) {
      std::int64_t const before = newest[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(lag)];
      product += before * newest[i];
      energy += before * before;
    }
    double const likeness = product <= 0 ? 0 : static_cast<double>(product) * static_cast<double>(product) / static_cast<double>(energy);
    if (likeness <= best_likeness) continue;
    best_likeness = likeness;
    best = lag;
  }
  return best;
}

Sample Concealment::next() {
  if (mended_ == 0) period_ = pitch_period();
  std::size_t const position = mended_ % period_;
  std::int32_t const repeated = history_[history_samples - period_ + position];
  auto const faded = static_cast<std::int32_t>(mended_ < full_samples ? full_samples * 5 : mended_ >= fade_end ? 0
                                                                                                               : fade_end - mended_);
  ++mended_;
  return static_cast<Sample>(repeated * faded / static_cast<std::int32_t>(full_samples * 5));
}

void Concealment::mend(std::span<Sample> hole) {
  for (Sample& sample : hole) sample = next();
}

void Concealment::heard(std::span<Sample> samples) {
  if (mended_ > 0) {
    std::size_t const joined = std::min(join_samples, samples.size());
    for (std::size_t i = 0; i < joined; ++i) {
      auto const share = static_cast<std::int32_t>(i);
      auto const whole = static_cast<std::int32_t>(joined);
      samples[i] = static_cast<Sample>((samples[i] * share + next() * (whole - share)) / whole);
    }
    mended_ = 0;
  }
  remember(samples);
}

}  // namespace rapport::media

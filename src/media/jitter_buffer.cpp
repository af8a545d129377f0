#include "media/jitter_buffer.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"

namespace rapport::media {
namespace {

constexpr std::size_t window_min = 100;  // frames: 2 s
constexpr std::size_t window_max = 800;
constexpr std::size_t skip_within = 50;  // frames in which a pause is waited for
constexpr std::size_t skip_again = 10;   // the same for each further one: speech at most a tenth faster
constexpr std::int64_t jump_samples = sample_rate - static_cast<std::int64_t>(limits::packet_samples_max);
constexpr std::size_t spare_samples = frame_samples / 2;  // in hand beside the frame that is due
constexpr std::int32_t quiet_peak = 500;

void glide(Frame& from, Frame const& into) {
  constexpr auto whole = static_cast<std::int32_t>(frame_samples);
  for (std::size_t i = 0; i < frame_samples; ++i) {
    auto const share = static_cast<std::int32_t>(i);
    from[i] = static_cast<Sample>((from[i] * (whole - share) + into[i] * share) / whole);
  }
}

}  // namespace

void JitterBuffer::restart() {
  begun_ = false;
  present_.fill(0);
}

void JitterBuffer::carry_upper(bool carried) {
  if (carried && upper_ == nullptr) upper_ = std::make_unique<Upper>();
  if (carried && !upper_carried_) *upper_ = Upper{};
  upper_carried_ = carried;
}

void JitterBuffer::put(std::uint32_t timestamp, std::span<Sample const> samples, std::span<Sample const> upper) {
  RAPPORT_ASSERT(upper.empty() || upper.size() == samples.size());
  samples = samples.first(std::min(samples.size(), limits::packet_samples_max));
  if (samples.empty()) return;
  std::int64_t position = next_ + static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(next_));
  std::int64_t const ahead = position - next_;
  if (begun_ && (ahead > jump_samples || ahead < -jump_samples)) {
    ++counts_.restarts;
    restart();
  }
  if (!begun_) {
    begun_ = true;
    position = static_cast<std::int64_t>(timestamp) + (std::int64_t{1} << 32U);  // far from 0, so that nothing is before it
    next_ = end_ = position;
    waited_ = 0;
    window_ = window_left_ = window_min;
    least_depth_ = ring_samples;
    skips_owed_ = skip_due_ = 0;
  }
  // The time in which nothing was sent has passed while we waited: it is not played once more.
  if (end_ <= next_ && position > next_) next_ += std::min(position - next_, waited_);
  store(position, samples, upper.first(std::min(upper.size(), samples.size())));
}

void JitterBuffer::store(std::int64_t position, std::span<Sample const> samples, std::span<Sample const> upper) {
  auto const passed = static_cast<std::size_t>(std::clamp<std::int64_t>(next_ - position, 0, static_cast<std::int64_t>(samples.size())));
  if (passed == samples.size()) {
    ++counts_.late;
    return;
  }
  std::span<Sample const> rest = samples.subspan(passed);
  upper = upper.subspan(std::min(passed, upper.size()));
  position += static_cast<std::int64_t>(passed);
  end_ = std::max(end_, position + static_cast<std::int64_t>(rest.size()));
  while (!rest.empty()) {
    std::size_t const at = slot(position);
    std::size_t const length = std::min(rest.size(), ring_samples - at);
    std::copy_n(rest.begin(), length, samples_.begin() + static_cast<std::ptrdiff_t>(at));
    std::fill_n(present_.begin() + static_cast<std::ptrdiff_t>(at), length, std::uint8_t{1});
    if (upper_carried_) {
      auto const above = upper_->samples.begin() + static_cast<std::ptrdiff_t>(at);
      if (upper.empty())
        std::fill_n(above, length, Sample{0});
      else
        std::copy_n(upper.begin(), length, above);
      upper = upper.subspan(std::min(length, upper.size()));
    }
    rest = rest.subspan(length);
    position += static_cast<std::int64_t>(length);
  }
}

JitterBuffer::Heard JitterBuffer::take(Frame& frame) {
  if (upper_carried_) upper_->taken.fill(0);
  return take_lower(frame);
}

JitterBuffer::Heard JitterBuffer::take_lower(Frame& frame) {
  if (!begun_) {
    frame.fill(0);
    return Heard::nothing;
  }
  if (depth() < frame_samples) {
    waited_ += static_cast<std::int64_t>(frame_samples);
    bool const silent = concealment_.faded();
    if (!silent) {
      ++counts_.waits;
      counts_.mended += frame_samples;
      bool const begins = waited_ == static_cast<std::int64_t>(frame_samples);
      if (begins) window_ = std::min(2 * window_, window_max);
      window_left_ = window_;
      least_depth_ = ring_samples;
      skips_owed_ = skip_due_ = 0;
    }
    concealment_.mend(frame);
    return silent ? Heard::nothing : Heard::mended;
  }
  waited_ = 0;
  adapt();
  Heard const heard = read(frame, upper_carried_ ? &upper_->taken : nullptr);
  if (skip_due_ > 0 && (--skip_due_ == 0 || quiet(frame))) {
    if (depth() >= frame_samples)
      skip(frame);
    else
      skips_owed_ = skip_due_ = 0;
  }
  return heard;
}

/// The next frame's samples, holes mended; the ring's places are free again.
JitterBuffer::Heard JitterBuffer::read(Frame& frame, Frame* upper) {
  Heard heard = Heard::whole;
  std::span<Sample> out{frame};
  while (!out.empty()) {
    std::size_t const at = slot(next_);
    std::size_t const length = std::min(out.size(), ring_samples - at);
    auto const begin = present_.begin() + static_cast<std::ptrdiff_t>(at);
    bool const there = *begin != 0;
    auto const run = static_cast<std::size_t>(std::find(begin, begin + static_cast<std::ptrdiff_t>(length), static_cast<std::uint8_t>(there ? 0 : 1)) - begin);
    std::span<Sample> const part = out.first(run);
    if (there) {
      std::copy_n(samples_.begin() + static_cast<std::ptrdiff_t>(at), run, part.begin());
      std::fill_n(begin, run, std::uint8_t{0});
      concealment_.heard(part);
      if (upper != nullptr) std::copy_n(upper_->samples.begin() + static_cast<std::ptrdiff_t>(at), run, upper->end() - static_cast<std::ptrdiff_t>(out.size()));
    } else {
      concealment_.mend(part);
      counts_.mended += run;
      heard = Heard::mended;
    }
    next_ += static_cast<std::int64_t>(run);
    out = out.subspan(run);
  }
  return heard;
}

/// Looks whether more was in hand than needed, all through the window.
void JitterBuffer::adapt() {
  least_depth_ = std::min(least_depth_, depth());
  if (--window_left_ > 0) return;
  if (least_depth_ >= 2 * frame_samples + spare_samples && skips_owed_ == 0) {
    skips_owed_ = (least_depth_ - frame_samples - spare_samples) / frame_samples;
    skip_due_ = skip_within;
  }
  window_ = std::max(window_ * 3 / 4, window_min);
  window_left_ = window_;
  least_depth_ = ring_samples;
}

/// Glides from this frame into the one behind it.
void JitterBuffer::skip(Frame& frame) {
  Frame following{};
  Frame following_upper{};
  read(following, upper_carried_ ? &following_upper : nullptr);
  glide(frame, following);
  if (upper_carried_) glide(upper_->taken, following_upper);
  skip_due_ = --skips_owed_ > 0 ? skip_again : 0;
  ++counts_.skips;
}

bool JitterBuffer::quiet(Frame const& frame) {
  return std::ranges::all_of(frame, [](Sample sample) { return sample < quiet_peak && sample > -quiet_peak; });
}

}  // namespace rapport::media

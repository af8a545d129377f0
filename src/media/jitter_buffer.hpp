#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "media/concealment.hpp"
#include "media/frame.hpp"

namespace rapport::media {

/// Makes an even stream of frames of the samples that come as they come: late, twice, out of order, not
/// at all, in packets of any length. One stream (SSRC); one thread; it holds at most a second.
///
/// Its delay follows the line. Where nothing is there when a frame is due, it waits for it (the hole is
/// mended) and so has more in hand from then on. Where more was in hand than needed for a while, it skips
/// as many frames, one by one, in pauses of the speaker if there are any soon. How long that while is grows
/// with each hole, so that a line that is bad now and then is not cut short again and again.
class JitterBuffer {
 public:
  enum class Heard : std::uint8_t { nothing,  ///< silence: nothing has come yet, or for long
                                    mended,   ///< some or all of it was missing
                                    whole };
  struct Counts {
    std::uint64_t late = 0;      ///< packets whose time had passed
    std::uint64_t waits = 0;     ///< frames that were not there in time
    std::uint64_t skips = 0;     ///< frames skipped to shorten the delay
    std::uint64_t restarts = 0;  ///< the sender's timestamps jumped
    std::uint64_t mended = 0;    ///< samples
  };

  /// Whether it carries an upper band, too (bands.hpp), which goes where the sound beside it goes, and of which
  /// nothing is made up. Takes memory at its first time.
  void carry_upper(bool carried);

  /// At most limits::packet_samples_max are taken. REQUIRES: as many of the upper band, or none.
  void put(std::uint32_t timestamp, std::span<Sample const> samples, std::span<Sample const> upper = {});
  /// The next 20 ms, always filled. Once every 20 ms.
  Heard take(Frame& frame);
  /// The upper band of what was taken last, in as far as it came. REQUIRES: carry_upper.
  Frame const& taken_upper() const { return upper_->taken; }
  /// Another stream begins (new SSRC).
  void restart();

  /// Samples in hand: the delay that it adds now.
  std::size_t depth() const { return begun_ && end_ > next_ ? static_cast<std::size_t>(end_ - next_) : 0; }
  Counts const& counts() const { return counts_; }

 private:
  static constexpr std::size_t ring_samples = 8'192;  ///< a power of two above a second

  struct Upper {
    std::array<Sample, ring_samples> samples{};
    Frame taken{};
  };

  std::size_t slot(std::int64_t position) const { return static_cast<std::size_t>(position) & (ring_samples - 1); }
  void store(std::int64_t position, std::span<Sample const> samples, std::span<Sample const> upper);
  Heard read(Frame& frame, Frame* upper);
  Heard take_lower(Frame& frame);
  void adapt();
  void skip(Frame& frame);
  static bool quiet(Frame const& frame);

  std::array<Sample, ring_samples> samples_{};
  std::array<std::uint8_t, ring_samples> present_{};
  std::unique_ptr<Upper> upper_;
  bool upper_carried_ = false;
  Concealment concealment_;
  bool begun_ = false;
  std::int64_t next_ = 0;        ///< of the next sample to play; RTP timestamps, unwrapped
  std::int64_t end_ = 0;         ///< behind the newest that came
  std::int64_t waited_ = 0;      ///< samples played since nothing was in hand
  std::size_t least_depth_ = 0;  ///< in this window, before each frame
  std::size_t window_left_ = 0;  ///< frames
  std::size_t window_ = 0;
  std::size_t skips_owed_ = 0;  ///< frames that are too many in hand
  std::size_t skip_due_ = 0;    ///< frames until a skip is made in any case; 0: none is due
  Counts counts_;
};

}  // namespace rapport::media

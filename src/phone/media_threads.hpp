#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "phone/media_thread.hpp"

namespace rapport::phone {

/// All threads of sound. A call is on one of them for its life, with all its legs, so that nothing of it is
/// shared; they take turns by the calls' numbers, so that which one it is needs no table. Asked by one thread,
/// always the same, as each of them is.
class MediaThreads {
 public:
  /// `recorder` and `taps` have as many feeds. REQUIRES: at least one.
  MediaThreads(std::size_t count, std::shared_ptr<media::HoldMusic const> const& music, MediaMetrics& metrics, Recorder& recorder, Taps& taps);

  // See MediaThread.
  bool begin(CallNumber call) { return of(call).begin(call); }
  bool with(CallNumber call, MediaThread::Work work) { return of(call).with(call, std::move(work)); }
  bool end(CallNumber call) { return of(call).end(call); }
  void stop();
  std::optional<MediaNews> next_news();

  std::size_t calls() const;

 private:
  MediaThread& of(CallNumber call) { return *threads_[call % threads_.size()]; }

  std::vector<std::unique_ptr<MediaThread>> threads_;
};

}  // namespace rapport::phone

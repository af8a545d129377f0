#include "phone/media_threads.hpp"

#include <numeric>

#include "base/assert.hpp"

namespace rapport::phone {

MediaThreads::MediaThreads(std::size_t count, std::shared_ptr<media::HoldMusic const> const& music, MediaMetrics& metrics, Recorder& recorder, Taps& taps) {
  RAPPORT_ASSERT(count > 0);
  for (std::size_t index = 0; index < count; ++index) threads_.push_back(std::make_unique<MediaThread>(music, metrics, recorder.feed(index), taps.feed(index)));
}

void MediaThreads::stop() {
  for (auto const& thread : threads_) thread->stop();
}

std::optional<MediaNews> MediaThreads::next_news() {
  for (auto const& thread : threads_) {
    if (auto news = thread->next_news()) return news;
  }
  return std::nullopt;
}

std::size_t MediaThreads::calls() const {
  return std::accumulate(threads_.begin(), threads_.end(), std::size_t{0}, [](std::size_t sum, auto const& thread) { return sum + thread->calls(); });
}

}  // namespace rapport::phone

#include "server/feed/stream_log.hpp"

#include "base/assert.hpp"

namespace rapport::server::feed {

void StreamLog::append(std::uint64_t seq, http::Frame frame) {
  RAPPORT_ASSERT(seq != 0 && (empty() || seq == last() + 1));
  if (empty()) first_ = seq;
  bytes_ += frame->size();
  frames_.push_back(std::move(frame));
}

void StreamLog::trim(std::size_t frames_max, std::size_t bytes_max) {
  while (frames_.size() > 1 && (frames_.size() > frames_max || bytes_ > bytes_max)) {
    bytes_ -= frames_.front()->size();
    frames_.pop_front();
    ++first_;
  }
}

http::Frame const& StreamLog::at(std::uint64_t seq) const {
  RAPPORT_ASSERT(!empty() && seq >= first_ && seq <= last());
  return frames_[static_cast<std::size_t>(seq - first_)];
}

}  // namespace rapport::server::feed

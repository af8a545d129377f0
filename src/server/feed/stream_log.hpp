#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "server/http/websocket.hpp"

namespace rapport::server::feed {

/// The frames of one stream that are kept for those who are behind: a run of numbers without gaps, up
/// to the newest. The oldest go first.
class StreamLog {
 public:
  /// REQUIRES: seq is last() + 1, or nothing was appended yet and seq is not 0.
  void append(std::uint64_t seq, http::Frame frame);
  /// Forgets the oldest until at most so many frames and bytes are left, but never the newest.
  void trim(std::size_t frames_max, std::size_t bytes_max);

  bool empty() const { return frames_.empty(); }
  /// Of the oldest and newest kept; both 0 while nothing was appended.
  std::uint64_t first() const { return first_; }
  std::uint64_t last() const { return empty() ? 0 : first_ + frames_.size() - 1; }
  /// REQUIRES: first() <= seq <= last().
  http::Frame const& at(std::uint64_t seq) const;
  std::size_t bytes() const { return bytes_; }

 private:
  std::deque<http::Frame> frames_;
  std::uint64_t first_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace rapport::server::feed

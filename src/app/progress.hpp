#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace rapport::app {

/// A line on standard error that says how far a long run has come: nothing in the first second,
/// then four times a second on a terminal, every ten seconds elsewhere. One thread at a time.
class Progress {
 public:
  /// `what` names the things counted ("interactions").
  explicit Progress(std::string what);
  ~Progress();
  Progress(Progress const&) = delete;
  Progress& operator=(Progress const&) = delete;

  void advance();

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_;
  bool terminal_;
  bool shown_ = false;
  std::size_t done_ = 0;
  Clock::time_point started_;
  Clock::time_point next_;
};

}  // namespace rapport::app

#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace rapport::app {

/// Does something at once and then again after each pause, on a thread of its own, until it is stopped.
class Repeating {
 public:
  explicit Repeating(std::chrono::seconds pause) : pause_(pause) {}
  void start(std::function<void()> work);
  /// Waits for a run that is under way.
  void stop();

 private:
  std::chrono::seconds pause_;
  std::jthread thread_;
};

}  // namespace rapport::app

#pragma once

#include <functional>
#include <thread>

namespace rapport::app {

/// Does something at once and then every hour, on a thread of its own, until it is stopped.
class Hourly {
 public:
  void start(std::function<void()> work);
  /// Waits for a run that is under way.
  void stop();

 private:
  std::jthread thread_;
};

}  // namespace rapport::app

#pragma once

#include <signal.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "base/time.hpp"

namespace rapport::app {

/// Waits for SIGTERM and SIGINT. The first asks the server to stop in order; a second one ends the
/// process at once. Made before any other thread of the process, the log's too, so that all threads leave these
/// signals to it; SIGPIPE is ignored from then on (a closed connection is an error of the write).
class StopSignals {
 public:
  /// `at_once` is called on a thread of this object's own; it usually does not return. By default it
  /// ends the process with status 128 + the signal.
  explicit StopSignals(std::function<void(int)> at_once = {});
  ~StopSignals();
  StopSignals(StopSignals const&) = delete;
  StopSignals& operator=(StopSignals const&) = delete;

  /// The first signal, or 0 where the program itself asked; nothing if neither came in that time.
  std::optional<int> wait_for(base::Millis time);
  /// The program itself asks to stop. Any thread.
  void request_stop();

 private:
  void watch();
  void note(int signal);

  std::function<void(int)> at_once_;
  sigset_t before_{};
  int signals_ = -1;  ///< signalfd
  int end_ = -1;      ///< eventfd
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<int> first_;
  std::thread watcher_;
};

}  // namespace rapport::app

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/log.hpp"
#include "app/service_notifier.hpp"
#include "app/stop_signals.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace rapport::app {

/// One part of the server. What its functions use must outlive the Lifecycle.
struct Component {
  std::string name;
  std::function<base::Result<void>()> start;
  std::function<void()> stop;                  ///< returns when the part has stopped; called once, on another thread
  base::Millis stop_limit = 5 * base::second;  ///< then the next is stopped, and the process cannot end by returning
};

/// Starts the parts in the order of adding and stops them in reverse: what was started last leans on
/// all before it. One thread uses it.
class Lifecycle {
 public:
  explicit Lifecycle(Log& log) : log_(log) {}
  /// REQUIRES: `stop` was called since the last successful start of anything.
  ~Lifecycle();
  Lifecycle(Lifecycle const&) = delete;
  Lifecycle& operator=(Lifecycle const&) = delete;

  void add(Component component);

  /// Starts all. Error: the first that failed, by name; those before it have been stopped again.
  base::Result<void> start();

  /// Stops what was started, all of it within `limit`. False if a part was still stopping when its
  /// time was up: its thread goes on, so the process must end by std::_Exit and not by returning.
  bool stop(base::Millis limit);

 private:
  bool stop_one(Component const& component, base::Millis limit);

  Log& log_;
  std::vector<Component> components_;
  std::size_t started_ = 0;  ///< components_[0 .. started_) run
};

/// What holds while the server runs.
struct Running {
  base::Millis shutdown_limit;
  std::function<bool()> healthy;  ///< asked before the service manager's watchdog is told that all is well; must not block
};

/// Starts the parts, tells the service manager, waits for a signal, and stops the parts. Returns the
/// exit status: 0 after an orderly end, 1 where a part did not start (told in the log). Where a part
/// does not stop in time it ends the process with status 1.
int run_until_stopped(Lifecycle& parts, StopSignals& signals, ServiceNotifier const& manager, Log& log, Running const& running);

}  // namespace rapport::app

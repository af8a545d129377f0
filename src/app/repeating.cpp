#include "app/repeating.hpp"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace rapport::app {

void Repeating::start(std::function<void()> work) {
  thread_ = std::jthread{[work = std::move(work), pause = pause_](std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    while (!stop.stop_requested()) {
      work();
      std::unique_lock lock{mutex};
      woken.wait_for(lock, stop, pause, [] { return false; });
    }
  }};
}

void Repeating::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace rapport::app

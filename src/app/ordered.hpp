#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace rapport::app {

/// Runs `work` on `jobs` threads over what `next` yields and hands the results to `deliver` in the
/// order of `next`, at any number of jobs. `next` and `deliver` are each called by one thread at a
/// time (not the same one always); at most `jobs * 8` items are under way, so memory stays flat.
/// None of the three may throw. Returns when `next` has yielded nothing and all is delivered.
template <typename In, typename Out>
class OrderedPipeline {
 public:
  OrderedPipeline(std::function<std::optional<In>()> next, std::function<Out(In)> work,
                  std::function<void(Out)> deliver)
      : next_(std::move(next)), work_(std::move(work)), deliver_(std::move(deliver)) {}

  void run(std::size_t jobs) {
    if (jobs <= 1) return run_alone();
    window_ = jobs * 8;
    std::vector<std::jthread> workers;
    workers.reserve(jobs);
    for (std::size_t job = 0; job < jobs; ++job) workers.emplace_back([this] { run_worker(); });
  }

 private:
  void run_alone() {
    while (auto item = next_()) deliver_(work_(std::move(*item)));
  }

  void run_worker() {
    while (auto item = take()) {
      Out result = work_(std::move(item->second));
      hand_over(item->first, std::move(result));
    }
  }

  /// The next item with its number; waits while too many are under way.
  std::optional<std::pair<std::size_t, In>> take() {
    std::unique_lock lock{mutex_};
    room_.wait(lock, [this] { return taken_ - delivered_ < window_ || ended_; });
    if (ended_) return std::nullopt;
    auto item = next_();
    if (!item) {
      ended_ = true;
      room_.notify_all();
      return std::nullopt;
    }
    return std::pair{taken_++, std::move(*item)};
  }

  /// Keeps the result until all before it are delivered; whoever holds the next one delivers.
  void hand_over(std::size_t number, Out result) {
    std::unique_lock lock{mutex_};
    finished_.emplace(number, std::move(result));
    if (delivering_) return;
    delivering_ = true;
    for (auto it = finished_.find(delivered_); it != finished_.end(); it = finished_.find(delivered_)) {
      Out ready = std::move(it->second);
      finished_.erase(it);
      lock.unlock();
      deliver_(std::move(ready));
      lock.lock();
      ++delivered_;
      room_.notify_one();
    }
    delivering_ = false;
  }

  std::function<std::optional<In>()> next_;
  std::function<Out(In)> work_;
  std::function<void(Out)> deliver_;

  std::mutex mutex_;  // guards all below
  std::condition_variable room_;
  std::map<std::size_t, Out> finished_;
  std::size_t taken_ = 0;
  std::size_t delivered_ = 0;
  std::size_t window_ = 1;
  bool ended_ = false;
  bool delivering_ = false;
};

}  // namespace rapport::app

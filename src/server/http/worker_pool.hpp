#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/limits.hpp"
#include "base/metrics.hpp"
#include "server/http/problem.hpp"
#include "server/http/reply.hpp"

namespace rapport::server::http {

/// Threads for what blocks (a read of the store), so that no I/O thread ever does. Jobs start in
/// order; those that wait are bounded, and what comes beyond is refused, not queued: under overload
/// the few that are served are served in time. Any thread may submit.
class WorkerPool {
 public:
  using Job = std::function<void()>;

  /// REQUIRES: threads and jobs_max above 0. `name` is the label of its metrics ("store").
  WorkerPool(std::string name, std::size_t threads, base::Metrics& metrics, std::size_t jobs_max = limits::http_jobs_max);
  /// Finishes what runs and drops what waits (a dropped Reply answers its client).
  ~WorkerPool();
  WorkerPool(WorkerPool const&) = delete;
  WorkerPool& operator=(WorkerPool const&) = delete;

  /// False where the queue is full or the pool stops: nothing was taken over. A job that throws is
  /// counted and ends alone.
  [[nodiscard]] bool submit(Job job);

  /// Runs `job(request, reply)` on the pool, or answers busy() at once.
  void serve(Request&& request, Reply reply, std::function<void(Request const&, Reply)> job);

  /// The refusal: 503 "workers_busy" with Retry-After of a second.
  static Response busy();

  /// Lets running and waiting jobs finish, then ends the threads. Later jobs are refused. Called once,
  /// not from a job.
  void finish();

  std::size_t waiting() const;

 private:
  void run();
  void end(bool drop_waiting);

  std::size_t const jobs_max_;
  base::Counter& refused_;
  base::Counter& failed_;
  base::Gauge& queued_;
  std::mutex mutable mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;  // under mutex_
  bool ending_ = false;   // under mutex_
  std::vector<std::thread> threads_;
};

/// A handler that does its work on the pool.
Handler blocking(WorkerPool& pool, std::function<void(Request const&, Reply)> job);

}  // namespace rapport::server::http

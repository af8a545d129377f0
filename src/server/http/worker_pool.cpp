#include "server/http/worker_pool.hpp"

#include <memory>
#include <utility>

#include "base/assert.hpp"

namespace rapport::server::http {

WorkerPool::WorkerPool(std::string name, std::size_t threads, base::Metrics& metrics, std::size_t jobs_max)
    : jobs_max_(jobs_max),
      refused_(metrics.counter("rapport_worker_refused_total", "Jobs refused because too many waited.", {{"pool", name}})),
      failed_(metrics.counter("rapport_worker_failed_total", "Jobs that ended by an exception.", {{"pool", name}})),
      queued_(metrics.gauge("rapport_worker_waiting", "Jobs that wait for a thread.", {{"pool", name}})) {
  RAPPORT_ASSERT(threads > 0 && jobs_max > 0);
  for (std::size_t index = 0; index < threads; ++index) threads_.emplace_back([this] { run(); });
}

WorkerPool::~WorkerPool() { end(true); }

void WorkerPool::finish() { end(false); }

void WorkerPool::end(bool drop_waiting) {
  std::deque<Job> dropped;  // destroyed outside the lock: a Reply in it answers
  {
    std::lock_guard const lock{mutex_};
    ending_ = true;
    if (drop_waiting) dropped.swap(jobs_);
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

bool WorkerPool::submit(Job job) {
  {
    std::lock_guard const lock{mutex_};
    if (ending_ || jobs_.size() >= jobs_max_) {
      refused_.add();
      return false;
    }
    jobs_.push_back(std::move(job));
    queued_.set(static_cast<std::int64_t>(jobs_.size()));
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() const {
  std::lock_guard const lock{mutex_};
  return jobs_.size();
}

Response WorkerPool::busy() {
  return Problem{status::unavailable, "workers_busy", {}, "too many requests wait already", {}, {}}.response().with(
      "Retry-After", "1");
}

void WorkerPool::serve(Request&& request, Reply reply, std::function<void(Request const&, Reply)> job) {
  struct Held {
    Request request;
    Reply reply;
  };
  // A std::function must be copyable, a Reply is not.
  auto const held = std::make_shared<Held>(Held{std::move(request), std::move(reply)});
  bool const taken = submit([held, job = std::move(job)] { job(held->request, std::move(held->reply)); });
  if (!taken) held->reply(busy());
}

void WorkerPool::run() {
  while (true) {
    Job job;
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return ending_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      queued_.set(static_cast<std::int64_t>(jobs_.size()));
    }
    try {
      job();
    } catch (...) {
      failed_.add();
    }
  }
}

Handler blocking(WorkerPool& pool, std::function<void(Request const&, Reply)> job) {
  return [&pool, job = std::move(job)](Request&& request, Reply reply) {
    pool.serve(std::move(request), std::move(reply), job);
  };
}

}  // namespace rapport::server::http

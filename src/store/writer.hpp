#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <limits>
#include <memory>
#include <mutex>
#include <thread>

#include "records/store.hpp"
#include "store/changes.hpp"
#include "store/database.hpp"

namespace rapport::store {

/// What the writer starts from.
struct WriterState {
  std::unique_ptr<Connection> connection;
  std::int64_t epoch = 0;  ///< of this server: one more with each opening; fences an older one off
  Positions positions;
  std::int64_t garbage = 0;  ///< live events whose interaction closed
};

/// The one thread that writes. Waiting batches become durable in groups, a transaction each.
class Writer {
 public:
  /// Told when the store becomes unavailable (the reason) and available again (empty). Writer's thread.
  using Told = std::function<void(std::string const& trouble)>;
  /// Told of what a batch had to last without, once the rest is durable. Writer's thread.
  using ToldLeftOut = std::function<void(LeftOut const&)>;
  /// Work beside batches, in a transaction of its own; what it returns is the caller's answer.
  using Task = std::function<std::size_t(Connection&)>;

  Writer(Database& database, Keys const& keys, LiveTable& live, KeyCache& cache, WriterState state, Told told, ToldLeftOut told_left_out = {});
  /// Finishes what was taken. What cannot be written now is refused.
  ~Writer();
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;

  bool submit(records::Batch batch, records::Store::Done done);
  /// Does the task in its turn, and `afterwards` outside the transaction once it is durable. Waits.
  records::Stored<std::size_t> run(Task task, std::function<void(Connection&)> afterwards = {});
  bool available() const { return available_; }

 private:
  struct Job {
    records::Batch batch;
    records::Store::Done done;
    Task task;
    std::function<void(Connection&)> afterwards;
    std::function<void(records::Stored<std::size_t>)> answer;  ///< of a task
  };
  using Jobs = std::deque<Job>;
  using Outcomes = std::vector<std::optional<records::StoreError>>;
  /// What was written and becomes known once it is durable.
  struct Attempt {
    std::int64_t number = 0;  ///< of the group; stands in the database if it was committed
    Outcomes outcomes;
    Draft draft;
    Counters counters;
    std::vector<LeftOut> left_out;
    bool committing = false;
  };

  bool enqueue(Job job);
  void work();
  Jobs take();
  /// Makes the batches durable, or refuses them, however long it takes.
  void write(Jobs jobs);
  /// Nothing of them can be written: the reason is theirs, not the database's. One by one.
  void write_alone(Jobs jobs);
  void attempt(Jobs const& jobs, Attempt& attempt);
  void mark_group(std::int64_t number);
  void publish(Jobs& jobs, Attempt& attempt);
  void run_task(Job& job);
  void sweep();
  /// A connection that stands, ours by the epoch. Throws.
  void reconnect();
  std::int64_t last_written();
  void check_fence_by_reader();
  /// Refuses what need not last, here and in the queue, and waits. False: the store closes.
  bool pause(Jobs& jobs, bool keep_all);
  static void refuse(Job& job, records::StoreError error);
  void refuse_queue(bool all);
  void trouble(std::string const& text);

  Database& database_;
  Keys const& keys_;
  LiveTable& live_;
  KeyCache& cache_;
  WriterState state_;
  Told told_;
  ToldLeftOut told_left_out_;
  Counters counters_;       ///< known values
  std::int64_t group_ = 0;  ///< number of the last group
  std::int64_t swept_ = 0;  ///< live events up to here were looked at
  std::chrono::milliseconds pause_{0};
  bool gathers_ = false;  ///< the last group was of several batches
  std::chrono::steady_clock::time_point next_group_;
  std::atomic<bool> available_ = true;
  bool fenced_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  Jobs queue_;
  static constexpr std::size_t nobody_waits = std::numeric_limits<std::size_t>::max();
  std::size_t wakes_at_ = nobody_waits;  ///< how many batches in the queue wake the thread
  std::size_t in_hand_ = 0;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace rapport::store

#include "store/writer.hpp"

#include <pthread.h>

#include <algorithm>
#include <future>

#include "base/limits.hpp"

namespace rapport::store {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t group_batches_max = 2'000;
/// A commit costs the same for one batch and for ten, and whoever is told of it wakes once: while batches come
/// in numbers, groups begin at least this far apart. A batch that comes alone does not wait.
constexpr auto group_every = 6ms;
constexpr std::size_t group_changes_max = 20'000;
constexpr std::size_t counters_known_max = 50'000;
constexpr auto pause_first = 10ms;
constexpr std::chrono::milliseconds pause_max = 1s;

}  // namespace

Writer::Writer(Database& database, Keys const& keys, LiveTable& live, KeyCache& cache, WriterState state, Told told, ToldLeftOut told_left_out)
    : database_(database), keys_(keys), live_(live), cache_(cache), state_(std::move(state)), told_(std::move(told)), told_left_out_(std::move(told_left_out)), thread_([this] { work(); }) {}

Writer::~Writer() {
  {
    std::lock_guard const lock{mutex_};
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

bool Writer::enqueue(Job job) {
  bool wake = false;
  {
    std::lock_guard const lock{mutex_};
    if (closing_ || queue_.size() + in_hand_ >= limits::writer_batches_max) return false;
    queue_.push_back(std::move(job));
    wake = queue_.size() >= wakes_at_;
  }
  if (wake) changed_.notify_one();
  return true;
}

bool Writer::submit(records::Batch batch, records::Store::Done done) {
  Job job;
  job.batch = std::move(batch);
  job.done = std::move(done);
  return enqueue(std::move(job));
}

records::Stored<std::size_t> Writer::run(Task task, std::function<void(Connection&)> afterwards) {
  auto promise = std::make_shared<std::promise<records::Stored<std::size_t>>>();
  auto outcome = promise->get_future();
  Job job;
  job.task = std::move(task);
  job.afterwards = std::move(afterwards);
  job.answer = [promise](records::Stored<std::size_t> result) { promise->set_value(std::move(result)); };
  if (!enqueue(std::move(job))) return records::StoreError::busy;
  return outcome.get();
}

void Writer::work() {
  ::pthread_setname_np(::pthread_self(), "store");
  for (;;) {
    Jobs jobs = take();
    if (jobs.empty()) return;
    if (fenced_) {
      for (Job& job : jobs) refuse(job, records::StoreError::unavailable);
    } else if (jobs.front().task) {
      run_task(jobs.front());
    } else {
      write(std::move(jobs));
    }
    {
      std::lock_guard const lock{mutex_};
      in_hand_ = 0;
    }
    sweep();
  }
}

/// One task, or as many batches as make a group. Empty: the store closes and nothing is left.
Writer::Jobs Writer::take() {
  std::unique_lock lock{mutex_};
  wakes_at_ = 1;
  changed_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  wakes_at_ = group_batches_max;
  if (gathers_ && !queue_.empty() && !queue_.front().task) changed_.wait_until(lock, next_group_, [this] { return closing_ || queue_.size() >= group_batches_max; });
  wakes_at_ = nobody_waits;
  Jobs jobs;
  for (std::size_t changes = 0; !queue_.empty() && jobs.size() < group_batches_max && changes < group_changes_max;) {
    Job& next = queue_.front();
    if (next.task && !jobs.empty()) break;
    bool const task = static_cast<bool>(next.task);
    changes += next.batch.changes.size();
    jobs.push_back(std::move(next));
    queue_.pop_front();
    if (task) break;
  }
  in_hand_ = jobs.size();
  gathers_ = jobs.size() > 1;
  next_group_ = std::chrono::steady_clock::now() + group_every;
  return jobs;
}

void Writer::write(Jobs jobs) {
  Attempt group;
  for (;;) {
    try {
      if (state_.connection->lost()) reconnect();
      if (group.committing && last_written() == group.number) return publish(jobs, group);
      if (group.committing) {  // known now: it was not
        std::erase_if(jobs, [](Job& job) {
          if (!job.batch.must_last) refuse(job, records::StoreError::unavailable);
          return !job.batch.must_last;
        });
      }
      group = {};
      attempt(jobs, group);
      return publish(jobs, group);
    } catch (Fenced const& reason) {
      fenced_ = true;
      trouble(reason.what());
      for (Job& job : jobs) refuse(job, records::StoreError::unavailable);
      return;
    } catch (Failure const& failure) {
      state_.connection->roll_back();
      if (failure.error() == records::StoreError::broken && !group.committing && !jobs.empty()) return write_alone(std::move(jobs));
      trouble(failure.what());
    }
    if (!pause(jobs, group.committing)) {
      for (Job& job : jobs) refuse(job, records::StoreError::unavailable);
      return;
    }
  }
}

void Writer::write_alone(Jobs jobs) {
  if (jobs.size() == 1) return refuse(jobs.front(), records::StoreError::broken);
  for (Job& job : jobs) {
    Jobs one;
    one.push_back(std::move(job));
    write(std::move(one));
  }
}

void Writer::mark_group(std::int64_t number) {
  if (state_.connection->change("UPDATE writer SET written = $1 WHERE one = 1 AND epoch = $2", {number, state_.epoch}) != 1)
    throw Fenced("another server has taken the database");
}

void Writer::attempt(Jobs const& jobs, Attempt& attempt) {
  Connection& connection = *state_.connection;
  attempt.number = ++group_;
  connection.begin();
  mark_group(attempt.number);
  WritingContext const context{database_.dialect(), keys_, live_, cache_, counters_};
  Changes changes{connection, context, state_.positions};
  for (Job const& job : jobs) attempt.outcomes.push_back(changes.apply(job.batch));
  changes.finish();
  attempt.draft = changes.draft();
  attempt.counters = changes.counters();
  attempt.left_out = changes.left_out();
  attempt.committing = true;
  connection.commit();
}

/// It is durable: memory takes it over, then everybody is told.
void Writer::publish(Jobs& jobs, Attempt& attempt) {
  auto const generation = cache_.generation();  // erasures happen on this thread
  for (auto const& [person, key] : attempt.draft.keys) cache_.keep(key, person, generation);
  if (counters_.size() > counters_known_max) counters_.clear();
  for (auto& [key, values] : attempt.counters) counters_.insert_or_assign(key, std::move(values));
  state_.positions = attempt.draft.positions;
  state_.garbage += attempt.draft.garbage;
  live_.apply(std::move(attempt.draft.live));
  pause_ = 0ms;
  if (!available_.exchange(true) && told_) told_({});
  for (LeftOut const& one : attempt.left_out) {
    if (told_left_out_) told_left_out_(one);
  }
  for (std::size_t at = 0; at < jobs.size(); ++at) {
    if (attempt.outcomes[at]) {
      jobs[at].done(*attempt.outcomes[at]);
    } else {
      jobs[at].done(records::Nothing{});
    }
  }
}

std::int64_t Writer::last_written() {
  auto const rows = state_.connection->query("SELECT epoch, written FROM writer WHERE one = 1", std::span<Value const>{});
  if (!rows->next() || rows->integer(0) != state_.epoch) throw Fenced("another server has taken the database");
  return rows->integer(1);
}

void Writer::reconnect() {
  try {
    // The lock comes with it, so no session of ours is left that could still commit something.
    state_.connection = database_.connect_writer();
  } catch (Fenced const&) {
    check_fence_by_reader();
    throw Failure(records::StoreError::unavailable, "a former session still holds the database's lock");
  }
  last_written();
}

void Writer::check_fence_by_reader() {
  auto const reader = database_.connect_reader();
  auto const rows = reader->query("SELECT epoch FROM writer WHERE one = 1", std::span<Value const>{});
  if (!rows->next() || rows->integer(0) != state_.epoch) throw Fenced("another server has taken the database");
}

void Writer::trouble(std::string const& text) {
  available_ = false;
  if (told_) told_(text);
}

void Writer::refuse(Job& job, records::StoreError error) {
  if (job.task) {
    job.answer(error);
  } else {
    job.done(error);
  }
}

void Writer::refuse_queue(bool all) {
  Jobs refused;
  {
    std::lock_guard const lock{mutex_};
    Jobs kept;
    for (Job& job : queue_) (all || !job.batch.must_last ? refused : kept).push_back(std::move(job));
    queue_ = std::move(kept);
  }
  for (Job& job : refused) refuse(job, records::StoreError::unavailable);
}

bool Writer::pause(Jobs& jobs, bool keep_all) {
  if (!keep_all) {
    std::erase_if(jobs, [](Job& job) {
      if (!job.batch.must_last) refuse(job, records::StoreError::unavailable);
      return !job.batch.must_last;
    });
  }
  pause_ = std::clamp<std::chrono::milliseconds>(pause_ * 2, pause_first, pause_max);
  auto const until = std::chrono::steady_clock::now() + pause_;
  for (;;) {
    refuse_queue(false);
    std::unique_lock lock{mutex_};
    in_hand_ = jobs.size();
    if (closing_) {
      lock.unlock();
      refuse_queue(true);
      return false;
    }
    auto const refusable = [this] {
      return closing_ || std::any_of(queue_.begin(), queue_.end(), [](Job const& job) { return !job.batch.must_last; });
    };
    wakes_at_ = 1;
    bool const come = changed_.wait_until(lock, until, refusable);
    wakes_at_ = nobody_waits;
    if (!come) return true;
  }
}

}  // namespace rapport::store

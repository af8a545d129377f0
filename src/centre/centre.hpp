#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "centre/core.hpp"
#include "centre/outbox.hpp"
#include "centre/remembered_answers.hpp"
#include "records/store.hpp"

namespace rapport::centre {

/// The live centre: one thread that owns the core (floor and live interactions). Commands come from any
/// thread; each is done at once, its changes go to the store, and only when they are durable the answer
/// and what it published leave, in the order of the commands.
///
/// While the store is unavailable commands are refused, and what was begun is written when it is back.
class Centre {
 public:
  using Clock = std::function<base::Instant()>;
  using Done = std::function<void(Granted<Outcome>)>;

  struct Request {
    Command command;
    Actor actor;
    std::string principal;                 ///< whose idempotency keys these are
    std::string key;                       ///< idempotency key; empty: none
    std::string request;                   ///< hash of what was asked, to tell a repeat from a reuse of the key
    std::vector<records::Change> besides;  ///< become durable together with it (audit); must not conflict
  };

  /// Listeners are called on the store's writer thread, in order; they and the outbox (which may be null)
  /// must outlive the centre.
  Centre(records::Store& store, std::vector<Listener*> listeners, Clock clock, std::uint64_t seed, base::Metrics& metrics,
         Outbox* outbox = nullptr);
  ~Centre();

  /// Takes up what the store holds, by this configuration, and begins. Error: what is stored is broken.
  base::Result<void> start(std::vector<Command> const& configuration);
  /// Refuses what comes from now on, finishes what came, saves the floor. Any thread but its own.
  void stop();

  /// Any thread. What follows from something durable (configuration, a judgement) is not refused while
  /// the store is unavailable, nor for others who wait. `done` is called once: at once if it is refused, else when it is durable, then on the
  /// writer's thread; it must be quick.
  void submit(Request request, Done done);
  /// Runs `look` on the centre's thread and then, when all that it saw is durable, `done`.
  void inspect(std::function<void(Core const&)> look, std::function<void()> done);

  /// Interactions started since this process began; any thread.
  std::uint64_t started() const { return started_.value(); }

 private:
  struct Job {
    Request request;
    Done done;
  };
  struct Look {
    std::function<void(Core const&)> look;
    std::function<void()> done;
  };
  using Work = std::variant<Job, Look>;

  base::Result<void> remember_inbox(records::LiveState const& stored);
  base::Result<void> remember_inbox(std::string const& interaction, std::string_view kind);
  void run();
  std::deque<Work> await_work();
  void work(Job job);
  void work(Look look);
  void pass_time();
  /// Why a step, or a part of it, does not last; nothing: all of it does.
  using NotWritten = std::optional<records::StoreError>;
  void write(Step step, std::function<void(NotWritten const&)> then);
  void answer_all(std::string const& key, Granted<Outcome> const& answer, Done const& done);
  void give_up(std::string interaction);
  void save_floor();
  bool push(Work work, bool even_if_full);
  base::Instant now();

  records::Store& store_;
  std::vector<Listener*> listeners_;
  Outbox* outbox_;
  Clock clock_;
  Core core_;
  base::Instant last_now_;
  base::Instant last_told_;
  base::Instant states_told_;
  RememberedAnswers answers_;  ///< shared with the writer's thread under answers_mutex_
  std::mutex answers_mutex_;
  base::Counter& started_;
  base::Counter& refused_;
  base::Counter& not_whole_;
  base::Counter& cut_;
  base::Gauge& live_;
  base::Histogram& durable_;  ///< from a command's turn to its being durable

  std::mutex mutex_;  ///< of what follows
  std::condition_variable woken_;
  std::deque<Work> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::centre

#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "records/store.hpp"
#include "server/webhooks/dispatcher.hpp"
#include "server/webhooks/sender.hpp"

namespace rapport::server::webhooks {

struct WebhookCounts {
  std::size_t waiting = 0;      ///< now
  std::size_t in_flight = 0;    ///< now
  std::size_t dead_letters = 0; ///< now
  std::uint64_t delivered = 0;  ///< since the start
  std::uint64_t failed = 0;     ///< attempts, since the start
};

/// Delivers what is kept, on a thread of its own. A delivery is first made durable by who has something
/// to tell (kept(delivery), best in the batch of the event itself) and then given to take(): so none
/// is lost, and one may come twice (receivers know it by its id). What was delivered is removed from the
/// store, what was given up stays as a dead letter. Any thread may call any member.
class Webhooks {
 public:
  using Clock = std::function<base::Instant()>;

  /// To go down: stop(), then destroy the sender (its last answers come then), then this, then the store.
  Webhooks(records::Store& store, Sender& sender, Clock clock, std::uint64_t seed);
  ~Webhooks();
  Webhooks(Webhooks const&) = delete;
  Webhooks& operator=(Webhooks const&) = delete;

  /// Reads what is kept; deliveries to endpoints that are not set are removed. Once, after the
  /// endpoints were set. Blocks. Error: the store's.
  records::Stored<records::Nothing> start();
  void stop();

  void set_endpoint(Endpoint endpoint);
  /// Its deliveries and dead letters are removed.
  void remove_endpoint(std::string id);
  /// REQUIRES: durable already. Where the endpoint's queue is full the delivery becomes a dead letter.
  void take(Delivery delivery);
  /// Tries a dead letter again, from now, before what waits for its endpoint. One that is not there (any
  /// longer) changes nothing.
  void redeliver(std::string id);

  WebhookCounts counts() const;

 private:
  using Task = std::function<void()>;

  void post(Task task);
  void run(std::stop_token const& stop);
  void begin_attempts();
  void ended(Delivery const& delivery, Outcome const& outcome);
  void bury(Delivery delivery);
  void write(records::Change change);
  void flush();

  records::Store& store_;
  Sender& sender_;
  Clock clock_;

  // The thread's, once it runs.
  Dispatcher dispatcher_;
  std::deque<std::pair<std::string, std::string>> dead_;  ///< id and endpoint, oldest first
  std::vector<records::Change> unwritten_;
  WebhookCounts counting_;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<Task> tasks_;
  bool stopped_ = false;
  WebhookCounts counts_;

  std::jthread thread_;  ///< last: stops before anything else goes
};

}  // namespace rapport::server::webhooks

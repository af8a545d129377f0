#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/id.hpp"
#include "base/metrics.hpp"
#include "centre/outbox.hpp"
#include "records/store.hpp"
#include "server/webhooks/delivery.hpp"
#include "server/webhooks/dispatcher.hpp"
#include "server/webhooks/sender.hpp"
#include "server/webhooks/webhook.hpp"

namespace rapport::server::webhooks {

/// Tells the configured webhooks what happens. What they must be told becomes durable in the batch of what
/// it tells of (centre::Outbox), and is delivered on a thread of its own: at least once, also after a
/// crash; receivers know a repeat by its id. Deliveries that were given up are dead letters until they are
/// tried again, dropped, or too old. Any thread may call any member that does not say otherwise.
class Webhooks final : public centre::Outbox {
 public:
  struct Options {
    RetryPolicy retry;
    base::Millis dead_kept = 30 * base::day;  ///< 0: for ever
    std::uint64_t seed = 1;                   ///< of ids
  };
  using Clock = std::function<base::Instant()>;

  /// The store and the metrics outlive it. REQUIRES: a sender.
  Webhooks(records::Store& store, std::unique_ptr<Sender> sender, Clock clock, Options options, base::Metrics& metrics);
  ~Webhooks() override;
  Webhooks(Webhooks const&) = delete;
  Webhooks& operator=(Webhooks const&) = delete;

  /// Reads what is kept and begins. Once, before the centre starts. Blocks.
  records::Stored<records::Nothing> start();
  /// What is under way breaks off, and comes again after the next start.
  void stop();

  centre::Outgoing outgoing(std::vector<centre::Publication> const& publications, base::Instant now) override;

  /// Takes up a webhook's document as it is now: made, changed or removed. Blocks.
  records::Stored<records::Nothing> reload(std::string const& id);
  std::size_t count() const;

  /// Puts a dead letter back in line, or drops it; `audit` becomes durable with that. Blocks. Errors: not
  /// found (any longer), busy (its line is full), unavailable.
  records::Stored<records::Nothing> retry(std::string const& id, records::AuditEntry audit);
  records::Stored<records::Nothing> drop(std::string const& id, records::AuditEntry audit);
  /// Puts all dead letters of a webhook back in line, as far as there is room; how many.
  records::Stored<std::size_t> retry_all(std::string const& webhook, records::AuditEntry audit);

 private:
  using Configured = std::map<std::string, Webhook>;
  using Task = std::function<void()>;
  using Answer = std::function<void(records::Stored<std::size_t>)>;
  using Letters = std::map<std::string, Failure>;  ///< by id: oldest event first

  std::shared_ptr<Configured const> configured() const;
  bool post(Task task);
  records::Stored<std::size_t> ask(std::function<void(Answer)> task);

  // The thread's.
  void run(std::stop_token const& stop);
  void begin_attempts(base::Instant now);
  void attempt(Dispatcher::Attempt const& attempt, base::Instant now);
  void ended(Dispatcher::Attempt const& attempt, Delivery const& delivery, Outcome const& outcome);
  void take(Delivery const& delivery);
  void bury(Failure failure);
  void remove_webhook(std::string const& id);
  void remove_letter(std::string const& id);
  Failure const* letter(std::string const& id) const;
  records::Stored<records::Nothing> revive(Failure const& letter, std::vector<records::Change>& changes);
  void forget_old(base::Instant now);
  void show_numbers();

  void write(std::vector<records::Change> changes, Answer done = {}, std::size_t count = 0);
  records::Stored<records::Nothing> read_webhooks();
  records::Stored<records::Nothing> read_failures(Letters& tried);
  records::Stored<records::Nothing> read_deliveries(Letters tried);
  records::Stored<records::Nothing> read_kind(char const* kind, std::function<void(records::Document const&)> const& take);

  records::Store& store_;
  std::unique_ptr<Sender> sender_;
  Clock clock_;
  Options options_;
  base::IdGenerator ids_;  ///< the centre's thread's

  base::Counter& delivered_;
  base::Counter& failed_;
  base::Counter& died_;
  base::Gauge& waiting_;
  base::Gauge& dead_count_;
  base::Histogram& took_;

  // The thread's, once it runs.
  Dispatcher dispatcher_;
  std::map<std::string, Letters> dead_;  ///< by webhook
  base::Instant forget_at_;

  std::mutex reloading_;  ///< one document at a time, so that the last that is read is the last
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<Task> tasks_;  ///< under mutex_, like what follows
  std::shared_ptr<Configured const> configured_;
  bool stopped_ = false;

  std::jthread thread_;  ///< last: it uses the rest
};

}  // namespace rapport::server::webhooks

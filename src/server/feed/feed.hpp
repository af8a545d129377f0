#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/time.hpp"
#include "server/feed/hub.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::feed {

using Clock = std::function<base::Instant()>;

/// The live feed: a Hub on a thread of its own. What others ask of it is put in one queue and done in
/// that order; publishing costs its caller the queue's lock and no more. Any thread may call any
/// member. To go down: stop(), then stop the listener, then destroy it: the connections' last calls
/// come in between.
class Feed {
 public:
  Feed(FeedSources sources, HubSettings settings, Clock clock);
  ~Feed();
  Feed(Feed const&) = delete;
  Feed& operator=(Feed const&) = delete;

  /// Closes what is open as going away and ends the thread; what is asked of it later goes nowhere.
  /// Once, by its owner; the destructor does it otherwise.
  void stop();

  /// Takes a connection. `subprotocol` as http::Upgrade::accept has it. REQUIRES: who it is and its
  /// Origin were checked.
  void accept(http::Upgrade upgrade, Subscriber who, std::string subprotocol = {});

  // As Hub's. The order of one thread's calls is kept.
  void publish(std::string stream, std::uint64_t seq, std::string event);
  void end(std::string stream, std::string why);
  /// `draw` is called on the feed's thread, or never: it looks at nothing but what it holds.
  void set_topic(std::string topic, Draw draw);
  void remove_topic(std::string topic);
  void revoke(std::string principal, Name name);
  void close_principal(std::string principal);
  void close_login(std::string login);
  /// Gives `tell` what Hub::logins says, on the feed's thread; never, once stopped.
  void tell_logins(std::function<void(std::vector<std::string>)> tell);

  /// As they stood a moment ago.
  FeedCounts counts() const;

 private:
  class Listener;
  using Task = std::function<void(Hub&, base::Instant)>;

  void post(Task task);
  FeedSources posting(FeedSources sources);
  void run(std::stop_token const& stop);

  Clock clock_;
  Hub hub_;  ///< the thread's, while it runs
  std::atomic<SessionId> sessions_ = 0;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::vector<Task> tasks_;
  bool sleeping_ = false;
  bool stopped_ = false;
  FeedCounts counts_;

  std::jthread thread_;  ///< last: stops before anything else goes
};

}  // namespace rapport::server::feed

#include "server/feed/feed.hpp"

#include <pthread.h>

#include <chrono>
#include <utility>

#include "base/limits.hpp"

namespace rapport::server::feed {
namespace {

constexpr std::chrono::milliseconds tick_every{limits::feed_topic_interval / 2};
/// Rounds begin so far apart: news come by the group, one after the other, and each would wake us. What comes alone
/// does not wait.
constexpr std::chrono::milliseconds round_every{2};

}  // namespace

/// One connection's side of the feed: puts what comes in into the feed's queue.
class Feed::Listener : public http::WebSocketListener {
 public:
  Listener(Feed& feed, Subscriber who) : feed_(feed), who_(std::move(who)), id_(++feed.sessions_) {}

  void on_open(std::shared_ptr<http::WebSocket> socket) override {
    connection_ = std::make_shared<Connection>(std::move(socket));
    feed_.post([id = id_, connection = connection_, who = std::move(who_)](Hub& hub, base::Instant now) {
      hub.open(id, connection, who, now);
    });
  }
  void on_text(std::string&& text) override {
    if (text.size() > limits::feed_client_frame_bytes_max) return refuse("feed_client_frame_bytes_max");
    if (pending_->fetch_add(1) >= limits::feed_pending_frames_max) return refuse("feed_pending_frames_max");
    feed_.post([id = id_, pending = pending_, text = std::move(text)](Hub& hub, base::Instant now) {
      --*pending;
      hub.text(id, text, now);
    });
  }
  void on_drained() override {
    if (!connection_->wants_drained.exchange(false)) return;
    feed_.post([id = id_](Hub& hub, base::Instant now) { hub.drained(id, now); });
  }
  void on_closed(http::CloseCode /*code*/) override {
    connection_.reset();
    feed_.post([id = id_](Hub& hub, base::Instant /*now*/) { hub.closed(id); });
  }

 private:
  void refuse(std::string reason) { connection_->socket->close(feed_close::too_many_errors, std::move(reason)); }

  Feed& feed_;
  Subscriber who_;
  SessionId id_;
  std::shared_ptr<Connection> connection_;
  std::shared_ptr<std::atomic<std::size_t>> pending_ = std::make_shared<std::atomic<std::size_t>>(0);
};

Feed::Feed(FeedSources sources, HubSettings settings, Clock clock)
    : clock_(std::move(clock)),
      hub_(posting(std::move(sources)), std::move(settings)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

Feed::~Feed() { stop(); }

void Feed::stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void Feed::accept(http::Upgrade upgrade, Subscriber who, std::string subprotocol) {
  upgrade.accept(std::make_shared<Listener>(*this, std::move(who)), std::move(subprotocol));
}

void Feed::publish(std::string stream, std::uint64_t seq, std::string event) {
  post([stream = std::move(stream), seq, event = std::move(event)](Hub& hub, base::Instant now) { hub.publish(stream, seq, event, now); });
}

void Feed::end(std::string stream, std::string why) {
  post([stream = std::move(stream), why = std::move(why)](Hub& hub, base::Instant now) { hub.end(stream, why, now); });
}

void Feed::set_topic(std::string topic, Draw draw) {
  post([topic = std::move(topic), draw = std::move(draw)](Hub& hub, base::Instant now) mutable { hub.set_topic(topic, std::move(draw), now); });
}

void Feed::remove_topic(std::string topic) {
  post([topic = std::move(topic)](Hub& hub, base::Instant now) { hub.remove_topic(topic, now); });
}

void Feed::revoke(std::string principal, Name name) {
  post([principal = std::move(principal), name = std::move(name)](Hub& hub, base::Instant /*now*/) { hub.revoke(principal, name); });
}

void Feed::close_principal(std::string principal) {
  post([principal = std::move(principal)](Hub& hub, base::Instant /*now*/) { hub.close_principal(principal); });
}

void Feed::close_login(std::string login) {
  post([login = std::move(login)](Hub& hub, base::Instant /*now*/) { hub.close_login(login); });
}

void Feed::tell_logins(std::function<void(std::vector<std::string>)> tell) {
  post([tell = std::move(tell)](Hub& hub, base::Instant /*now*/) { tell(hub.logins()); });
}

FeedCounts Feed::counts() const {
  std::scoped_lock const lock{mutex_};
  return counts_;
}

void Feed::post(Task task) {
  bool wake = false;
  {
    std::scoped_lock const lock{mutex_};
    if (stopped_) return;
    tasks_.push_back(std::move(task));
    wake = std::exchange(sleeping_, false);
  }
  if (wake) wake_.notify_one();
}

/// The same sources, whose answers come by the queue.
FeedSources Feed::posting(FeedSources sources) {
  FeedSources queued;
  queued.may_subscribe = [this, ask = std::move(sources.may_subscribe)](Subscriber const& who, Name const& name, Decide decide) {
    ask(who, name, [this, decide = std::move(decide)](bool may) {
      post([decide, may](Hub& /*hub*/, base::Instant /*now*/) { decide(may); });
    });
  };
  queued.snapshot = [this, ask = std::move(sources.snapshot)](std::string const& stream, TakeSnapshot take) {
    ask(stream, [this, take = std::move(take)](std::optional<Snapshot> snapshot) {
      post([take, snapshot = std::move(snapshot)](Hub& /*hub*/, base::Instant /*now*/) { take(snapshot); });
    });
  };
  return queued;
}

void Feed::run(std::stop_token const& stop) {
  ::pthread_setname_np(::pthread_self(), "feed");
  // Who told it has more to tell: what wakes it does not give way to it at once.
  sched_param const no_priority{};
  ::pthread_setschedparam(::pthread_self(), SCHED_BATCH, &no_priority);
  std::vector<Task> tasks;
  auto next_tick = std::chrono::steady_clock::now();
  auto next_round = next_tick;
  while (!stop.stop_requested()) {
    tasks.clear();
    {
      std::unique_lock lock{mutex_};
      wake_.wait_until(lock, stop, next_round, [] { return false; });  // nobody wakes it but the stop
      sleeping_ = tasks_.empty();
      wake_.wait_until(lock, stop, next_tick, [&] { return !tasks_.empty(); });
      sleeping_ = false;
      tasks.swap(tasks_);
    }
    if (!tasks.empty()) next_round = std::chrono::steady_clock::now() + round_every;
    base::Instant const now = clock_();
    for (Task const& task : tasks) task(hub_, now);
    if (std::chrono::steady_clock::now() < next_tick) continue;
    next_tick = std::chrono::steady_clock::now() + tick_every;
    hub_.tick(now);
    std::scoped_lock const lock{mutex_};
    counts_ = hub_.counts();
  }
  {
    std::scoped_lock const lock{mutex_};
    stopped_ = true;
    tasks.swap(tasks_);
  }
  for (Task const& task : tasks) task(hub_, clock_());
  hub_.close_all(http::close_code::going_away, "going_away");
}

}  // namespace rapport::server::feed

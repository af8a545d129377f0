#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "server/feed/client_frame.hpp"
#include "server/feed/hub_state.hpp"
#include "server/feed/server_frame.hpp"

namespace rapport::server::feed {

struct HubSettings {
  std::string server_version;
  /// Of the streams that do not keep their numbers: another one at each start. Not 0.
  std::uint64_t epoch = 1;
};

/// What the hub did since it was made.
struct FeedCounts {
  std::size_t sessions = 0;       ///< now
  std::size_t subscriptions = 0;  ///< now
  std::size_t streams = 0;        ///< now
  std::size_t kept_bytes = 0;     ///< now, of all streams
  std::uint64_t frames = 0;       ///< given to connections
  std::uint64_t stale = 0;        ///< times that a client fell behind
  std::uint64_t resets = 0;
  std::uint64_t refused = 0;   ///< frames and items of clients
  std::uint64_t too_slow = 0;  ///< connections closed for it
};

/// Of a text or a view of one.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};

/// Who gets what of the feed (docs/feed.md): lossless streams and state topics to many connections.
///
/// A stream's frames are serialised once and kept for a while; every subscription is a place in that
/// run. A client with room in its connection gets each frame as it comes. One without falls behind:
/// nothing is queued for it beside its place, it is told that it is stale once it reads again, and it
/// is sent the rest of the run, or, where that was trimmed away, a snapshot and what follows it. So
/// memory does not grow with slow clients, and no client sees a gap or a repeat.
///
/// One thread at a time. Sources and sockets must not call back into the hub from within its calls:
/// who stands between (Feed) queues.
class Hub {
 public:
  /// The sources' answers come back by the function that the hub gave along.
  Hub(FeedSources sources, HubSettings settings);

  // From the connections.
  void open(SessionId id, std::shared_ptr<Connection> connection, Subscriber who, base::Instant now);
  void text(SessionId id, std::string_view text, base::Instant now);
  void drained(SessionId id, base::Instant now);
  void closed(SessionId id);

  // From the centre.
  /// The next event of a stream, durable. `event` is JSON. REQUIRES: a name by parse_stream; `seq`
  /// follows the stream's last (any but 0 for a stream's first).
  void publish(std::string_view stream, std::uint64_t seq, std::string_view event, base::Instant now);
  /// The stream's subject is closed. Who publishes ends: otherwise the frames are kept for good.
  void end(std::string_view stream, std::string_view why, base::Instant now);
  /// The topic's value is now this JSON, not empty. Equal values change nothing. REQUIRES: a name by
  /// parse_topic.
  void set_topic(std::string_view topic, std::string value, base::Instant now);
  /// The same, drawn up only once somebody follows the topic.
  void set_topic(std::string_view topic, Draw draw, base::Instant now);
  void remove_topic(std::string_view topic, base::Instant now);
  /// The principal may not see this any longer: its subscriptions end as "forbidden".
  void revoke(std::string_view principal, Name const& name);
  /// Closes every connection of a principal (rights_changed) or of a login (signed_out).
  void close_principal(std::string_view principal);
  void close_login(std::string_view login);
  /// Of users and tokens that are connected, in no order; one that has several connections, several times.
  std::vector<std::string> logins() const;
  void close_all(http::CloseCode code, std::string_view why);

  /// What is due by the clock: heartbeats, topics held back, frames of ended streams, blocked clients.
  void tick(base::Instant now);
  FeedCounts counts() const;

 private:
  // What clients ask for (hub_requests.cpp).
  void refuse(Session& session, ErrorAnswer const& error);
  bool afford(Session& session, std::size_t names, base::Instant now);
  void subscribe(Session& session, OpenRequest& request, ClientItem const& item, std::size_t place);
  void unsubscribe(Session& session, OpenRequest const& request, ClientItem const& item, std::size_t place);
  void decided(SessionId id, Name const& name, std::uint64_t ticket, bool may);
  void settle(Session& session, std::uint64_t request, std::size_t decided);
  void start_stream(Subscription& subscription);
  void ask_snapshot(Subscription& subscription);
  void snapshot_taken(std::string const& stream, std::optional<Snapshot> const& snapshot);

  // Sending (hub_sending.cpp).
  enum class Progress : std::uint8_t { whole,
                                       no_room,
                                       waits,
                                       finished };
  void control(Session& session, Frame const& frame);
  bool give(Session& session, Frame const& frame);
  Progress advance(Subscription& subscription);
  void fall_behind(Subscription& subscription);
  void catch_up(Session& session);
  void send_or_wait(Subscription& subscription);
  void send_topic(Topic& topic);
  void tell_stale(Session& session);

  // Coming and going (hub.cpp).
  Stream& stream_of(std::string_view name);
  Topic& topic_of(std::string_view name);
  void drop(Subscription& subscription);
  void shut(Session& session, http::CloseCode code, std::string_view why);
  void remove(Session& session);
  void finish_step();
  void forget_ended();
  void trim(Stream& stream);
  void forget_if_unused(Stream& stream);
  void forget_if_unused(Topic& topic);

  struct Ended {
    std::string stream;
    base::Instant at;  ///< or when it was looked at last, somebody still reading it
  };

  FeedSources sources_;
  HubSettings settings_;
  base::Instant now_;  ///< of the step that runs
  std::map<SessionId, Session> sessions_;
  std::map<std::string, std::size_t, std::less<>> connections_;  ///< by principal
  // Names begin alike (a kind, and an id by time), so that comparing them costs more than hashing one.
  std::unordered_map<std::string, Stream, NameHash, std::equal_to<>> streams_;
  std::unordered_map<std::string, Topic, NameHash, std::equal_to<>> topics_;
  std::vector<std::string> topics_waiting_;
  std::deque<Ended> ended_;  ///< in the order of their ends; some of them live again
  std::vector<SessionId> doomed_;
  std::vector<SessionId> newly_behind_;
  std::uint64_t tickets_ = 0;
  std::uint64_t versions_ = 0;  ///< of all topics
  std::size_t kept_bytes_ = 0;
  std::optional<base::Instant> heartbeat_at_;
  FeedCounts counts_;
};

}  // namespace rapport::server::feed

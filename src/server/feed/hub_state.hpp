#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "server/feed/connection.hpp"
#include "server/feed/cursor.hpp"
#include "server/feed/name.hpp"
#include "server/feed/sources.hpp"
#include "server/feed/stream_log.hpp"

/// What a Hub holds. Of the hub alone.
namespace rapport::server::feed {

using SessionId = std::uint64_t;

struct Session;
struct Stream;
struct Topic;

/// One name that one session gets.
struct Subscription {
  enum class State : std::uint8_t {
    deciding,  ///< whether it may is asked
    snapshot,  ///< waits for a snapshot to go on from
    live,
  };

  Session* session = nullptr;
  Name name;
  std::uint64_t ticket = 0;  ///< tells this subscription from a later one of the same name
  State state = State::deciding;
  bool behind = false;      ///< in its session's list of those behind
  bool told_stale = false;  ///< the client knows that it is behind
  // Of a deciding one: what it answers to.
  std::uint64_t request = 0;
  std::size_t item = 0;
  std::optional<Cursor> after;
  // Of a stream's.
  Stream* stream = nullptr;
  std::uint64_t next = 0;     ///< the number that it gets next; of a topic's: the version that it has
  http::Frame held;           ///< a reset that goes before it
  std::size_t snapshots = 0;  ///< tried since it was last live
  // Of a topic's.
  Topic* topic = nullptr;
};

struct Stream {
  struct End {
    std::string why;
    base::Instant at;
  };

  std::string name;
  std::uint64_t epoch = 0;
  StreamLog log;
  std::optional<End> end;
  std::vector<Subscription*> subscribers;
  bool snapshot_asked = false;
};

/// Draws a topic's value up: JSON, not empty.
using Draw = std::function<std::string()>;

struct Topic {
  std::string name;
  std::string value;  ///< empty: none, or not drawn up
  Draw draw;          ///< of the value, where nobody has asked for it yet
  std::uint64_t version = 0;
  http::Frame frame;  ///< of this version; built when it goes out
  base::Instant sent_at;
  bool waits = false;  ///< changed within the interval; goes out with a tick
  std::vector<Subscription*> subscribers;
};

/// A subscribe frame with items that are not decided yet.
struct OpenRequest {
  std::uint64_t number = 0;  ///< the hub's own; clients may use an id twice
  std::int64_t id = 0;
  std::size_t undecided = 0;
};

struct Session {
  SessionId id = 0;
  std::shared_ptr<Connection> connection;
  Subscriber who;
  std::map<Name, Subscription> subscriptions;
  std::list<OpenRequest> requests;
  std::deque<Subscription*> behind;            ///< those that have something to send and no room
  std::optional<base::Instant> blocked_since;  ///< behind, and nothing has gone out since then
  bool told_stale = false;
  std::int64_t allowance = 0;  ///< names that it may ask for, in thousandths
  base::Instant allowance_at;
  std::size_t strikes = 0;
  bool doomed = false;  ///< closed; leaves the hub at the end of the step
};

}  // namespace rapport::server::feed

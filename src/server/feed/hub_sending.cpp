#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "server/feed/hub.hpp"

namespace rapport::server::feed {
namespace {

bool has_room(http::WebSocket const& socket) {
  std::size_t const frames = socket.buffered_frames();
  return frames == 0 || (frames < limits::feed_backlog_frames_max && socket.buffered_bytes() < limits::feed_backlog_bytes_max);
}

}  // namespace

/// Answers and notices: few, and never held back. Who leaves no room even for these is cut off.
void Hub::control(Session& session, Frame const& frame) {
  if (session.doomed) return;
  switch (session.connection->socket->send(frame)) {
    case http::Sent::queued:
      ++counts_.frames;
      return;
    case http::Sent::closed:
      return;  // closed() follows
    case http::Sent::full:
      ++counts_.too_slow;
      return shut(session, feed_close::too_slow, "too_slow");
  }
}

/// False: there is no room now.
bool Hub::give(Session& session, Frame const& frame) {
  if (session.doomed) return true;
  http::WebSocket& socket = *session.connection->socket;
  if (!has_room(socket)) return false;
  http::Sent const sent = socket.send(frame);
  if (sent == http::Sent::queued) ++counts_.frames;
  if (sent != http::Sent::full) return true;  // to a closed one: closed() follows
  if (socket.buffered_frames() > 0) return false;
  ++counts_.too_slow;  // a frame that no empty connection takes
  shut(session, feed_close::too_slow, "too_slow");
  return true;
}

/// Sends what the subscription has not got yet, as far as there is room.
Hub::Progress Hub::advance(Subscription& subscription) {
  Session& session = *subscription.session;
  if (Topic* const topic = subscription.topic) {
    if (subscription.next == topic->version && topic->version != 0) return Progress::whole;
    if (topic->draw) topic->value = std::exchange(topic->draw, nullptr)();
    if (!topic->frame) {
      topic->frame = topic->value.empty() ? removed_frame(topic->name, topic->version) : topic_frame(topic->name, topic->version, topic->value);
    }
    if (!give(session, topic->frame)) return Progress::no_room;
    subscription.next = topic->version;
    return Progress::whole;
  }
  Stream const& stream = *subscription.stream;
  if (subscription.held) {
    if (!give(session, subscription.held)) return Progress::no_room;
    subscription.held.reset();
    ++counts_.resets;
  }
  while (subscription.next <= stream.log.last()) {
    if (subscription.next < stream.log.first()) {
      if (subscription.snapshots < limits::feed_snapshots_max) {
        ask_snapshot(subscription);
        return Progress::waits;
      }
      return give(session, ended_frame(stream.name, "unavailable")) ? Progress::finished : Progress::no_room;
    }
    if (!give(session, stream.log.at(subscription.next))) return Progress::no_room;
    ++subscription.next;
  }
  subscription.snapshots = 0;
  if (!stream.end) return Progress::whole;
  return give(session, ended_frame(stream.name, stream.end->why)) ? Progress::finished : Progress::no_room;
}

void Hub::send_or_wait(Subscription& subscription) {
  switch (advance(subscription)) {
    case Progress::no_room:
      return fall_behind(subscription);
    case Progress::finished:
      return drop(subscription);
    case Progress::whole:
    case Progress::waits:
      return;
  }
}

void Hub::fall_behind(Subscription& subscription) {
  Session& session = *subscription.session;
  subscription.behind = true;
  session.behind.push_back(&subscription);
  if (session.behind.size() > 1) return;
  session.blocked_since = now_;
  session.connection->wants_drained = true;
  newly_behind_.push_back(session.id);
}

void Hub::send_topic(Topic& topic) {
  topic.sent_at = now_;
  for (Subscription* const subscription : topic.subscribers) {
    if (!subscription->behind) send_or_wait(*subscription);
  }
}

void Hub::drained(SessionId id, base::Instant now) {
  now_ = now;
  auto const found = sessions_.find(id);
  if (found == sessions_.end()) return;
  catch_up(found->second);
  finish_step();
}

/// Everything that was given to the connection has gone out: goes on with what was not.
void Hub::catch_up(Session& session) {
  session.blocked_since.reset();
  tell_stale(session);
  while (!session.behind.empty() && !session.doomed) {
    Subscription& subscription = *session.behind.front();
    session.behind.pop_front();
    Progress const progress = advance(subscription);
    if (progress == Progress::no_room) {
      session.behind.push_back(&subscription);  // the others have their turn first
      session.connection->wants_drained = true;
      if (session.connection->socket->buffered_frames() == 0) continue;  // drained before we asked to be told
      session.blocked_since = now_;
      return;
    }
    subscription.behind = subscription.told_stale = false;
    if (progress == Progress::finished) drop(subscription);
  }
  if (std::exchange(session.told_stale, false)) control(session, stale_frame({}));
}

/// Names the streams that are behind, unless the client knows them all.
void Hub::tell_stale(Session& session) {
  std::vector<std::string_view> streams;
  bool news = false;
  for (Subscription* const subscription : session.behind) {
    if (subscription->stream == nullptr) continue;
    streams.push_back(subscription->name.text);
    news = !std::exchange(subscription->told_stale, true) || news;
  }
  if (!news) return;
  session.told_stale = true;
  ++counts_.stale;
  control(session, stale_frame(streams));
}

}  // namespace rapport::server::feed

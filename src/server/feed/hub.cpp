#include "server/feed/hub.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::server::feed {

Hub::Hub(FeedSources sources, HubSettings settings) : sources_(std::move(sources)), settings_(std::move(settings)) {
  RAPPORT_ASSERT(sources_.may_subscribe && sources_.snapshot && settings_.epoch != 0);
}

void Hub::open(SessionId id, std::shared_ptr<Connection> connection, Subscriber who, base::Instant now) {
  now_ = now;
  if (sessions_.size() >= limits::feed_connections_max) {
    connection->socket->close(http::close_code::try_again_later, "feed_connections_max");
    return;
  }
  std::size_t& count = connections_[who.principal];
  if (count >= limits::feed_connections_per_principal_max) {
    connection->socket->close(feed_close::too_many_connections, "feed_connections_per_principal_max");
    return;
  }
  ++count;
  auto const [place, added] = sessions_.try_emplace(id);
  RAPPORT_ASSERT(added);
  Session& session = place->second;
  session.id = id;
  session.connection = std::move(connection);
  session.who = std::move(who);
  session.allowance = limits::feed_burst_max * 1'000;
  session.allowance_at = now;
  control(session, hello_frame(settings_.server_version, now, limits::feed_heartbeat));
  finish_step();
}

void Hub::closed(SessionId id) {
  auto const found = sessions_.find(id);
  if (found != sessions_.end()) remove(found->second);
}

void Hub::publish(std::string_view stream, std::uint64_t seq, std::string_view event, base::Instant now) {
  now_ = now;
  Stream& to = stream_of(stream);
  to.end.reset();
  Frame const frame = event_frame(stream, {to.epoch, seq}, event);
  to.log.append(seq, frame);
  kept_bytes_ += frame->size();
  trim(to);
  for (Subscription* const subscription : to.subscribers) {
    bool const waits = subscription->state != Subscription::State::live || subscription->behind;
    if (waits || subscription->next > seq) continue;
    send_or_wait(*subscription);
  }
  finish_step();
}

void Hub::end(std::string_view stream, std::string_view why, base::Instant now) {
  now_ = now;
  auto const found = streams_.find(stream);
  if (found == streams_.end()) return;
  Stream& ending = found->second;
  ending.end = Stream::End{std::string{why}, now};
  ended_.push_back({ending.name, now});
  auto const subscribers = ending.subscribers;  // those who have everything leave the list
  for (Subscription* const subscription : subscribers) {
    if (subscription->state == Subscription::State::live && !subscription->behind) send_or_wait(*subscription);
  }
  finish_step();
}

void Hub::set_topic(std::string_view topic, std::string value, base::Instant now) {
  now_ = now;
  Topic& changed = topic_of(topic);
  if (!changed.draw && changed.value == value) return;
  changed.value = std::move(value);
  changed.draw = nullptr;
  changed.frame.reset();
  changed.version = ++versions_;
  if (changed.waits) return;
  if (now - changed.sent_at >= limits::feed_topic_interval) {
    send_topic(changed);
  } else {
    changed.waits = true;
    topics_waiting_.push_back(changed.name);
  }
  finish_step();
}

void Hub::set_topic(std::string_view topic, Draw draw, base::Instant now) {
  Topic& changed = topic_of(topic);
  if (!changed.subscribers.empty()) return set_topic(topic, draw(), now);
  changed.value.clear();
  changed.draw = std::move(draw);
  changed.frame.reset();
  changed.version = ++versions_;
}

void Hub::remove_topic(std::string_view topic, base::Instant now) {
  if (!topics_.contains(topic)) return;
  set_topic(topic, std::string{}, now);
  auto const found = topics_.find(topic);
  if (found != topics_.end()) forget_if_unused(found->second);
}

void Hub::revoke(std::string_view principal, Name const& name) {
  std::vector<Subscription*> subscribers;
  if (name.kind == NameKind::stream) {
    if (auto const found = streams_.find(name.text); found != streams_.end()) subscribers = found->second.subscribers;
  } else if (auto const found = topics_.find(name.text); found != topics_.end()) {
    subscribers = found->second.subscribers;
  }
  for (Subscription* const subscription : subscribers) {
    Session& session = *subscription->session;
    if (session.who.principal != principal) continue;
    control(session, name.kind == NameKind::stream ? ended_frame(name.text, "forbidden") : topic_ended_frame(name.text, "forbidden"));
    drop(*subscription);
  }
  finish_step();
}

void Hub::close_principal(std::string_view principal) {
  for (auto& [id, session] : sessions_) {
    if (session.who.principal == principal) shut(session, feed_close::rights_changed, "rights_changed");
  }
  finish_step();
}

void Hub::close_login(std::string_view login) {
  for (auto& [id, session] : sessions_) {
    if (session.who.login == login) shut(session, feed_close::signed_out, "signed_out");
  }
  finish_step();
}

std::vector<std::string> Hub::logins() const {
  std::vector<std::string> logins;
  for (auto const& [id, session] : sessions_) {
    if (!session.who.principal.starts_with("customer:")) logins.push_back(session.who.login);
  }
  return logins;
}

void Hub::close_all(http::CloseCode code, std::string_view why) {
  for (auto& [id, session] : sessions_) shut(session, code, why);
  finish_step();
}

void Hub::tick(base::Instant now) {
  now_ = now;
  std::vector<std::string> const waiting = std::exchange(topics_waiting_, {});
  for (std::string const& name : waiting) {
    auto const found = topics_.find(name);
    if (found == topics_.end() || !found->second.waits) continue;
    if (now - found->second.sent_at < limits::feed_topic_interval) {
      topics_waiting_.push_back(name);
      continue;
    }
    found->second.waits = false;
    send_topic(found->second);
    forget_if_unused(found->second);
  }
  forget_ended();
  bool const beats = heartbeat_at_ && now - *heartbeat_at_ >= limits::feed_heartbeat;
  Frame const heartbeat = beats ? heartbeat_frame(now) : nullptr;
  if (beats || !heartbeat_at_) heartbeat_at_ = now;
  for (auto& [id, session] : sessions_) {
    if (beats) give(session, heartbeat);  // who has no room for it gets other frames
    if (!session.behind.empty() && session.connection->socket->buffered_frames() == 0) catch_up(session);
    bool const blocked = session.blocked_since && now - *session.blocked_since >= limits::feed_blocked_max;
    if (!blocked || session.doomed) continue;
    ++counts_.too_slow;
    shut(session, feed_close::too_slow, "too_slow");
  }
  finish_step();
}

/// Of those that ended long ago, and no look at the others: at some calls a second thousands wait here.
void Hub::forget_ended() {
  while (!ended_.empty() && now_ - ended_.front().at >= limits::feed_ended_kept) {
    std::string const name = std::move(ended_.front().stream);
    ended_.pop_front();
    auto const found = streams_.find(name);
    if (found == streams_.end() || !found->second.end) continue;           // gone, or live again
    if (now_ - found->second.end->at < limits::feed_ended_kept) continue;  // it lived again: a later entry is its own
    if (!found->second.subscribers.empty()) {
      ended_.push_back({name, now_});
      continue;
    }
    kept_bytes_ -= found->second.log.bytes();
    streams_.erase(found);
  }
}

FeedCounts Hub::counts() const {
  FeedCounts counts = counts_;
  counts.sessions = sessions_.size();
  counts.streams = streams_.size();
  counts.kept_bytes = kept_bytes_;
  for (auto const& [id, session] : sessions_) counts.subscriptions += session.subscriptions.size();
  return counts;
}

Stream& Hub::stream_of(std::string_view name) {
  if (auto const found = streams_.find(name); found != streams_.end()) return found->second;
  RAPPORT_ASSERT(parse_stream(name));
  Stream& stream = streams_[std::string{name}];
  stream.name = name;
  stream.epoch = keeps_numbers(name) ? 0 : settings_.epoch;
  return stream;
}

Topic& Hub::topic_of(std::string_view name) {
  if (auto const found = topics_.find(name); found != topics_.end()) return found->second;
  RAPPORT_ASSERT(parse_topic(name));
  Topic& topic = topics_[std::string{name}];
  topic.name = name;
  topic.sent_at = now_ + -limits::feed_topic_interval;
  return topic;
}

/// Ends a subscription on our side; nothing is sent.
void Hub::drop(Subscription& subscription) {
  Session& session = *subscription.session;
  if (subscription.behind) std::erase(session.behind, &subscription);
  Name const name = subscription.name;
  Stream* const stream = subscription.stream;
  Topic* const topic = subscription.topic;
  if (stream != nullptr) std::erase(stream->subscribers, &subscription);
  if (topic != nullptr) std::erase(topic->subscribers, &subscription);
  session.subscriptions.erase(name);
  if (stream != nullptr) forget_if_unused(*stream);
  if (topic != nullptr) forget_if_unused(*topic);
}

void Hub::shut(Session& session, http::CloseCode code, std::string_view why) {
  if (session.doomed) return;
  session.doomed = true;
  session.connection->socket->close(code, std::string{why});
  doomed_.push_back(session.id);
}

void Hub::remove(Session& session) {
  session.behind.clear();
  for (auto& [name, subscription] : session.subscriptions) subscription.behind = false;
  while (!session.subscriptions.empty()) drop(session.subscriptions.begin()->second);
  auto const count = connections_.find(session.who.principal);
  RAPPORT_ASSERT(count != connections_.end() && count->second > 0);
  if (--count->second == 0) connections_.erase(count);
  sessions_.erase(session.id);
}

/// What must not happen while a step walks over subscriptions.
void Hub::finish_step() {
  std::vector<SessionId> const behind = std::exchange(newly_behind_, {});
  for (SessionId const id : behind) {
    auto const found = sessions_.find(id);
    // It may have drained between our look at it and our asking to be told of that.
    if (found != sessions_.end() && found->second.connection->socket->buffered_frames() == 0) catch_up(found->second);
  }
  for (SessionId const id : std::exchange(doomed_, {})) closed(id);
}

void Hub::trim(Stream& stream) {
  kept_bytes_ -= stream.log.bytes();
  bool const much = kept_bytes_ + stream.log.bytes() > limits::feed_kept_bytes_max;
  stream.log.trim(much ? limits::feed_stream_frames_few : limits::feed_stream_frames_max, limits::feed_stream_bytes_max);
  kept_bytes_ += stream.log.bytes();
}

void Hub::forget_if_unused(Stream& stream) {
  if (!stream.subscribers.empty() || !stream.log.empty() || stream.snapshot_asked) return;
  streams_.erase(streams_.find(stream.name));
}

void Hub::forget_if_unused(Topic& topic) {
  if (!topic.subscribers.empty() || topic.draw || !topic.value.empty()) return;
  topics_.erase(topics_.find(topic.name));
}

}  // namespace rapport::server::feed

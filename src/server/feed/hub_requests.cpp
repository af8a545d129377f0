#include <algorithm>

#include "base/limits.hpp"
#include "server/feed/hub.hpp"

namespace rapport::server::feed {

void Hub::text(SessionId id, std::string_view text, base::Instant now) {
  now_ = now;
  auto const found = sessions_.find(id);
  if (found == sessions_.end()) return;
  Session& session = found->second;
  auto const frame = parse_client_frame(text);
  if (!frame) {
    ++session.strikes;
    refuse(session, {"bad_frame", frame.error().id, {}, frame.error().detail});
  } else if (!afford(session, frame->items.size(), now)) {
    ++session.strikes;
    refuse(session, {"too_fast", frame->id, {}, "feed_burst_max names at once, then feed_burst_refill a second"});
  } else {
    OpenRequest& request = session.requests.emplace_back(OpenRequest{++tickets_, frame->id, 0});
    for (std::size_t place = 0; place < frame->items.size(); ++place) {
      bool const adds = frame->verb == ClientFrame::Verb::subscribe;
      if (adds) subscribe(session, request, frame->items[place], place);
      if (!adds) unsubscribe(session, request, frame->items[place], place);
    }
    settle(session, request.number, 0);
  }
  if (session.strikes >= limits::feed_strikes_max) shut(session, feed_close::too_many_errors, "feed_strikes_max");
  finish_step();
}

void Hub::refuse(Session& session, ErrorAnswer const& error) {
  ++counts_.refused;
  control(session, error_frame(error));
}

bool Hub::afford(Session& session, std::size_t names, base::Instant now) {
  base::Millis const passed = std::clamp<base::Millis>(now - session.allowance_at, 0, base::hour);
  session.allowance = std::min(session.allowance + passed * limits::feed_burst_refill, limits::feed_burst_max * 1'000);
  session.allowance_at = now;
  std::int64_t const price = static_cast<std::int64_t>(names) * 1'000;
  if (price > session.allowance) return false;
  session.allowance -= price;
  return true;
}

void Hub::subscribe(Session& session, OpenRequest& request, ClientItem const& item, std::size_t place) {
  if (!item.name) return refuse(session, {"unknown_name", request.id, place, "no stream or topic has such a name"});
  if (session.subscriptions.contains(*item.name)) {
    return refuse(session, {"already_subscribed", request.id, place, "unsubscribe first to start from another place"});
  }
  if (session.subscriptions.size() >= limits::feed_subscriptions_max) {
    return refuse(session, {"too_many_subscriptions", request.id, place, "feed_subscriptions_max"});
  }
  Subscription& subscription = session.subscriptions[*item.name];
  subscription.session = &session;
  subscription.name = *item.name;
  subscription.ticket = ++tickets_;
  subscription.request = request.number;
  subscription.item = place;
  if (item.after) subscription.after = read_cursor(item.name->text, *item.after);
  ++request.undecided;
  sources_.may_subscribe(session.who, *item.name, [this, id = session.id, name = *item.name, ticket = subscription.ticket](bool may) {
    decided(id, name, ticket, may);
  });
}

void Hub::unsubscribe(Session& session, OpenRequest const& request, ClientItem const& item, std::size_t place) {
  auto const found = item.name ? session.subscriptions.find(*item.name) : session.subscriptions.end();
  if (found == session.subscriptions.end()) {
    return refuse(session, {"not_subscribed", request.id, place, "nothing to unsubscribe"});
  }
  bool const undecided = found->second.state == Subscription::State::deciding;
  std::uint64_t const asked_by = found->second.request;
  drop(found->second);
  if (undecided) settle(session, asked_by, 1);
}

void Hub::decided(SessionId id, Name const& name, std::uint64_t ticket, bool may) {
  auto const session_found = sessions_.find(id);
  if (session_found == sessions_.end()) return;
  Session& session = session_found->second;
  auto const found = session.subscriptions.find(name);
  if (found == session.subscriptions.end() || found->second.ticket != ticket) return;
  Subscription& subscription = found->second;
  std::uint64_t const request = subscription.request;
  if (!may) {
    auto const open = std::find_if(session.requests.begin(), session.requests.end(),
                                   [&](OpenRequest const& each) { return each.number == request; });
    refuse(session, {"forbidden", open->id, subscription.item, "no such thing, or you may not see it"});
    drop(subscription);
  } else if (name.kind == NameKind::stream) {
    start_stream(subscription);
  } else {
    subscription.state = Subscription::State::live;
    subscription.topic = &topic_of(name.text);
    subscription.topic->subscribers.push_back(&subscription);
    send_or_wait(subscription);
  }
  settle(session, request, 1);
  finish_step();
}

/// So many items of the request are decided now; answers `done` after the last.
void Hub::settle(Session& session, std::uint64_t request, std::size_t decided) {
  auto const found = std::find_if(session.requests.begin(), session.requests.end(),
                                  [&](OpenRequest const& each) { return each.number == request; });
  if (found == session.requests.end()) return;
  found->undecided -= decided;
  if (found->undecided > 0) return;
  control(session, done_frame(found->id));
  session.requests.erase(found);
}

/// Puts a permitted subscription at its place in the stream: behind its cursor, or where a snapshot stands.
void Hub::start_stream(Subscription& subscription) {
  Stream& stream = stream_of(subscription.name.text);
  subscription.stream = &stream;
  stream.subscribers.push_back(&subscription);
  auto const& after = subscription.after;
  bool const known = after && after->epoch == stream.epoch && after->seq <= stream.log.last() &&
                     (stream.log.empty() || after->seq + 1 >= stream.log.first());
  if (!known) return ask_snapshot(subscription);
  subscription.state = Subscription::State::live;
  subscription.next = after->seq + 1;
  send_or_wait(subscription);
}

void Hub::ask_snapshot(Subscription& subscription) {
  Stream& stream = *subscription.stream;
  subscription.state = Subscription::State::snapshot;
  ++subscription.snapshots;
  if (std::exchange(stream.snapshot_asked, true)) return;
  sources_.snapshot(stream.name, [this, name = stream.name](std::optional<Snapshot> const& snapshot) { snapshot_taken(name, snapshot); });
}

void Hub::snapshot_taken(std::string const& name, std::optional<Snapshot> const& snapshot) {
  auto const found = streams_.find(name);
  if (found == streams_.end()) return;
  Stream& stream = found->second;
  std::string const why = stream.end ? stream.end->why : "gone";
  bool const of_now = snapshot && snapshot->seq == 0 && !keeps_numbers(name);
  std::uint64_t const seq = of_now ? stream.log.last() : snapshot ? snapshot->seq
                                                                  : 0;
  Frame const frame = snapshot ? reset_frame(name, {stream.epoch, seq}, snapshot->value) : ended_frame(name, why);
  auto const subscribers = stream.subscribers;
  for (Subscription* const subscription : subscribers) {
    if (subscription->state != Subscription::State::snapshot) continue;
    if (!snapshot) {
      control(*subscription->session, frame);
      drop(*subscription);
      continue;
    }
    subscription->state = Subscription::State::live;
    subscription->held = frame;
    subscription->next = seq + 1;
    send_or_wait(*subscription);
  }
  stream.snapshot_asked = false;
  // A subscriber may have fallen out of what is kept, once more, while its reset was sent.
  for (Subscription* const subscription : stream.subscribers) {
    if (subscription->state != Subscription::State::snapshot) continue;
    --subscription->snapshots;
    ask_snapshot(*subscription);
  }
  forget_if_unused(stream);
  finish_step();
}

}  // namespace rapport::server::feed

#include "server/feed/hub.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "unit/server/feed/fakes.hpp"

namespace rapport::server::feed::testing {
namespace {

std::string const call = "interaction/7";

TEST(Hub, GreetsAndBeats) {
  World world;
  auto client = world.connect();
  EXPECT_EQ(client.next(), R"({"hello":{"server":"1.2.3","time":"2025-06-15T15:06:40Z","heartbeat_ms":15000}})");
  world.hub.tick(world.now);
  EXPECT_EQ(client.next(), "");
  world.hub.tick(world.now + limits::feed_heartbeat);
  EXPECT_EQ(client.next(), R"({"heartbeat":"2025-06-15T15:06:55Z"})");
  EXPECT_EQ(client.next(), "");
}

TEST(Hub, ANewSubscriberGetsASnapshotAndWhatFollows) {
  World world;
  world.publish(call, 1);
  world.publish(call, 2);
  auto client = world.ready();
  world.say(client, subscribe_stream(call));
  EXPECT_EQ(client.next(), R"({"done":1})");
  EXPECT_EQ(client.next(), reset(call, 0, 2));
  world.publish(call, 3);
  EXPECT_EQ(client.next(), event(call, 0, 3));
  EXPECT_EQ(client.next(), "");
}

TEST(Hub, ACursorGoesOnWithoutGapOrRepeat) {
  World world;
  for (std::uint64_t seq = 1; seq <= 5; ++seq) world.publish(call, seq);
  auto client = world.ready();
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 2})));
  for (std::uint64_t seq = 3; seq <= 5; ++seq) EXPECT_EQ(client.next(), event(call, 0, seq));
  EXPECT_EQ(client.next(), R"({"done":1})");
  world.publish(call, 6);
  EXPECT_EQ(client.next(), event(call, 0, 6));
  EXPECT_EQ(world.snapshots, 0U);
}

TEST(Hub, ACursorOutlivesAStartOfTheServerWhereNumbersDo) {
  World world{8};  // its epoch was 7 when these cursors were given
  for (std::string const& stream : {call, std::string{"agent/ann"}}) {
    for (std::uint64_t seq = 1; seq <= 3; ++seq) world.publish(stream, seq);
  }
  auto client = world.ready();
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 2})));
  EXPECT_EQ(client.next(), event(call, 0, 3));
  client.next();
  world.say(client, subscribe_stream("agent/ann", write_cursor("agent/ann", {7, 2})));
  client.next();
  EXPECT_EQ(client.next(), reset("agent/ann", 8, 3));
}

TEST(Hub, AnExpiredOrForeignCursorGetsAReset) {
  World world;
  std::uint64_t const last = limits::feed_stream_frames_max + 10;
  for (std::uint64_t seq = 1; seq <= last; ++seq) world.publish(call, seq);
  std::vector<std::string> const cursors{write_cursor(call, {0, 9}), write_cursor(call, {0, last + 1}), write_cursor(call, {1, last}),
                                         write_cursor("interaction/8", {0, last}), "nonsense"};
  for (std::string const& cursor : cursors) {
    auto client = world.ready();
    world.say(client, subscribe_stream(call, cursor));
    client.next();
    EXPECT_EQ(client.next(), reset(call, 0, last)) << cursor;
    world.hub.closed(client.id);
  }
  auto client = world.ready();
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 10})));  // the oldest that is kept is 11
  EXPECT_EQ(client.next(), event(call, 0, 11));
}

TEST(Hub, ASnapshotAheadOfTheStreamHidesWhatItHolds) {
  World world;
  world.at_once = false;
  auto client = world.ready();
  world.subjects[call] = 4;
  world.say(client, subscribe_stream(call));
  world.answer();
  client.next();
  EXPECT_EQ(client.next(), reset(call, 0, 4));
  for (std::uint64_t seq = 3; seq <= 5; ++seq) world.publish(call, seq);
  EXPECT_EQ(client.next(), event(call, 0, 5));
  EXPECT_EQ(client.next(), "");
}

TEST(Hub, ASnapshotWithoutNumberIsOfNow) {
  World world;
  for (std::uint64_t seq = 1; seq <= 3; ++seq) world.publish("agent/ann", seq);
  world.subjects["agent/ann"] = 0;
  auto client = world.ready();
  world.say(client, subscribe_stream("agent/ann"));
  client.next();
  EXPECT_EQ(client.next(), *reset_frame("agent/ann", {7, 3}, R"({"at":0})"));
  world.publish("agent/ann", 4);
  EXPECT_EQ(client.next(), event("agent/ann", 7, 4));
}

TEST(Hub, SubscribersThatComeTogetherShareASnapshot) {
  World world;
  world.publish(call, 1);
  world.at_once = false;
  auto first = world.ready(), second = world.ready();
  world.say(first, subscribe_stream(call));
  world.say(second, subscribe_stream(call));
  world.answer();
  EXPECT_EQ(world.snapshots, 1U);
  for (auto* client : {&first, &second}) {
    client->next();
    EXPECT_EQ(client->next(), reset(call, 0, 1));
  }
}

TEST(Hub, AnEndedStreamIsKeptForAWhile) {
  World world;
  world.publish(call, 1);
  world.publish(call, 2);
  auto client = world.ready();
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 2})));
  client.next();
  world.hub.end(call, "closed", world.now);
  EXPECT_EQ(client.next(), R"({"stream":"interaction/7","ended":"closed"})");
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 1})));
  EXPECT_EQ(client.next(), event(call, 0, 2));
  EXPECT_EQ(client.next(), R"({"stream":"interaction/7","ended":"closed"})");
  world.hub.tick(world.now + limits::feed_ended_kept);
  EXPECT_EQ(world.hub.counts().streams, 0U);
  EXPECT_EQ(world.hub.counts().kept_bytes, 0U);
  world.subjects.erase(call);
  client.next();
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 1})));
  client.next();
  EXPECT_EQ(client.next(), R"({"stream":"interaction/7","ended":"gone"})");
}

TEST(Hub, TopicsShowTheLatestValueAtMostSoOften) {
  World world;
  auto client = world.ready();
  world.say(client, subscribe_topic("floor"));
  EXPECT_EQ(client.next(), R"({"topic":"floor","version":0,"removed":true})");
  EXPECT_EQ(client.next(), R"({"done":1})");
  world.hub.set_topic("floor", "1", world.now);
  EXPECT_EQ(client.next(), R"({"topic":"floor","version":1,"value":1})");
  world.hub.set_topic("floor", "1", world.now);  // nothing new
  world.hub.set_topic("floor", "2", world.now);
  world.hub.set_topic("floor", "3", world.now);
  EXPECT_EQ(client.next(), "");
  world.hub.tick(world.now + limits::feed_topic_interval);
  EXPECT_EQ(client.next(), R"({"topic":"floor","version":3,"value":3})");
  world.now = world.now + base::minute;
  world.hub.remove_topic("floor", world.now);
  EXPECT_EQ(client.next(), R"({"topic":"floor","version":4,"removed":true})");
  EXPECT_EQ(client.next(), "");
}

TEST(Hub, ATopicIsDrawnUpOnceSomebodyFollowsIt) {
  World world;
  int drawn = 0;
  auto const value = [&drawn](std::string text) { return [&drawn, text] { return ++drawn, text; }; };
  world.hub.set_topic("floor", value("1"), world.now);
  world.hub.set_topic("floor", value("2"), world.now);
  EXPECT_EQ(drawn, 0);
  auto first = world.ready(), second = world.ready();
  for (auto* client : {&first, &second}) {
    world.say(*client, subscribe_topic("floor"));
    EXPECT_EQ(client->next(), R"({"topic":"floor","version":2,"value":2})");
  }
  EXPECT_EQ(drawn, 1);
  first.next();
  world.hub.set_topic("floor", value("2"), world.now);  // nothing new, now that somebody knows it
  world.hub.set_topic("floor", value("3"), world.now + limits::feed_topic_interval);
  EXPECT_EQ(first.next(), R"({"topic":"floor","version":3,"value":3})");
  for (auto const* client : {&first, &second}) world.hub.closed(client->id);
  world.hub.set_topic("floor", value("4"), world.now);
  EXPECT_EQ(drawn, 3);
  world.hub.remove_topic("floor", world.now);
  auto third = world.ready();
  world.say(third, subscribe_topic("floor"));
  EXPECT_EQ(third.next(), R"({"topic":"floor","version":0,"removed":true})");
}

TEST(Hub, PermissionIsAskedForEachName) {
  World world;
  world.may = [](Subscriber const& who, Name const& name) { return who.principal == "user:ann" && name.text != "help/northwind"; };
  world.publish("flags/northwind", 1);
  auto client = world.ready();
  world.say(client, R"({"subscribe":[{"stream":"help/northwind"},{"stream":"flags/northwind"},{"topic":"bad//name"}],"id":5})");
  EXPECT_EQ(client.next(), R"({"error":"unknown_name","id":5,"item":2,"detail":"no stream or topic has such a name"})");
  EXPECT_EQ(client.next(), R"({"error":"forbidden","id":5,"item":0,"detail":"no such thing, or you may not see it"})");
  EXPECT_EQ(client.next(), R"({"done":5})");
  EXPECT_EQ(client.next(), reset("flags/northwind", 7, 1));
  world.publish("help/northwind", 1);
  EXPECT_EQ(client.next(), "");
  auto other = world.ready("user:bob");
  world.say(other, subscribe_stream("flags/northwind"));
  EXPECT_EQ(other.next().substr(0, 20), R"({"error":"forbidden")");
}

TEST(Hub, ADecisionThatComesTooLateChangesNothing) {
  World world;
  world.at_once = false;
  auto client = world.ready();
  world.say(client, subscribe_topic("floor", 1));
  world.say(client, R"({"unsubscribe":[{"topic":"floor"}],"id":2})");
  EXPECT_EQ(client.next(), R"({"done":1})");
  EXPECT_EQ(client.next(), R"({"done":2})");
  auto gone = world.ready();
  world.say(gone, subscribe_topic("floor", 1));
  world.hub.closed(gone.id);
  world.answer();
  EXPECT_EQ(client.next(), "");
  EXPECT_EQ(world.hub.counts().subscriptions, 0U);
}

TEST(Hub, UnsubscribingEndsItAndFreesTheName) {
  World world;
  auto client = world.ready();
  world.publish(call, 1);
  world.say(client, subscribe_stream(call, write_cursor(call, {0, 1})));
  client.next();
  world.say(client, subscribe_stream(call, {}, 2));
  EXPECT_EQ(client.next().substr(0, 29), R"({"error":"already_subscribed")");
  client.next();
  world.say(client, R"({"unsubscribe":[{"stream":"interaction/7"},{"stream":"flags/northwind"}],"id":3})");
  EXPECT_EQ(client.next(), R"({"error":"not_subscribed","id":3,"item":1,"detail":"nothing to unsubscribe"})");
  EXPECT_EQ(client.next(), R"({"done":3})");
  world.publish(call, 2);
  EXPECT_EQ(client.next(), "");
}

TEST(Hub, RevokingEndsASubscriptionOrAConnection) {
  World world;
  auto ann = world.ready("user:ann", "login:1"), again = world.ready("user:ann", "login:2"), bob = world.ready("user:bob", "login:3");
  world.publish(call, 1);
  for (auto* client : {&ann, &bob}) {
    world.say(*client, R"({"subscribe":[{"stream":"interaction/7"},{"topic":"floor"}],"id":1})");
    while (!client->next().empty()) {
    }
  }
  world.hub.revoke("user:ann", {NameKind::stream, call});
  world.hub.revoke("user:ann", {NameKind::topic, "floor"});
  EXPECT_EQ(ann.next(), R"({"stream":"interaction/7","ended":"forbidden"})");
  EXPECT_EQ(ann.next(), R"({"topic":"floor","ended":"forbidden"})");
  world.publish(call, 2);
  EXPECT_EQ(ann.next(), "");
  EXPECT_EQ(bob.next(), event(call, 0, 2));
  world.hub.close_login("login:1");
  EXPECT_EQ(ann.socket->close_code, feed_close::signed_out);
  EXPECT_FALSE(again.socket->close_code);
  world.hub.close_principal("user:ann");
  EXPECT_EQ(again.socket->close_code, feed_close::rights_changed);
  EXPECT_FALSE(bob.socket->close_code);
  EXPECT_EQ(world.hub.counts().sessions, 1U);
}

TEST(Hub, AClientThatFallsBehindIsToldAndHeals) {
  World world;
  auto slow = world.ready(), quick = world.ready();
  world.publish(call, 1);
  for (auto* client : {&slow, &quick}) {
    world.say(*client, R"({"subscribe":[{"stream":"interaction/7"},{"topic":"floor"}],"id":1})");
    while (!client->next().empty()) {
    }
  }
  slow.socket->reads = false;
  std::uint64_t const last = limits::feed_backlog_frames_max + 100;
  for (std::uint64_t seq = 2; seq <= last; ++seq) {
    world.publish(call, seq);
    world.now = world.now + 1'000;
    world.hub.set_topic("floor", std::to_string(seq), world.now);
  }
  EXPECT_EQ(slow.socket->buffered.size(), limits::feed_backlog_frames_max);
  EXPECT_EQ(quick.socket->received.size(), 2 * (last - 1));
  slow.socket->reads = true;
  world.drain(slow);
  std::uint64_t seen = 1;
  bool stale = false, live_again = false;
  for (std::string frame = slow.next(); !frame.empty(); frame = slow.next()) {
    if (frame == R"({"stale":["interaction/7"]})") stale = true;
    if (frame == R"({"stale":[]})") live_again = true;
    if (frame == event(call, 0, seen + 1)) ++seen;
    EXPECT_FALSE(frame.starts_with(R"({"stream")") && frame != event(call, 0, seen)) << frame;
  }
  EXPECT_EQ(seen, last);
  EXPECT_TRUE(stale && live_again);
  EXPECT_EQ(world.hub.counts().stale, 1U);
}

TEST(Hub, OnlyTheNewestValueOfATopicWaitsForASlowClient) {
  World world;
  auto slow = world.ready();
  world.say(slow, subscribe_topic("floor"));
  slow.socket->reads = false;
  for (std::size_t value = 1; value <= 3 * limits::feed_backlog_frames_max; ++value) {
    world.now = world.now + limits::feed_topic_interval;
    world.hub.set_topic("floor", std::to_string(value), world.now);
  }
  slow.socket->reads = true;
  slow.socket->received.clear();
  world.drain(slow);
  EXPECT_EQ(slow.socket->received.size(), limits::feed_backlog_frames_max + 1);
  EXPECT_EQ(slow.socket->received.back(), *topic_frame("floor", 3 * limits::feed_backlog_frames_max, std::to_string(3 * limits::feed_backlog_frames_max)));
}

TEST(Hub, WhoFallsOutOfWhatIsKeptGetsASnapshot) {
  World world;
  auto slow = world.ready();
  world.publish(call, 1);
  world.say(slow, subscribe_stream(call));
  slow.socket->received.clear();
  slow.socket->reads = false;
  std::uint64_t const last = limits::feed_backlog_frames_max + limits::feed_stream_frames_max + 100;
  for (std::uint64_t seq = 2; seq <= last; ++seq) world.publish(call, seq);
  slow.socket->reads = true;
  world.drain(slow);
  EXPECT_EQ(slow.socket->received.back(), reset(call, 0, last));
  EXPECT_EQ(slow.socket->received[limits::feed_backlog_frames_max - 1], event(call, 0, limits::feed_backlog_frames_max + 1));
  world.publish(call, last + 1);
  EXPECT_EQ(slow.socket->received.back(), event(call, 0, last + 1));
}

TEST(Hub, WhoReadsNothingIsClosed) {
  World world;
  auto dead = world.ready();
  world.publish(call, 1);
  world.say(dead, subscribe_stream(call));
  dead.socket->reads = false;
  for (std::uint64_t seq = 2; seq <= limits::feed_backlog_frames_max + 10; ++seq) world.publish(call, seq);
  world.hub.tick(world.now + (limits::feed_blocked_max - 1));
  EXPECT_FALSE(dead.socket->close_code);
  world.hub.tick(world.now + limits::feed_blocked_max);
  EXPECT_EQ(dead.socket->close_code, feed_close::too_slow);
  EXPECT_EQ(dead.socket->close_reason, "too_slow");
  EXPECT_EQ(world.hub.counts().sessions, 0U);
}

TEST(Hub, AFullConnectionIsClosedWhereAnAnswerDoesNotFit) {
  World world;
  auto client = world.ready();
  client.socket->full = true;
  world.say(client, subscribe_topic("floor"));
  EXPECT_EQ(client.socket->close_code, feed_close::too_slow);
}

TEST(Hub, HostileClientsAreLimitedByName) {
  World world;
  auto client = world.ready();
  for (std::size_t strike = 1; strike < limits::feed_strikes_max; ++strike) {
    world.say(client, "{");
    EXPECT_EQ(client.next(), R"({"error":"bad_frame","detail":"no JSON, or nested too deep"})");
  }
  EXPECT_FALSE(client.socket->close_code);
  world.say(client, "{");
  EXPECT_EQ(client.socket->close_code, feed_close::too_many_errors);

  auto greedy = world.ready();
  std::size_t asked = 0, too_many = 0, too_fast = 0;
  while (!greedy.socket->close_code) {
    std::string items;
    for (std::size_t item = 0; item < 100; ++item) {
      items += std::string{item == 0 ? "" : ","} + "{\"topic\":\"queue/" + std::to_string(asked++) + "\"}";
    }
    world.say(greedy, "{\"subscribe\":[" + items + "],\"id\":1}");
    for (std::string frame = greedy.next(); !frame.empty(); frame = greedy.next()) {
      too_many += frame.starts_with(R"({"error":"too_many_subscriptions")") ? 1U : 0U;
      too_fast += frame.starts_with(R"({"error":"too_fast")") ? 1U : 0U;
    }
    ASSERT_LT(asked, 100'000U);
    EXPECT_LE(world.hub.counts().subscriptions, limits::feed_subscriptions_max);
  }
  EXPECT_EQ(too_many, static_cast<std::size_t>(limits::feed_burst_max) - limits::feed_subscriptions_max);
  EXPECT_EQ(too_fast, limits::feed_strikes_max);
  EXPECT_EQ(world.hub.counts().subscriptions, 0U);
}

TEST(Hub, APrincipalHasSoManyConnections) {
  World world;
  std::vector<World::Client> clients;
  for (std::size_t count = 0; count < limits::feed_connections_per_principal_max; ++count) clients.push_back(world.ready());
  auto const more = world.connect();
  EXPECT_EQ(more.socket->close_code, feed_close::too_many_connections);
  world.hub.closed(more.id);
  EXPECT_FALSE(world.connect("user:bob").socket->close_code);
  world.hub.closed(clients.front().id);
  EXPECT_FALSE(world.connect().socket->close_code);
}

TEST(Hub, TellsWhoseLoginsAreInUse) {
  World world;
  auto const ann = world.ready("user:ann", "login:1");
  auto const shop = world.ready("customer:8", "signed:8");
  EXPECT_EQ(world.hub.logins(), std::vector<std::string>{"login:1"}) << "a customer's login is kept nowhere";
}

TEST(Hub, GoingDownClosesEverybody) {
  World world;
  auto const ann = world.ready("user:ann"), bob = world.ready("user:bob");
  world.hub.close_all(http::close_code::going_away, "going_away");
  EXPECT_EQ(ann.socket->close_code, http::close_code::going_away);
  EXPECT_EQ(bob.socket->close_code, http::close_code::going_away);
  EXPECT_EQ(world.hub.counts().sessions, 0U);
}

}  // namespace
}  // namespace rapport::server::feed::testing

// Random walks: clients come, go, fall behind, resume and are cut off while the centre publishes.
// Whatever happens, each of them sees the numbers of a stream one after another, a reset that says
// where it goes on, and in the end everything.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/limits.hpp"
#include "unit/server/feed/fakes.hpp"

namespace rapport::server::feed::testing {
namespace {

namespace json = boost::json;

std::vector<std::string> const streams{"interaction/1", "interaction/2", "agent/ann", "flags/northwind"};
std::vector<std::string> const topics{"floor", "queue/Sales"};

/// A client as docs/feed.md tells programmers to write one, which believes nothing it is not told.
class Reader {
 public:
  explicit Reader(World& world) : world_(world) { connect(); }

  void connect() {
    if (client_) {
      read();
      world_.hub.closed(client_->id);
    }
    client_ = world_.connect();
    asked_.clear();
    leaving_.clear();
    versions_.clear();
    values_.clear();
    stale_.clear();
  }
  void subscribe_to_stream(std::string const& stream, bool resumes) {
    if (asked_.contains(stream) || leaving_ == stream) return;  // the answer to leaving comes first
    auto const place = cursors_.find(stream);
    bool const knows = resumes && place != cursors_.end();
    if (!knows) places_.erase(stream), cursors_.erase(stream);
    asked_.insert(stream);
    world_.say(*client_, subscribe_stream(stream, knows ? std::optional{place->second} : std::nullopt));
  }
  void subscribe_to_topic(std::string const& topic) {
    if (asked_.insert(topic).second) world_.say(*client_, subscribe_topic(topic));
  }
  void unsubscribe(std::string const& stream) {
    if (!asked_.contains(stream) || !leaving_.empty()) return;
    leaving_ = stream;
    world_.say(*client_, "{\"unsubscribe\":[{\"stream\":\"" + stream + "\"}],\"id\":3}");
  }
  void stop_reading() { client_->socket->reads = false; }
  void drain() {
    client_->socket->reads = true;
    world_.drain(*client_);
  }
  bool subscribed(std::string const& name) const { return asked_.contains(name); }
  std::uint64_t place(std::string const& stream) const { return places_.contains(stream) ? places_.at(stream) : 0; }
  std::string value(std::string const& topic) const { return values_.contains(topic) ? values_.at(topic) : "nothing"; }
  bool stale() const { return !stale_.empty(); }
  bool cut_off() const { return client_->socket->close_code.has_value(); }

  void read() {
    for (std::string text = client_->next(); !text.empty(); text = client_->next()) take(json::parse(text).as_object());
  }

 private:
  static std::string text(json::value const& value) { return std::string{value.as_string().data(), value.as_string().size()}; }

  void take(json::object const& frame) {
    if (frame.contains("stream")) take_stream(frame);
    if (frame.contains("topic")) take_topic(frame);
    if (auto const* stale = frame.if_contains("stale")) {
      stale_.clear();
      for (json::value const& each : stale->as_array()) stale_.insert(text(each));
    }
    if (auto const* done = frame.if_contains("done"); done != nullptr && done->as_int64() == 3) {
      asked_.erase(std::exchange(leaving_, {}));  // nothing of it comes after this
    }
    if (auto const* error = frame.if_contains("error")) RC_ASSERT(text(*error) == "not_subscribed");
  }
  void take_stream(json::object const& frame) {
    std::string const stream = text(frame.at("stream"));
    RC_ASSERT(asked_.contains(stream));
    if (frame.contains("ended")) {
      asked_.erase(stream);
      return;
    }
    auto const seq = static_cast<std::uint64_t>(frame.at("seq").as_int64());
    cursors_[stream] = text(frame.at("cursor"));
    if (auto const* event = frame.if_contains("event")) {
      RC_ASSERT(event->at("n").as_int64() == frame.at("seq").as_int64());
      RC_ASSERT(places_.contains(stream));  // without a cursor a reset comes first
      RC_ASSERT(seq == places_.at(stream) + 1);
    } else {
      RC_ASSERT(frame.at("reset").at("at").as_int64() == frame.at("seq").as_int64());
      bool const goes_back = places_.contains(stream) && seq < places_.at(stream);
      RC_ASSERT(!goes_back);
    }
    places_[stream] = seq;
  }
  void take_topic(json::object const& frame) {
    std::string const topic = text(frame.at("topic"));
    std::int64_t const version = frame.at("version").as_int64();
    if (auto const last = versions_.find(topic); last != versions_.end()) RC_ASSERT(version > last->second);
    versions_[topic] = version;
    values_[topic] = frame.contains("value") ? json::serialize(frame.at("value")) : "";
  }
  World& world_;
  std::optional<World::Client> client_;
  std::set<std::string> asked_;
  std::string leaving_;                          ///< unsubscribed, not answered yet
  std::map<std::string, std::uint64_t> places_;  ///< the last number seen
  std::map<std::string, std::string> cursors_;
  std::map<std::string, std::int64_t> versions_;
  std::map<std::string, std::string> values_;
  std::set<std::string> stale_;
};

/// The centre and its clients, driven by chance.
class Walk {
 public:
  explicit Walk(std::uint32_t seed) : chance_{seed} {
    world_.at_once = false;
    for (std::size_t count = 0; count < 4; ++count) readers_.emplace_back(world_);
    for (std::string const& stream : streams) world_.subjects[stream] = 0;
  }

  void step() {
    Reader& reader = readers_[below(readers_.size())];
    std::string const& stream = streams[below(streams.size())];
    switch (below(16)) {
      case 0:
      case 1:
        return reader.subscribe_to_stream(stream, below(4) != 0);
      case 2:
        return reader.subscribe_to_topic(topics[below(topics.size())]);
      case 3:
        return reader.unsubscribe(stream);
      case 4:
        return reader.stop_reading();
      case 5:
      case 6:
        reader.drain();
        return reader.read();
      case 7:
        return below(4) == 0 ? reader.connect() : reader.read();
      case 8:
        return change_topic();
      case 9:
        return let_time_pass();
      case 10:
        return below(8) == 0 ? world_.hub.end(stream, "closed", world_.now) : reader.read();
      case 11:
        return world_.hub.revoke("user:ann", {NameKind::stream, stream});
      case 12:
        return publish(stream, below(30) == 0 ? limits::feed_stream_frames_max + 300 : below(300));
      case 13:
        if (world_.asked.empty()) return;
        world_.asked.front()();
        return world_.asked.pop_front();
      default:
        return publish(stream, 1 + below(5));
    }
  }

  /// Everybody reads and asks for what they have not; then nobody lacks anything.
  void settle() {
    for (std::size_t round = 0; round < 6; ++round) {
      for (Reader& reader : readers_) {
        if (reader.cut_off()) reader.connect();
        reader.drain();
        world_.answer();
        reader.read();
        for (std::string const& stream : streams) reader.subscribe_to_stream(stream, true);
        for (std::string const& topic : topics) reader.subscribe_to_topic(topic);
        world_.answer();
      }
      for (std::string const& stream : streams) publish(stream, 1);
      let_time_pass();
    }
    for (Reader& reader : readers_) {
      reader.drain();
      reader.read();
      for (std::string const& stream : streams) {
        RC_ASSERT(reader.subscribed(stream));
        RC_ASSERT(reader.place(stream) == world_.subjects.at(stream));
      }
      for (std::string const& topic : topics) RC_ASSERT(reader.value(topic) == values_[topic]);
      RC_ASSERT(!reader.stale());
    }
  }

 private:
  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(chance_); }

  void publish(std::string const& stream, std::size_t count) {
    for (; count > 0; --count) world_.publish(stream, world_.subjects[stream] + 1);
  }
  void change_topic() {
    std::string const& topic = topics[below(topics.size())];
    std::string& value = values_[topic];
    value = below(5) == 0 ? "" : std::to_string(below(1'000));
    if (value.empty()) return world_.hub.remove_topic(topic, world_.now);
    world_.hub.set_topic(topic, value, world_.now);
  }
  void let_time_pass() {
    world_.now = world_.now + static_cast<base::Millis>(50 + below(below(20) == 0 ? 600'000 : 300));
    world_.hub.tick(world_.now);
  }

  std::mt19937 chance_;
  World world_;
  std::deque<Reader> readers_;
  std::map<std::string, std::string> values_;
};

RC_GTEST_PROP(HubExploration, EverySubscriberSeesEveryNumberOnce, (std::uint32_t seed)) {
  Walk walk{seed};
  for (std::size_t step = 0; step < 500; ++step) walk.step();
  walk.settle();
}

}  // namespace
}  // namespace rapport::server::feed::testing

#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/feed/hub.hpp"

/// A client without a network, and a centre that answers when the test says so.
namespace rapport::server::feed::testing {

class FakeSocket : public http::WebSocket {
 public:
  http::Sent send(http::Frame frame) override {
    if (close_code) return http::Sent::closed;
    if (full) return http::Sent::full;
    (reads ? received : buffered).push_back(*frame);
    return http::Sent::queued;
  }
  void close(http::CloseCode code, std::string reason) override {
    if (close_code) return;
    close_code = code;
    close_reason = std::move(reason);
  }
  std::string const& remote_address() const override { return address; }
  std::size_t buffered_bytes() const override {
    std::size_t bytes = 0;
    for (std::string const& frame : buffered) bytes += frame.size();
    return bytes;
  }
  std::size_t buffered_frames() const override { return buffered.size(); }

  bool reads = true;  ///< false: frames stay buffered until drained
  bool full = false;
  std::deque<std::string> buffered;
  std::deque<std::string> received;
  std::optional<http::CloseCode> close_code;
  std::string close_reason;
  std::string address = "192.0.2.7";
};

/// A hub with what it asks of others, answered by hand or at once.
class World {
 public:
  explicit World(std::uint64_t epoch = 7) : hub{sources(), HubSettings{"1.2.3", epoch}} {}

  struct Client {
    SessionId id = 0;
    std::shared_ptr<FakeSocket> socket = std::make_shared<FakeSocket>();
    std::shared_ptr<Connection> connection = std::make_shared<Connection>(socket);

    std::string next() {
      if (socket->received.empty()) return {};
      std::string frame = std::move(socket->received.front());
      socket->received.pop_front();
      return frame;
    }
  };

  Client connect(std::string principal = "user:ann", std::string login = "login:1") {
    Client client;
    client.id = ++last_session;
    hub.open(client.id, client.connection, {std::move(principal), std::move(login)}, now);
    return client;
  }
  /// With the hello read.
  Client ready(std::string principal = "user:ann", std::string login = "login:1") {
    Client client = connect(std::move(principal), std::move(login));
    client.next();
    return client;
  }
  void say(Client const& client, std::string const& text) {
    hub.text(client.id, text, now);
    if (at_once) answer();
  }
  /// Takes everything off the client's connection.
  void drain(Client& client) {
    while (!client.socket->buffered.empty()) {
      client.socket->received.push_back(std::move(client.socket->buffered.front()));
      client.socket->buffered.pop_front();
    }
    if (client.connection->wants_drained.exchange(false)) hub.drained(client.id, now);
    if (at_once) answer();
  }
  void publish(std::string const& stream, std::uint64_t seq) {
    subjects[stream] = seq;
    hub.publish(stream, seq, "{\"n\":" + std::to_string(seq) + "}", now);
    if (at_once) answer();
  }
  /// Answers what the hub has asked until it asks no more.
  void answer() {
    while (!asked.empty()) {
      auto const question = std::move(asked.front());
      asked.pop_front();
      question();
    }
  }

  base::Instant now{1'750'000'000'000};
  SessionId last_session = 0;
  bool at_once = true;
  std::deque<std::function<void()>> asked;
  std::map<std::string, std::uint64_t> subjects;  ///< the newest durable event of each stream's subject
  std::function<bool(Subscriber const&, Name const&)> may = [](Subscriber const&, Name const&) { return true; };
  std::function<std::string(std::uint64_t)> snapshot_of = [](std::uint64_t seq) { return "{\"at\":" + std::to_string(seq) + "}"; };
  std::size_t snapshots = 0;
  Hub hub;

 private:
  FeedSources sources() {
    FeedSources sources;
    sources.may_subscribe = [this](Subscriber const& who, Name const& name, Decide decide) {
      asked.push_back([this, who, name, decide] { decide(may(who, name)); });
    };
    sources.snapshot = [this](std::string const& stream, TakeSnapshot take) {
      ++snapshots;
      asked.push_back([this, stream, take] {
        auto const found = subjects.find(stream);
        if (found == subjects.end()) return take(std::nullopt);
        take(Snapshot{found->second, snapshot_of(found->second)});
      });
    };
    return sources;
  }
};

inline std::string subscribe_stream(std::string const& stream, std::optional<std::string> const& after = {}, std::int64_t id = 1) {
  return "{\"subscribe\":[{\"stream\":\"" + stream + "\"" + (after ? ",\"after\":\"" + *after + "\"" : "") + "}],\"id\":" + std::to_string(id) + "}";
}
inline std::string subscribe_topic(std::string const& topic, std::int64_t id = 1) {
  return "{\"subscribe\":[{\"topic\":\"" + topic + "\"}],\"id\":" + std::to_string(id) + "}";
}
inline std::string event(std::string const& stream, std::uint64_t epoch, std::uint64_t seq) {
  return *event_frame(stream, {epoch, seq}, "{\"n\":" + std::to_string(seq) + "}");
}
inline std::string reset(std::string const& stream, std::uint64_t epoch, std::uint64_t seq) {
  return *reset_frame(stream, {epoch, seq}, "{\"at\":" + std::to_string(seq) + "}");
}

}  // namespace rapport::server::feed::testing

// The conversations of docs/feed.md, run as they stand there.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/limits.hpp"
#include "unit/server/feed/fakes.hpp"

namespace rapport::server::feed::testing {
namespace {

/// Runs one block and says line by line what is not as written.
class Conversation {
 public:
  Conversation() : world_{7} {
    world_.at_once = false;
    world_.may = [](Subscriber const&, Name const& name) { return name.text != "forbidden"; };
    world_.snapshot_of = [](std::uint64_t seq) { return "{\"snapshot\":\"of " + std::to_string(seq) + "\"}"; };
    client_ = world_.ready();
  }

  void line(std::string const& line) {
    if (line.starts_with("server: ")) {
      EXPECT_EQ(client_.next(), line.substr(8));
      return;
    }
    EXPECT_EQ(client_.next(), "") << "before: " << line;
    if (line.starts_with("client: ")) world_.say(client_, line.substr(8));
    if (line == "client stops reading") client_.socket->reads = false;
    if (line == "client reads again") read_again();
    if (line.starts_with("centre: ")) centre(line.substr(8));
    world_.answer();
  }
  void end() { EXPECT_EQ(client_.next(), "") << "at the end"; }

 private:
  void centre(std::string const& order) {
    std::istringstream words{order};
    std::string verb, name, rest;
    words >> verb >> name;
    std::getline(words >> std::ws, rest);
    if (verb == "publish") return publish(name, rest);
    if (verb == "end") return world_.hub.end(name, rest, world_.now);
    if (verb == "topic") return world_.hub.set_topic(name, rest, world_.now);
    if (verb == "remove") {
      world_.now = world_.now + base::second;
      return world_.hub.remove_topic(name, world_.now);
    }
    if (verb == "revoke") return world_.hub.revoke("user:ann", *parse_topic(name));
    ASSERT_EQ(verb, "publishes");
    for (std::size_t count = 0; count < limits::feed_backlog_frames_max; ++count) publish("interaction/7", "{}");
  }
  void publish(std::string const& stream, std::string const& event) {
    world_.hub.publish(stream, ++world_.subjects[stream], event, world_.now);
  }
  void read_again() {
    client_.socket->buffered.clear();
    client_.socket->reads = true;
    world_.drain(client_);
  }

  World world_;
  World::Client client_;
};

TEST(FeedPage, ItsConversationsRunAsWritten) {
  std::ifstream page{std::string{RAPPORT_SOURCE_DIR} + "/docs/feed.md"};
  ASSERT_TRUE(page);
  std::optional<Conversation> conversation;
  std::size_t blocks = 0, number = 0;
  for (std::string line; std::getline(page, line);) {
    SCOPED_TRACE("docs/feed.md:" + std::to_string(++number));
    if (line == "```feed") {
      conversation.emplace();
      ++blocks;
    } else if (line == "```") {
      if (conversation) conversation->end();
      conversation.reset();
    } else if (conversation) {
      conversation->line(line);
    }
  }
  EXPECT_EQ(blocks, 6U);
}

}  // namespace
}  // namespace rapport::server::feed::testing

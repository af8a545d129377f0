// The floor's log and snapshots come back as they were written, whatever happened; nothing else does.
#include "centre/floor_codec.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "routing/floor.hpp"
#include "unit/routing/random_world.hpp"

namespace rapport::centre {
namespace {

using routing::Event;
using routing::Floor;
using routing::RandomWorld;

constexpr base::Instant floor_start{1'772'442'000'000};

/// A random centre's history.
struct History {
  explicit History(std::uint64_t seed, int steps = 250) {
    RandomWorld world{seed};
    base::Instant now = floor_start;
    auto const note = [&](std::vector<Event> const& events) { log.insert(log.end(), events.begin(), events.end()); };
    auto const act = [&](routing::Command const& command) {
      if (auto const events = floor.handle(command, now)) note(*events);
    };
    for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) act(world.queue(number, false));
    for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) act(world.queue(number, true));
    for (std::uint32_t number = 0; number < RandomWorld::agents; ++number) act(world.agent(number));
    for (int step = 0; step < steps; ++step) {
      now = now + world.pause();
      note(floor.advance(now + -1));
      act(world.command(now, floor.state()));
    }
  }

  Floor floor;
  std::vector<Event> log;
};

TEST(FloorCodec, EveryEventComesBackAndMakesTheSameFloor) {
  std::set<std::size_t> kinds;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    History const history{seed};
    Floor again;
    for (Event const& event : history.log) {
      kinds.insert(event.what.index());
      std::string const text = encode(event);
      ASSERT_EQ(text.find('\n'), std::string::npos);
      auto const back = decode_floor_event(text);
      ASSERT_TRUE(static_cast<bool>(back)) << back.error().message << "\n"
                                           << text;
      ASSERT_TRUE(*back == event) << text << "\n"
                                  << encode(*back);
      again.apply(*back);
    }
    EXPECT_TRUE(again.state() == history.floor.state());
  }
  EXPECT_EQ(kinds.size(), std::variant_size_v<routing::Happening>);
}

TEST(FloorCodec, EverySnapshotComesBack) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    for (int steps = 3; steps < 250; steps += 20) {
      History history{seed, steps};
      std::string const text = encode(history.floor.state().snapshot());
      auto const back = decode_snapshot(text);
      ASSERT_TRUE(static_cast<bool>(back)) << back.error().message << "\n"
                                           << text;
      EXPECT_EQ(encode(*back), text);
      Floor const restored{*back};
      ASSERT_TRUE(restored.state() == history.floor.state()) << text;
      EXPECT_EQ(restored.next_deadline(), history.floor.next_deadline());
    }
  }
}

TEST(FloorCodec, WritesWhatThePageShows) {
  Event const offered{floor_start, routing::Offered{{1, 2}, {3, 4}, floor_start + 20'000}};
  EXPECT_EQ(encode(offered),
            "[1772442000000,\"offered\",{\"contact\":\"00000000-0000-0001-0000-000000000002\",\"agent\":"
            "\"00000000-0000-0003-0000-000000000004\",\"until\":1772442020000}]");
}

TEST(FloorCodec, HoursAndRelaxationComeBack) {
  auto queue = std::make_shared<routing::Queue>();
  queue->id = routing::QueueId{7};
  ASSERT_TRUE(queue->needs.add({routing::SkillId{3}, 4}));
  queue->relax = {{30'000, {routing::SkillId{3}, 0}}};
  queue->hours = {{{floor_start, 3'600'000}}, {{0, 540, 1'020}}, {{20'812, 0, 0}}};
  queue->closed_to = routing::QueueId{8};
  Event const event{floor_start, routing::QueueSet{queue}};
  auto const back = decode_floor_event(encode(event));
  ASSERT_TRUE(static_cast<bool>(back)) << back.error().message;
  EXPECT_TRUE(*back == event);
}

std::string floor_error(std::string const& text) {
  auto const event = decode_floor_event(text);
  return event ? "read" : event.error().message;
}

TEST(FloorCodec, SaysWhatIsWrongWithAnEvent) {
  EXPECT_EQ(floor_error("[1,\"relaxed\"").rfind("floor event: not valid JSON", 0), 0U);
  EXPECT_EQ(floor_error("{}"), "found an object; expected a list of time, kind and what happened");
  EXPECT_EQ(floor_error("[\"now\",\"relaxed\",{}]").rfind("[0]: found \"now\"; expected a whole number from", 0), 0U);
  EXPECT_EQ(floor_error("[1,\"dropped\",{}]"), "[1]: found \"dropped\"; expected a kind of event such as offered");
  EXPECT_EQ(floor_error("[1,\"relaxed\",{}]"), "relaxed: field \"contact\" is missing");
  EXPECT_EQ(floor_error("[1,\"relaxed\",{\"contact\":5}]"), "relaxed.contact: found 5; expected text");
  EXPECT_EQ(floor_error("[1,\"relaxed\",{\"contact\":\"c-1\"}]"), "relaxed.contact: found \"c-1\"; expected a UUID or nothing");
  EXPECT_EQ(floor_error("[1,\"relaxed\",{\"contact\":\"\",\"more\":1}]"), "relaxed.more: unknown field");
  EXPECT_EQ(floor_error("[1,\"boost_set\",{\"contact\":\"\",\"boost\":256}]"),
            "boost_set.boost: found 256; expected a whole number from 0 to 255");
  EXPECT_EQ(floor_error("[1,\"returned\",{\"contact\":\"\",\"agent\":\"\",\"why\":\"bored\"}]"),
            "returned.why: found \"bored\"; expected one of refused, no_answer, not_acknowledged, withdrawn");
  EXPECT_EQ(floor_error("[1,\"agent_set\",{\"agent\":{\"id\":\"\",\"skills\":[],\"capacity\":[1,1,1,1],\"mixes_channels\":false}}]"),
            "agent_set.agent: this agent is beyond the limits");
  EXPECT_EQ(floor_error("[1,\"agent_set\",{\"agent\":{\"id\":\"\",\"skills\":[[1]],\"capacity\":[1,1,1,1],\"mixes_channels\":false}}]"),
            "agent_set.agent.skills[0]: found a list; expected a skill's number and a level");
}

/// The snapshot with one piece of its text replaced, and what is said of it.
std::string broken(std::string text, std::string const& from, std::string const& to) {
  std::size_t const at = text.find(from);
  if (at == std::string::npos) return "nothing to replace: " + from;
  text.replace(at, from.size(), to);
  auto const snapshot = decode_snapshot(text);
  return snapshot ? "read" : snapshot.error().message;
}

TEST(FloorCodec, ASnapshotThatContradictsItselfIsRefused) {
  Floor floor;
  auto queue = std::make_shared<routing::Queue>();
  auto ana = std::make_shared<routing::AgentProfile>();
  ana->id = {0, 1};
  ana->capacity[0] = 1;
  std::vector<routing::Command> const commands{routing::SetQueue{queue}, routing::SetAgent{ana},
                                               routing::SetPresence{{0, 1}, routing::Presence::available, {}},
                                               routing::Enter{{0, 2}, {}, domain::Channel::voice, 0, {}, {}},
                                               routing::Answer{{0, 1}, {0, 2}}};
  for (auto const& command : commands) ASSERT_TRUE(static_cast<bool>(floor.handle(command, floor_start)));
  std::string const text = encode(floor.state().snapshot());
  ASSERT_TRUE(static_cast<bool>(decode_snapshot(text)));
  EXPECT_EQ(broken(text, "\"format\":1", "\"format\":2"), "format: found 2; expected a whole number from 1 to 1");
  EXPECT_EQ(broken(text, "\"agent\":0", "\"agent\":1"), "floor snapshot: contact 00000000-0000-0000-0000-000000000002 has no agent");
  EXPECT_EQ(broken(text, "\"state\":\"connected\",\"until\"", "\"state\":\"offered\",\"until\""),
            "floor snapshot: contact 00000000-0000-0000-0000-000000000002 and its agent do not agree");
  EXPECT_EQ(broken(text, "\"reserved\":[]", "\"reserved\":[0]"),
            "floor snapshot: agent 00000000-0000-0000-0000-000000000001 is waited for by a contact that does not");
  EXPECT_EQ(broken(text, "\"unused\":[]", "\"unused\":[0]"), "floor snapshot: a number is in use, or unused twice");
  EXPECT_EQ(broken(text, "\"contacts\":[", "\"contacts\":[null,"),
            "floor snapshot: a number is neither used nor unused");
  EXPECT_EQ(broken(text, "{\"rules\":0,\"id\"", "{\"rules\":1,\"id\""), "contacts[0].rules: found 1; expected a whole number from 0 to 0");
}

}  // namespace
}  // namespace rapport::centre

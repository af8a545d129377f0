// Whatever happens on a random floor is counted without contradiction, and what is kept in between counts
// on as if nothing had been.
#include "centre/numbers_codec.hpp"

#include <gtest/gtest.h>

#include <random>

#include "centre/ids.hpp"
#include "routing/floor.hpp"
#include "unit/routing/random_world.hpp"

namespace rapport::centre {
namespace {

using insight::Counters;
using insight::IntervalKey;
using routing::Event;
using routing::Floor;
using routing::RandomWorld;

constexpr base::Instant start{1'772'442'000'000};

/// Events in order, floor's and numbers' own, and all that they were counted to.
class World {
 public:
  explicit World(std::uint64_t seed) : world_(seed), random_(seed) {
    for (std::uint32_t number = 0; number < RandomWorld::queues; ++number) {
      directory_.set(ConfigureQueue{"q" + std::to_string(number), "northwind", world_.queue(number, false).queue, nullptr});
    }
  }

  /// `save`: every so often what is kept is written, read, and counted on from.
  void run(int steps, bool save) {
    for (auto const& [slug, queue] : directory_.queues()) act(routing::SetQueue{queue.rules});
    for (std::uint32_t number = 0; number < RandomWorld::agents; ++number) act(world_.agent(number));
    for (int step = 0; step < steps; ++step) {
      now_ = now_ + world_.pause();
      pass();
      act(world_.command(now_, floor_.state()));
      if (random_() % 7 == 0) hold();
      if (save && step % 5 == 0) save_and_go_on();
    }
  }

  std::map<IntervalKey, Counters> counted;
  Numbers const& numbers() const { return *numbers_; }
  Floor const& floor() const { return floor_; }

 private:
  void follow(std::vector<Event> const& events) {
    for (Event const& event : events) numbers_->happened(event, directory_);
    if (!events.empty()) numbers_->settle(floor_.state(), events.back().at, directory_);
    keep();
  }
  void act(routing::Command const& command) {
    if (auto const events = floor_.handle(command, now_)) follow(*events);
  }
  void pass() {
    for (;;) {
      auto const floor = floor_.next_deadline();
      auto const count = numbers_->next_count();
      bool const floor_due = floor && *floor < now_;
      bool const count_due = count && *count < now_;
      if (!floor_due && !count_due) return;
      if (floor_due && (!count_due || *floor <= *count))
        follow(floor_.advance(*floor));
      else
        numbers_->happened(numbers_->count_next(), directory_);
    }
  }
  /// Somebody is put on hold or taken back, whoever it is and whether that fits or not.
  void hold() {
    Numbers::Kept const kept = numbers_->kept();
    if (kept.contacts.empty()) return;
    auto const& one = kept.contacts[random_() % kept.contacts.size()];
    if (random_() % 2 == 0)
      numbers_->happened(HoldStarted{now_, one.contact}, directory_);
    else
      numbers_->happened(HoldEnded{now_, one.contact}, directory_);
    numbers_->settle(floor_.state(), now_, directory_);
  }
  void save_and_go_on() {
    keep();  // as the core does: what is counted lasts before what is kept
    Numbers::Kept const kept = numbers_->kept();
    std::string const text = encode(kept);
    auto read = decode_numbers(text);
    ASSERT_TRUE(static_cast<bool>(read)) << read.error().message << "\n"
                                         << text;
    ASSERT_TRUE(*read == kept) << text;
    ASSERT_EQ(text.find('\n'), std::string::npos);
    numbers_ = std::make_unique<Numbers>();
    numbers_->put_back(*std::move(read));
    numbers_->adopt(floor_.state(), directory_);
    EXPECT_TRUE(numbers_->kept() == kept) << "what it keeps fits the floor: " << text;
  }
  void keep() {
    for (auto const& [key, counters] : numbers_->take_counted()) counted[key] += counters;
  }

  RandomWorld world_;
  std::mt19937_64 random_;
  Directory directory_;
  Floor floor_;
  std::unique_ptr<Numbers> numbers_ = std::make_unique<Numbers>();
  base::Instant now_ = start;
};

TEST(NumbersCodec, WhatIsKeptCountsOnAsIfNothingHadBeen) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    World whole{seed};
    World saved{seed};
    whole.run(300, false);
    saved.run(300, true);
    ASSERT_TRUE(whole.floor().state() == saved.floor().state());
    EXPECT_TRUE(whole.counted == saved.counted);
  }
}

TEST(NumbersCodec, QueuesAddUpToTheirBrand) {
  std::int64_t answered = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE(seed);
    World world{seed};
    world.run(300, true);
    Counters brand, queues, agents;
    for (auto const& [key, counters] : world.counted) {
      EXPECT_EQ(counters.offered, counters.answered + counters.abandoned() + counters.passed_on);
      (key.scope == insight::Scope::brand ? brand : key.scope == insight::Scope::queue ? queues
                                                                                       : agents) += counters;
    }
    EXPECT_EQ(brand.offered, queues.offered);
    EXPECT_EQ(brand.answered, queues.answered);
    EXPECT_EQ(brand.answered, agents.answered);
    EXPECT_EQ(brand.talk_ms, queues.talk_ms);
    EXPECT_EQ(brand.talk_ms, agents.talk_ms);
    EXPECT_EQ(brand.wrap_up_ms, agents.wrap_up_ms);
    EXPECT_EQ(brand.states, agents.states);
    EXPECT_LE(brand.handled, queues.handled);
    EXPECT_EQ(brand.wait_ms, queues.wait_ms);
    answered += brand.answered;
  }
  EXPECT_GT(answered, 400);
}

TEST(NumbersCodec, EventsComeBack) {
  routing::ContactId const contact{1, 2};
  for (NumbersEvent const& event : {NumbersEvent{HoldStarted{start, contact}}, NumbersEvent{HoldEnded{start, contact}},
                                    NumbersEvent{TimeCounted{start, {3, 4}, {5, 6}}}, NumbersEvent{TimeCounted{start, {}, {}}},
                                    NumbersEvent{TimeResumed{start, start + 5}}}) {
    std::string const text = encode(event);
    EXPECT_TRUE(is_numbers_event(text));
    auto const back = decode_numbers_event(text);
    ASSERT_TRUE(static_cast<bool>(back)) << back.error().message;
    EXPECT_TRUE(*back == event) << text;
  }
  EXPECT_FALSE(is_numbers_event("[1,\"offered\",{}]"));
}

TEST(NumbersCodec, WhatContradictsItselfIsRefused) {
  for (char const* text : {"", "[]", "{}", "{\"numbers\":\"nap\",\"event\":{}}", "{\"numbers\":\"hold_started\",\"event\":{\"at\":1}}"}) {
    EXPECT_FALSE(static_cast<bool>(decode_numbers_event(text))) << text;
    EXPECT_FALSE(static_cast<bool>(decode_numbers(text))) << text;
  }
  World world{3};
  world.run(60, false);
  Numbers::Kept kept = world.numbers().kept();
  ASSERT_FALSE(kept.contacts.empty());
  kept.contacts.front().book.legs.clear();
  EXPECT_FALSE(static_cast<bool>(decode_numbers(encode(kept))));
}

}  // namespace
}  // namespace rapport::centre

#include "support/memory_store.hpp"

#include <gtest/gtest.h>

namespace rapport::records {
namespace {

Batch floor_event(std::string event, bool must_last) { return {{AppendFloor{std::move(event)}}, {}, must_last}; }

TEST(MemoryStore, CompletesByHandInOrder) {
  test::MemoryStore store;
  store.complete_by_hand();
  std::vector<int> done;
  for (int number = 0; number < 3; ++number) {
    EXPECT_TRUE(store.submit(floor_event("e", false), [&done, number](Stored<Nothing> const&) { done.push_back(number); }));
  }
  EXPECT_TRUE((*store.load()).floor.empty());
  EXPECT_EQ(store.complete(2), 2U);
  EXPECT_EQ(done, (std::vector{0, 1}));
  EXPECT_EQ((*store.load()).floor.size(), 2U);
  EXPECT_EQ(store.complete(), 1U);
}

TEST(MemoryStore, KeepsWhatMustLastWhileUnavailable) {
  test::MemoryStore store;
  store.set_available(false);
  std::vector<std::string> told;
  auto const tell = [&told](std::string who) {
    return [&told, who](Stored<Nothing> const& result) { told.push_back(who + (result ? " durable" : " refused")); };
  };
  store.submit(floor_event("kept", true), tell("kept"));
  store.submit(floor_event("other", false), tell("other"));
  EXPECT_EQ(told, std::vector<std::string>{"other refused"});
  store.set_available(true);
  EXPECT_EQ(told, (std::vector<std::string>{"other refused", "kept durable"}));
  EXPECT_EQ((*store.load()).floor, std::vector<std::string>{"kept"});
}

TEST(MemoryStore, TakesBackARefusedBatchAsAWhole) {
  test::MemoryStore store;
  PutDocument const put{"user", "u1", "", "", "{}", 0, {"ann"}, {}};
  EXPECT_TRUE(store.commit({{put}, {}, false}));
  InteractionRow row;
  row.id = "i1";
  Batch batch{{OpenInteraction{row, {}}, AppendEvent{"i1", "", 1, {}}, AppendFloor{"f"}, AddCounters{"k", {}, {1}}, put}, {}, false};
  EXPECT_EQ(store.commit(batch).error(), StoreError::conflict);
  EXPECT_FALSE((*store.interaction("i1")).has_value());
  EXPECT_TRUE((*store.load()).floor.empty());
  EXPECT_TRUE((*store.counters("", {}, {10})).empty());
}

}  // namespace
}  // namespace rapport::records

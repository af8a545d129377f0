#include "calling/book.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace rapport::calling {
namespace {

constexpr base::Instant start{1'700'000'000'000};
auto const always = [](std::string_view, base::Millis, base::Millis) { return true; };

Rules rules_of(std::string id, std::int64_t priority = 0) {
  Rules rules;
  rules.id = std::move(id);
  rules.queue = "sales";
  rules.priority = priority;
  rules.rest = 0;
  return rules;
}

Entry entry_of(std::string const& list, std::uint64_t order, std::string number = {}, std::string country = "GB") {
  Entry entry;
  entry.id = list + "/" + std::to_string(order);
  entry.list = list;
  entry.number = number.empty() ? "+4420" + list + std::to_string(order) : std::move(number);
  entry.country = std::move(country);
  entry.order = order;
  entry.next_at = start;
  return entry;
}

class CallingBook : public ::testing::Test {
 protected:
  std::string next(std::string const& agent, base::Instant now = start, Book::Open const& open = always) {
    auto const entry = book.take(agent, queues, now, open);
    return entry ? entry->id : std::string{};
  }

  /// a/0 and b/0 are the same somebody; list b leaves alone for a day whom another list has called.
  void two_lists_with_one_number() {
    book.set(rules_of("a", 1));
    set_resting(base::day);
    book.put(entry_of("a", 0, "+441"));
    book.put(entry_of("b", 0, "+441"));
  }

  void set_resting(base::Millis rest) {
    Rules rules = rules_of("b");
    rules.rest = rest;
    book.set(rules);
  }

  Book book;
  std::vector<std::string> queues{"sales"};
};

TEST_F(CallingBook, EachAgentGetsAnotherInTheOrderOfTheList) {
  book.set(rules_of("a"));
  for (std::uint64_t i = 0; i < 3; ++i) book.put(entry_of("a", i));
  EXPECT_EQ(next("ana"), "a/0");
  EXPECT_EQ(next("bea"), "a/1");
  EXPECT_EQ(next("ana"), "a/0");  // still theirs
  book.release("ana");
  EXPECT_EQ(next("cat"), "a/0");
  EXPECT_EQ(next("ana"), "a/2");
  EXPECT_EQ(next("dan"), "");
  EXPECT_EQ(book.progress("a").in_hand, 3U);
}

TEST_F(CallingBook, OnlyListsOfTheAgentsQueuesThatRun) {
  Rules rules = rules_of("a");
  rules.queue = "service";
  book.set(rules);
  book.put(entry_of("a", 0));
  EXPECT_EQ(next("ana"), "");
  rules.queue = "sales";
  rules.begins = start + base::hour;
  rules.ends = start + 2 * base::hour;
  book.set(rules);
  EXPECT_EQ(next("ana"), "");
  EXPECT_EQ(next("ana", start + base::hour), "a/0");
  book.release("ana");
  EXPECT_EQ(next("ana", start + 2 * base::hour), "");
  rules.ends.reset();
  rules.active = false;
  book.set(rules);
  EXPECT_EQ(next("ana", start + base::hour), "");
}

TEST_F(CallingBook, TheGreaterPriorityFirstThenTheLongestWait) {
  book.set(rules_of("low"));
  book.set(rules_of("high", 5));
  book.set(rules_of("other", 5));
  book.put(entry_of("low", 0));
  Entry late = entry_of("high", 0);
  late.next_at = start + base::minute;
  book.put(late);
  book.put(entry_of("other", 1));
  EXPECT_EQ(next("ana", start + base::minute), "other/1");
  EXPECT_EQ(next("bea", start + base::minute), "high/0");
  EXPECT_EQ(next("cat", start + base::minute), "low/0");
}

TEST_F(CallingBook, NobodyIsCalledWhereTheClockSaysNo) {
  book.set(rules_of("a"));
  book.put(entry_of("a", 0, {}, "GB"));
  book.put(entry_of("a", 1, {}, "DE"));
  EXPECT_EQ(next("ana", start, [](std::string_view country, base::Millis, base::Millis) { return country == "DE"; }), "a/1");
}

TEST_F(CallingBook, OneNumberIsInOneHandAcrossLists) {
  book.set(rules_of("a"));
  book.set(rules_of("b"));
  book.put(entry_of("a", 0, "+441"));
  book.put(entry_of("b", 0, "+441"));
  Entry const first = *book.take("ana", queues, start, always);
  EXPECT_EQ(next("bea"), "");
  book.put(begin_call(first, "call", start));  // now it is being called
  EXPECT_EQ(book.in_hand("ana"), nullptr);
  EXPECT_EQ(next("bea"), "");
  book.put(settle(*book.find(first.id), *book.rules("a"), Came::reached, start));
  EXPECT_NE(next("bea"), "");
}

TEST_F(CallingBook, WhoWasCalledByAnotherListRests) {
  two_lists_with_one_number();
  Entry const first = *book.take("ana", queues, start, always);
  book.put(begin_call(first, "call", start));
  book.put(settle(*book.find(first.id), *book.rules("a"), Came::reached, start));
  EXPECT_EQ(next("bea", start + (base::day - 1)), "");
  EXPECT_EQ(next("bea", start + base::day), "b/0");
}

TEST_F(CallingBook, WhatWasNoAttemptOrIsGoneMakesNobodyRest) {
  two_lists_with_one_number();
  book.put(begin_call(*book.find("a/0"), "call", start));
  book.put(settle(*book.find("a/0"), *book.rules("a"), Came::not_placed, start));
  EXPECT_EQ(next("bea"), "b/0");
  book.release("bea");
  book.put(begin_call(*book.find("a/0"), "call", start));
  book.put(settle(*book.find("a/0"), *book.rules("a"), Came::reached, start));
  EXPECT_EQ(next("bea"), "");
  book.remove("a/0");
  set_resting(base::hour);  // the line is made anew
  EXPECT_EQ(next("bea"), "b/0");
}

TEST_F(CallingBook, AListThatAsksForFewerEndsWhoWasCalledSoOften) {
  Rules rules = rules_of("a");
  book.set(rules);
  Entry entry = entry_of("a", 0);
  entry.attempts = 2;
  entry.came = Came::busy;
  book.put(entry);
  Entry later = entry_of("a", 1);
  later.attempts = 2;
  later.came = Came::later;
  book.put(later);
  book.put(entry_of("a", 2));
  EXPECT_EQ(next("ana"), "a/0");
  rules.attempts_max = 2;
  auto const changed = book.set(rules);
  ASSERT_EQ(changed.size(), 2U);
  EXPECT_EQ(changed[0].state, State::done);
  EXPECT_EQ(changed[1].state, State::waiting);  // they named a time
  EXPECT_EQ(book.in_hand("ana"), nullptr);
  EXPECT_EQ(book.progress("a").not_reached, 1U);
  EXPECT_EQ(book.progress("a").in_hand, 0U);
  EXPECT_EQ(next("ana"), "a/1");
  EXPECT_TRUE(book.set(rules).empty());
}

TEST_F(CallingBook, AShorterRestCountsAtOnce) {
  two_lists_with_one_number();
  book.put(begin_call(*book.find("a/0"), "call", start));
  book.put(settle(*book.find("a/0"), *book.rules("a"), Came::reached, start));
  EXPECT_EQ(next("bea"), "");  // and goes back in the line
  set_resting(base::hour);
  EXPECT_EQ(next("bea", start + base::hour), "b/0");
}

TEST_F(CallingBook, ARemovedListLeavesNothingBehind) {
  book.set(rules_of("a"));
  book.put(entry_of("a", 0));
  EXPECT_EQ(next("ana"), "a/0");
  book.remove_list("a");
  EXPECT_EQ(book.in_hand("ana"), nullptr);
  EXPECT_EQ(book.size(), 0U);
  EXPECT_FALSE(book.put(entry_of("a", 1)));
  EXPECT_EQ(next("ana"), "");
}

TEST_F(CallingBook, WhoHasANumberIsFoundInTheListsOfABrand) {
  Rules ours = rules_of("a");
  ours.brand = "northwind";
  Rules others = rules_of("b");
  others.brand = "southsea";
  book.set(ours);
  book.set(others);
  book.put(entry_of("a", 0, "+441"));
  book.put(entry_of("a", 1, "+442"));
  book.put(entry_of("b", 0, "+441"));
  EXPECT_EQ(book.having("northwind", "+441"), std::vector<std::string>{"a/0"});
  EXPECT_TRUE(book.having("northwind", "+443").empty());
}

TEST_F(CallingBook, ALongLookComesToAnEnd) {
  book.set(rules_of("a"));
  book.put(entry_of("a", 0));
  EXPECT_EQ(next("ana"), "a/0");
  EXPECT_TRUE(book.in_hand_since(start).empty());
  EXPECT_EQ(book.in_hand_since(start + 1), std::vector<std::string>{"ana"});
}

/// Agents take, put back, call and say what came of it, in any order: no entry and no number is in two hands,
/// nobody is called more often than asked, before their time, where it is not open, or after they are done.
RC_GTEST_PROP(CallingBookProperty, NobodyIsCalledTwiceAtOnceOrTooOften, ()) {
  Book book;
  std::vector<std::string> const queues{"sales"};
  std::vector<std::string> const agents{"ana", "bea", "cat"};
  for (std::string const id : {"a", "b"}) {
    Rules rules = rules_of(id, *rc::gen::inRange<std::int64_t>(0, 2));
    rules.attempts_max = *rc::gen::inRange<std::int64_t>(1, 4);
    rules.rest = *rc::gen::element<base::Millis>(0, base::hour);
    book.set(rules);
    for (std::uint64_t i = 0; i < 4; ++i) book.put(entry_of(id, i, "+44" + std::to_string(*rc::gen::inRange(0, 5)), *rc::gen::element<std::string>("GB", "DE")));
  }
  base::Instant now = start;
  bool open_in_germany = true;
  std::map<std::string, std::string> calling;  // agent to entry
  std::map<std::string, std::int64_t> tried;
  for (int steps = *rc::gen::inRange(1, 120); steps > 0; --steps) {
    now = now + *rc::gen::element<base::Millis>(0, base::minute, base::hour);
    open_in_germany = *rc::gen::arbitrary<bool>();
    std::string const agent = *rc::gen::elementOf(agents);
    if (calling.contains(agent)) {
      Entry const entry = *book.find(calling[agent]);
      auto const came = static_cast<Came>(*rc::gen::inRange(1, static_cast<int>(Came::not_placed) + 1));
      Rules const& rules = *book.rules(entry.list);
      if (came == Came::not_placed) --tried[entry.id];
      if (came == Came::later) tried[entry.id] = std::min(tried[entry.id], rules.attempts_max - 1);
      book.put(settle(entry, rules, came, now, now + base::hour));
      calling.erase(agent);
      continue;
    }
    bool const had = book.in_hand(agent) != nullptr;
    auto const open = [&](std::string_view country, base::Millis, base::Millis) { return country == "GB" || open_in_germany; };
    auto const taken = book.take(agent, queues, now, open);
    if (!taken) continue;
    RC_ASSERT(taken->state == State::waiting);
    RC_ASSERT(taken->next_at <= now);
    RC_ASSERT(had || open(taken->country, 0, 0));
    std::set<std::string> numbers;
    for (std::string const& one : agents) {
      Entry const* const held = calling.contains(one) ? book.find(calling[one]) : book.in_hand(one);
      if (held != nullptr) RC_ASSERT(numbers.insert(held->number).second);
    }
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        book.release(agent);
        break;
      case 1:
        book.put(begin_call(*taken, "call", now));
        calling[agent] = taken->id;
        RC_ASSERT(++tried[taken->id] <= book.rules(taken->list)->attempts_max);
        break;
      default:
        break;  // they go on looking
    }
  }
  std::size_t all = 0;
  for (std::string const id : {"a", "b"}) all += book.progress(id).all();
  RC_ASSERT(all == 8U);
  RC_ASSERT(book.progress("a").calling + book.progress("b").calling == calling.size());
}

}  // namespace
}  // namespace rapport::calling

#include "server/webhooks/dispatcher.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

using Result = Dispatcher::Result;
using Verdict = Dispatcher::Verdict;
using Ids = std::vector<std::string>;

base::Instant const dispatch_begin{1'750'000'000'000};

InLine delivery(std::string id, std::string interaction = "i") { return {std::move(id), std::move(interaction), dispatch_begin, 0}; }

Ids ids(std::vector<Dispatcher::Attempt> const& attempts) {
  Ids found;
  for (auto const& attempt : attempts) found.push_back(attempt.delivery.id);
  return found;
}

/// The one attempt that can be made now.
InLine only(Dispatcher& dispatcher, base::Instant now = dispatch_begin) {
  auto const attempts = dispatcher.start(now);
  EXPECT_EQ(attempts.size(), 1U);
  return attempts.empty() ? InLine{} : attempts.front().delivery;
}

TEST(WebhookDispatcher, AnInteractionsDeliveriesGoOneAtATimeInOrder) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  for (char const* const id : {"2", "1", "3"}) EXPECT_EQ(dispatcher.take("a", delivery(id)), Dispatcher::Taken::queued);
  InLine const first = only(dispatcher);
  EXPECT_EQ(first.id, "1");
  EXPECT_EQ(ids(dispatcher.start(dispatch_begin)), Ids{});
  EXPECT_EQ(dispatcher.finish("a", first, Result::delivered, dispatch_begin)->verdict, Verdict::delivered);
  EXPECT_EQ(only(dispatcher).id, "2");
  EXPECT_EQ(dispatcher.waiting(), 2U);
}

TEST(WebhookDispatcher, InteractionsGoSideBySideUpToALimit) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  for (char const c : std::string{"bcdefgh"}) dispatcher.take("a", delivery(std::string{c}, std::string{c}));
  auto const attempts = dispatcher.start(dispatch_begin);
  EXPECT_EQ(attempts.size(), limits::webhook_in_flight_max);
  EXPECT_EQ(dispatcher.next(), std::nullopt);
  dispatcher.finish("a", attempts[2].delivery, Result::delivered, dispatch_begin);
  EXPECT_EQ(ids(dispatcher.start(dispatch_begin)), Ids{"f"});
}

TEST(WebhookDispatcher, AfterAFailureOneAtATimeUntilSomethingSucceeds) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.take("a", delivery("1", "x"));
  InLine const first = only(dispatcher);
  EXPECT_EQ(dispatcher.finish("a", first, Result::failed, dispatch_begin)->verdict, Verdict::again);
  for (char const c : std::string{"bcd"}) dispatcher.take("a", delivery(std::string{c}, std::string{c}));
  InLine const probe = only(dispatcher);
  dispatcher.finish("a", probe, Result::delivered, dispatch_begin);
  EXPECT_EQ(dispatcher.start(dispatch_begin).size(), 2U) << "the one that failed still waits";
}

TEST(WebhookDispatcher, ADeadReceiverHoldsUpNobodyElse) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.set_webhook("b", false);
  dispatcher.take("a", delivery("1"));
  dispatcher.take("b", delivery("2"));
  dispatcher.take("b", delivery("3"));
  auto const attempts = dispatcher.start(dispatch_begin);
  EXPECT_EQ(ids(attempts), (Ids{"1", "2"}));
  dispatcher.finish("b", attempts[1].delivery, Result::delivered, dispatch_begin);
  EXPECT_EQ(ids(dispatcher.start(dispatch_begin)), Ids{"3"});
}

TEST(WebhookDispatcher, PausesDoubleAndEndInADeadLetter) {
  RetryPolicy const policy{8, 5 * base::second, base::minute};
  Dispatcher dispatcher{policy};
  dispatcher.set_webhook("a", false);
  dispatcher.take("a", delivery("1"));
  base::Instant now = dispatch_begin;
  base::Millis whole = policy.first;
  for (std::uint32_t attempt = 1; attempt <= policy.attempts; ++attempt) {
    InLine const tried = only(dispatcher, now);
    EXPECT_EQ(tried.attempts, attempt);
    auto const finished = dispatcher.finish("a", tried, Result::failed, now);
    ASSERT_EQ(finished->verdict, attempt == policy.attempts ? Verdict::dead : Verdict::again);
    if (finished->verdict == Verdict::dead) break;
    base::Millis const pause = finished->delivery.next_at - now;
    EXPECT_GE(pause, whole * 3 / 4);
    EXPECT_LE(pause, whole);
    whole = std::min(2 * whole, policy.longest);
    EXPECT_EQ(dispatcher.next(), finished->delivery.next_at);
    EXPECT_EQ(ids(dispatcher.start(finished->delivery.next_at + -1)), Ids{});
    now = finished->delivery.next_at;
  }
  EXPECT_EQ(dispatcher.waiting(), 0U);
  EXPECT_EQ(dispatcher.next(), std::nullopt);
}

TEST(WebhookDispatcher, WhoAnswersGoneIsNotAskedAgain) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.take("a", delivery("1"));
  EXPECT_EQ(dispatcher.finish("a", only(dispatcher), Result::gone, dispatch_begin)->verdict, Verdict::dead);
}

TEST(WebhookDispatcher, LinesAreBounded) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.set_webhook("b", false);
  for (std::size_t count = 0; count < limits::webhook_queue_max; ++count) ASSERT_EQ(dispatcher.take("a", delivery(std::to_string(count))), Dispatcher::Taken::queued);
  EXPECT_EQ(dispatcher.take("a", delivery("x")), Dispatcher::Taken::queue_full);
  EXPECT_EQ(dispatcher.take("b", delivery("x")), Dispatcher::Taken::queued);
  EXPECT_EQ(dispatcher.take("c", delivery("x")), Dispatcher::Taken::no_webhook);
}

TEST(WebhookDispatcher, WhatIsPausedWaits) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", true);
  dispatcher.take("a", delivery("1"));
  EXPECT_EQ(ids(dispatcher.start(dispatch_begin)), Ids{});
  EXPECT_EQ(dispatcher.next(), std::nullopt);
  dispatcher.set_webhook("a", false);
  EXPECT_EQ(only(dispatcher).id, "1");
}

TEST(WebhookDispatcher, ARemovedWebhookLeavesNothing) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.take("a", delivery("1"));
  dispatcher.take("a", delivery("2"));
  InLine const under_way = only(dispatcher);
  EXPECT_EQ(dispatcher.remove_webhook("a").size(), 2U);
  EXPECT_EQ(dispatcher.waiting(), 0U);
  EXPECT_FALSE(dispatcher.finish("a", under_way, Result::delivered, dispatch_begin));
  EXPECT_TRUE(dispatcher.remove_webhook("a").empty());
}

TEST(WebhookDispatcher, WhatCouldNotBeginDoesNotCount) {
  Dispatcher dispatcher{{}};
  dispatcher.set_webhook("a", false);
  dispatcher.take("a", delivery("1"));
  dispatcher.postpone("a", only(dispatcher), dispatch_begin + 1'000);
  EXPECT_EQ(ids(dispatcher.start(dispatch_begin)), Ids{});
  EXPECT_EQ(only(dispatcher, dispatch_begin + 1'000).attempts, 1U);
}

// However attempts end and whatever comes between: nothing is lost, nothing is under way twice, and an
// interaction's deliveries begin in order as long as none of them comes back from the dead.
RC_GTEST_PROP(WebhookDispatcher, KeepsOrderAndLosesNothing, ()) {
  Dispatcher dispatcher{{3, base::second, base::minute}};
  dispatcher.set_webhook("a", false);
  base::Instant now = dispatch_begin;
  std::map<std::string, InLine> under_way;       // by interaction
  std::map<std::string, std::string> last_done;  // by interaction
  int made = 0;
  int done = 0;
  auto const steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 10));
  for (int const step : steps) {
    std::string const interaction(1, static_cast<char>('a' + step % 3));
    if (step < 4) {
      std::string id = std::to_string(1'000 + made++);
      RC_ASSERT(dispatcher.take("a", {id, interaction, now, 0}) == Dispatcher::Taken::queued);
    } else if (step < 7) {
      for (auto const& attempt : dispatcher.start(now)) {
        RC_ASSERT(under_way.emplace(attempt.delivery.interaction, attempt.delivery).second);
        RC_ASSERT(last_done[attempt.delivery.interaction] < attempt.delivery.id);
      }
    } else if (auto const found = under_way.find(interaction); found != under_way.end()) {
      auto const finished = dispatcher.finish("a", found->second, step == 9 ? Result::delivered : Result::failed, now);
      RC_ASSERT(finished.has_value());
      if (finished->verdict != Verdict::again) {
        ++done;
        last_done[interaction] = found->second.id;
      }
      under_way.erase(found);
    } else {
      now = now + 10 * base::second;
    }
    RC_ASSERT(dispatcher.waiting() == static_cast<std::size_t>(made - done));
  }
}

}  // namespace
}  // namespace rapport::server::webhooks

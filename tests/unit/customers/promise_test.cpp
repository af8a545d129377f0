// When a promise is kept, late, broken, withdrawn.
#include "customers/promise.hpp"

#include <gtest/gtest.h>

namespace rapport::customers {
namespace {

base::Instant at(base::Millis seconds) { return {1'750'000'000'000 + seconds * base::second}; }

Promise due_at_hundred() {
  Promise promise;
  promise.id = "p-1";
  promise.text = "call back";
  promise.made_at = at(0);
  promise.due = at(100);
  return promise;
}

TEST(Promise, KeptAtItsLastMoment) {
  Promise promise = due_at_hundred();
  EXPECT_EQ(promise.state_at(at(100)), PromiseState::open);
  EXPECT_EQ(keep(promise, at(100)), std::nullopt);
  EXPECT_EQ(promise.state, PromiseState::kept);
  EXPECT_EQ(promise.settled_at, at(100));
  EXPECT_EQ(promise.state_at(at(500)), PromiseState::kept);
  EXPECT_EQ(keep(promise, at(101)), PromiseRefusal::settled);
}

TEST(Promise, BrokenAMillisecondLaterAtItsDueTime) {
  Promise promise = due_at_hundred();
  EXPECT_FALSE(settle(promise, at(100)));
  EXPECT_EQ(promise.state_at(at(100) + 1), PromiseState::broken);
  EXPECT_TRUE(settle(promise, at(300)));
  EXPECT_EQ(promise.state, PromiseState::broken);
  EXPECT_EQ(promise.settled_at, at(100));
  EXPECT_FALSE(settle(promise, at(301)));
}

TEST(Promise, DoneLateIsDoneAndStillBroken) {
  for (bool const noticed : {false, true}) {
    Promise promise = due_at_hundred();
    if (noticed) settle(promise, at(110));
    EXPECT_EQ(keep(promise, at(120)), std::nullopt);
    EXPECT_EQ(promise.state, PromiseState::broken);
    EXPECT_EQ(promise.settled_at, at(100));
    EXPECT_EQ(promise.done_at, at(120));
    EXPECT_EQ(keep(promise, at(130)), PromiseRefusal::settled);
  }
}

TEST(Promise, WithdrawnOnlyInTime) {
  Promise promise = due_at_hundred();
  EXPECT_EQ(withdraw(promise, at(101), "too late"), PromiseRefusal::past_due);
  EXPECT_EQ(promise, due_at_hundred()) << "a refusal changes nothing";
  EXPECT_EQ(withdraw(promise, at(50), "not needed any more"), std::nullopt);
  EXPECT_EQ(promise.state_at(at(500)), PromiseState::withdrawn);
  EXPECT_EQ(promise.why, "not needed any more");
  EXPECT_EQ(keep(promise, at(60)), PromiseRefusal::settled);
  EXPECT_EQ(give_up(promise, at(60), ""), PromiseRefusal::settled);
}

TEST(Promise, GivenUpIsBroken) {
  Promise promise = due_at_hundred();
  EXPECT_EQ(give_up(promise, at(40), "no part"), std::nullopt);
  EXPECT_EQ(promise.state, PromiseState::broken);
  EXPECT_EQ(promise.settled_at, at(40));
  Promise late = due_at_hundred();
  EXPECT_EQ(give_up(late, at(400), "no part"), std::nullopt);
  EXPECT_EQ(late.settled_at, at(100)) << "it was broken when it was due";
}

TEST(Promise, WithoutADueTimeOnlySayingSoBreaksIt) {
  Promise promise = due_at_hundred();
  promise.due.reset();
  EXPECT_EQ(promise.state_at(at(1'000'000)), PromiseState::open);
  EXPECT_FALSE(settle(promise, at(1'000'000)));
  EXPECT_EQ(withdraw(promise, at(1'000'000), "agreed"), std::nullopt);
}

TEST(Promise, NothingHappensBeforeItWasMade) {
  Promise promise = due_at_hundred();
  EXPECT_EQ(keep(promise, at(-1)), PromiseRefusal::before_made);
  EXPECT_EQ(withdraw(promise, at(-1), ""), PromiseRefusal::before_made);
  EXPECT_EQ(give_up(promise, at(-1), ""), PromiseRefusal::before_made);
  EXPECT_EQ(name(PromiseRefusal::before_made), "before_made");
  EXPECT_EQ(parse_promise_state("withdrawn"), PromiseState::withdrawn);
  EXPECT_EQ(parse_promise_state("gone"), std::nullopt);
}

}  // namespace
}  // namespace rapport::customers

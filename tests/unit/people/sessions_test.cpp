#include "people/sessions.hpp"

#include <thread>

#include "fixture.hpp"

namespace rapport::people {
namespace {

class SessionsTest : public PeopleTest {
 protected:
  NewSession begin(User const& user, std::string_view client = "test") {
    auto session = sessions.begin(user, client, "10.0.0.2", {}, now);
    EXPECT_TRUE(session);
    return *session;
  }
};

TEST_F(SessionsTest, OnlyTheHashOfTheSecretIsKept) {
  NewSession const session = begin(root_user);
  for (records::Batch const& batch : store.written()) {
    for (records::Change const& change : batch.changes) {
      auto const* const put = std::get_if<records::PutDocument>(&change);
      if (put == nullptr) continue;
      EXPECT_EQ((put->id + put->body).find(session.secret), std::string::npos);
    }
  }
  EXPECT_EQ(session.secret.size(), 43U);
}

TEST_F(SessionsTest, EndByIdling) {
  NewSession const session = begin(root_user);
  for (int i = 0; i < 3; ++i) {
    now = now + (base::hour - 1);
    ASSERT_FALSE(is_over(session.secret));
  }
  now = now + base::hour;
  EXPECT_TRUE(is_over(session.secret));
}

TEST_F(SessionsTest, StandWhileSomethingIsKeptOpen) {
  NewSession const session = begin(root_user);
  std::string const id = sessions.id_of(session.secret);
  Sessions restarted{store, {}};
  for (; now < session.expires_at; now = now + 20 * base::minute) {
    Sessions& one = (now.since_epoch / base::hour) % 2 == 0 ? sessions : restarted;
    auto const kept = one.keep(id, now);
    ASSERT_TRUE(kept && *kept);
  }
  auto const over = sessions.keep(id, now);
  ASSERT_TRUE(over);
  EXPECT_FALSE(*over) << "by age";
  EXPECT_FALSE(*sessions.keep("nobody's", now));
}

TEST_F(SessionsTest, TheShortestIdleTimeIsLongEnoughForWhatIsLookedAtTwiceWithinIt) {
  SessionLimits const limits{.idle = base::minute};
  Sessions one{store, limits};
  auto const session = one.begin(root_user, "test", "10.0.0.2", {}, now);
  ASSERT_TRUE(session);
  now = now + base::second;
  for (int look = 0; look < 10; ++look, now = now + limits.idle / 2) {
    Sessions restarted{store, limits};  // nothing but what was written is known
    auto const kept = restarted.keep(one.id_of(session->secret), now);
    ASSERT_TRUE(kept && *kept) << "at look " << look;
  }
}

TEST_F(SessionsTest, EndByAge) {
  NewSession const session = begin(root_user);
  for (; now < session.expires_at; now = now + base::minute) ASSERT_FALSE(is_over(session.secret));
  EXPECT_EQ(session.expires_at - base::Instant{1'700'000'000'000}, 12 * base::hour);
  EXPECT_TRUE(is_over(session.secret));
}

TEST_F(SessionsTest, GoOnAfterARestart) {
  NewSession const session = begin(root_user);
  now = now + 40 * base::minute;
  ASSERT_FALSE(is_over(session.secret));
  Sessions restarted{store, {}};
  now = now + 40 * base::minute;
  EXPECT_EQ(restarted.cached(), 0U);
  EXPECT_TRUE(restarted.authenticate(session.secret, now)) << "its last use was kept";
}

TEST_F(SessionsTest, AreAuthenticatedFromMemory) {
  NewSession const session = begin(root_user);
  EXPECT_EQ(sessions.authenticate_cached(session.secret, now), nullptr);
  auto const loaded = sessions.authenticate(session.secret, now);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(sessions.authenticate_cached(session.secret, now), *loaded);
  EXPECT_EQ(sessions.authenticate_cached(session.secret + "x", now), nullptr);
  EXPECT_EQ(refusal_of(sessions.authenticate(session.secret + "x", now)), Refusal::unauthenticated);
  EXPECT_EQ(refusal_of(sessions.authenticate("", now)), Refusal::unauthenticated);
}

TEST_F(SessionsTest, WriteTheirUseOnceAMinute) {
  NewSession const session = begin(root_user);
  ASSERT_TRUE(sessions.authenticate(session.secret, now));
  std::size_t const before = store.written().size();
  for (int i = 0; i < 100; ++i) ASSERT_FALSE(is_over(session.secret));
  EXPECT_EQ(store.written().size(), before);
  now = now + base::minute;
  for (int i = 0; i < 100; ++i) ASSERT_FALSE(is_over(session.secret));
  EXPECT_EQ(store.written().size(), before + 1);
  now = now + base::minute;
  ASSERT_FALSE(is_over(session.secret));
  EXPECT_EQ(store.written().size(), before + 2);
}

TEST_F(SessionsTest, AreListedAndEnded) {
  User const ana = create("ana");
  NewSession const one = begin(ana, "browser");
  now = now + 1;
  NewSession const two = begin(ana, "telephone");
  ASSERT_FALSE(is_over(one.secret));
  auto const running = sessions.list(ana.id, now);
  ASSERT_EQ(running->size(), 2U);
  EXPECT_EQ(running->front().label, "browser");
  EXPECT_EQ(running->front().id, sessions.id_of(one.secret));
  EXPECT_EQ(refusal_of(sessions.end(by_root(), root.id, running->front().id, now)), Refusal::not_found) << "not root's";
  EXPECT_TRUE(sessions.end(by_root(), ana.id, running->front().id, now));
  EXPECT_TRUE(is_over(one.secret));
  EXPECT_FALSE(is_over(two.secret));
  EXPECT_EQ(audited("session.end"), 1U);
}

TEST_F(SessionsTest, AUseOnItsWayDoesNotBringAnEndedOneBack) {
  NewSession const session = begin(root_user);
  ASSERT_FALSE(is_over(session.secret));
  now = now + base::minute;
  store.complete_by_hand();
  ASSERT_FALSE(is_over(session.secret));  // its use waits to be written
  ASSERT_EQ(store.waiting(), 1U);
  bool ended = false;
  store.submit({.changes = {records::RemoveDocument{"session", sessions.id_of(session.secret), std::nullopt}}, .at = now},
               [&](records::Stored<Nothing> done) { ended = static_cast<bool>(done); });
  sessions.forget_user(root.id);
  store.complete();
  EXPECT_TRUE(ended);
  EXPECT_TRUE(is_over(session.secret));
}

TEST_F(SessionsTest, OneMoreThanAllowedEndsTheOldest) {
  NewSession const first = begin(root_user);
  for (std::size_t i = 0; i < limits::sessions_per_user_max; ++i) {
    now = now + 1;
    begin(root_user);
  }
  EXPECT_TRUE(is_over(first.secret));
  EXPECT_EQ(sessions.list(root.id, now)->size(), limits::sessions_per_user_max);
}

TEST_F(SessionsTest, OfAnEarlierEpochAreOver) {
  User const ana = create("ana");
  auto const changed = accounts.change(by_root(), ana.id, {.roles = std::vector{Role::quality}}, ana.version, now);
  ASSERT_TRUE(changed);
  EXPECT_TRUE(is_over(begin(ana).secret)) << "begun by a login that had read the user before the change";
  EXPECT_FALSE(is_over(begin(*changed).secret));
}

TEST_F(SessionsTest, WhatIsOverIsSweptFromTheStore) {
  begin(root_user);
  now = now + base::hour;
  NewSession const running = begin(root_user);
  EXPECT_EQ(*sessions.sweep(now), 1U);
  EXPECT_FALSE(is_over(running.secret));
  EXPECT_EQ(store.documents("session", std::nullopt, "", 10)->documents.size(), 1U);
}

TEST_F(SessionsTest, AClientNameOfAnyBytesIsTaken) {
  begin(root_user, "\xff\xfe");
  begin(root_user, std::string(199, 'x') + "é");
  auto const running = sessions.list(root.id, now);
  ASSERT_EQ(running->size(), 2U);
  std::size_t const longest = std::max(running->front().label.size(), running->back().label.size());
  EXPECT_EQ(longest, 199U) << "cut before the letter, not within it";
}

TEST_F(SessionsTest, CsrfTokensAreOfOneSession) {
  NewSession const one = begin(root_user);
  NewSession const two = begin(root_user);
  EXPECT_TRUE(csrf_token_fits(one.secret, one.csrf));
  EXPECT_FALSE(csrf_token_fits(one.secret, two.csrf));
  EXPECT_FALSE(csrf_token_fits(one.secret, ""));
  EXPECT_FALSE(csrf_token_fits(one.secret, one.secret));
}

std::shared_ptr<Authenticated const> entry(std::string id, std::string user) {
  return std::make_shared<Authenticated const>(Authenticated{{}, {.id = std::move(id), .user = std::move(user), .expires_at = {1'000}}});
}

TEST(BearerCache, KeepsNothingThatWasLoadedBeforeAChange) {
  BearerCache cache{10};
  auto const generation = cache.generation();
  cache.forget_user("ana");  // the change, while the loader was at the store
  cache.insert(entry("s1", "ana"), {0}, generation);
  EXPECT_EQ(cache.size(), 0U);
  cache.insert(entry("s1", "ana"), {0}, cache.generation());
  EXPECT_EQ(cache.size(), 1U);
}

TEST(BearerCache, LetsGoOfTheOneUnusedForLongest) {
  BearerCache cache{2};
  cache.insert(entry("s1", "ana"), {0}, 0);
  cache.insert(entry("s2", "ana"), {0}, 0);
  ASSERT_TRUE(cache.use("s1", {1}, 1'000, 1'000));
  cache.insert(entry("s3", "ben"), {2}, 0);
  EXPECT_TRUE(cache.use("s1", {3}, 1'000, 1'000));
  EXPECT_FALSE(cache.use("s2", {3}, 1'000, 1'000));
  cache.forget_user("ana");
  EXPECT_FALSE(cache.use("s1", {3}, 1'000, 1'000));
  EXPECT_TRUE(cache.use("s3", {3}, 1'000, 1'000));
  EXPECT_FALSE(cache.use("s3", {1'000}, 10'000, 1'000)) << "expired";
  EXPECT_EQ(cache.size(), 0U);
}

TEST_F(SessionsTest, ManyThreadsAuthenticateWhileRightsChange) {
  User ana = create("ana");
  NewSession session = begin(ana);
  std::atomic<bool> stop = false;
  std::atomic<int> over_came_back = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      bool over = false;
      while (!stop) {
        bool const valid = static_cast<bool>(sessions.authenticate(session.secret, now));
        if (over && valid) ++over_came_back;
        over = over || !valid;
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    auto const changed = accounts.change(by_root(), ana.id, {.name = "Ana " + std::to_string(i)}, ana.version, now);
    EXPECT_TRUE(changed);
    if (!changed) break;  // the threads are to be joined
    ana = *changed;
  }
  auto const changed = accounts.change(by_root(), ana.id, {.active = false}, ana.version, now);
  EXPECT_TRUE(changed);
  EXPECT_TRUE(is_over(session.secret));
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(over_came_back, 0);
  EXPECT_EQ(sessions.cached(), 0U);
}

}  // namespace
}  // namespace rapport::people

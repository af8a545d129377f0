// From what the centre tells to what a receiver gets: with a store in memory, a sender of the test, and a
// clock of the test.
#include "server/webhooks/webhooks.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <functional>

#include "base/limits.hpp"
#include "server/webhooks/news.hpp"
#include "server/webhooks/signature.hpp"
#include "support/eventually.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::webhooks {
namespace {

namespace json = boost::json;
using test::eventually;

base::Instant const begin{1'750'000'000'000};

/// What a receiver would see, and what it answers.
struct Receiver {
  std::mutex mutex;
  std::vector<Post> posts;
  Outcome answer{200, {}};
  bool hold = false;  ///< answers come when release() is called
  std::vector<Sender::Done> held;

  std::vector<Post> seen() {
    std::lock_guard const lock{mutex};
    return posts;
  }
  void answers(Outcome outcome) {
    std::lock_guard const lock{mutex};
    answer = std::move(outcome);
  }
  void release() {
    std::vector<Sender::Done> let_go;
    {
      std::lock_guard const lock{mutex};
      let_go.swap(held);
      hold = false;
    }
    for (auto const& done : let_go) done({200, {}});
  }
};

class FakeSender final : public Sender {
 public:
  explicit FakeSender(Receiver& receiver) : receiver_(receiver) {}
  void send(Post post, Done done) override {
    Outcome outcome;
    {
      std::lock_guard const lock{receiver_.mutex};
      receiver_.posts.push_back(std::move(post));
      if (receiver_.hold) return receiver_.held.push_back(std::move(done));
      outcome = receiver_.answer;
    }
    done(outcome);
  }

 private:
  Receiver& receiver_;
};

std::string header_of(Post const& post, std::string const& name) {
  for (auto const& [key, value] : post.headers) {
    if (key == name) return value;
  }
  return {};
}

centre::InteractionClosed closed(std::string interaction = "i1", std::string brand = "acme") {
  records::InteractionRow row;
  row.id = std::move(interaction);
  row.brand = std::move(brand);
  row.customer = "c1";
  row.outcome = "resolved";
  row.started_at = begin;
  row.closed_at = begin;
  return {row};
}

centre::EventHappened said(std::string text) {
  auto head = std::make_shared<domain::Interaction>();
  head->brand = "acme";
  head->started_at = begin;
  domain::Participant customer;
  customer.id = "p1";
  customer.role = domain::Role::customer;
  customer.name = "Pat Brown";
  head->participants.push_back(customer);
  domain::Event event;
  event.id = "e1";
  event.seq = 1;
  event.recorded_at = begin;
  event.kind = domain::EventKind::message;
  event.by = domain::Role::customer;
  event.participant = 0;
  event.text = std::move(text);
  return {"i1", 1, 1, event, head, "c1"};
}

class WebhooksTest : public testing::Test {
 protected:
  WebhooksTest() { reopen(); }

  void reopen() {
    webhooks.reset();
    metrics = std::make_unique<base::Metrics>();
    webhooks = std::make_unique<Webhooks>(store, std::make_unique<FakeSender>(receiver), [this] { return base::Instant{now.load()}; }, Webhooks::Options{{3, 5 * base::second, base::minute}, base::day, 7}, *metrics);
    ASSERT_TRUE(webhooks->start());
  }
  void configure(std::string const& id, bool words = false, std::string const& brand = "acme", bool active = true) {
    json::array events;
    for (auto const name : event_names) events.emplace_back(json::string{name.data(), name.size()});
    json::object const body{{"url", "https://example.com/" + id}, {"secret", "s"}, {"events", events}, {"words", words}, {"active", active}};
    records::PutDocument document;
    document.kind = webhook_kind;
    document.id = id;
    document.brand = brand;
    document.body = json::serialize(body);
    ASSERT_TRUE(store.commit({{document}, begin, false}));
    ASSERT_TRUE(webhooks->reload(id));
  }
  /// What the centre does: keeps together, then says that it is kept.
  void tell(centre::Publication publication) {
    auto outgoing = webhooks->outgoing({std::move(publication)}, {now.load()});
    if (outgoing.changes.empty()) return;
    ASSERT_TRUE(store.commit({std::move(outgoing.changes), {now.load()}, true}));
    if (outgoing.kept && !crashed) outgoing.kept();
  }
  std::size_t kept(char const* kind) { return store.documents(kind, std::nullopt, {}, 500)->documents.size(); }
  std::optional<Failure> failure() {
    auto const page = store.documents(failure_kind, std::nullopt, {}, 1);
    return page->documents.empty() ? std::nullopt : read_failure(page->documents.front());
  }
  /// Fails until it is dead.
  void kill(std::string const& interaction) {
    receiver.answers({500, {}});
    std::size_t const before = receiver.seen().size();
    tell(closed(interaction));
    // Time passes while one waits: when the next attempt is due counts from when the last was over.
    ASSERT_TRUE(eventually([&] { return now += base::second, receiver.seen().size() >= before + 3; }));
    ASSERT_TRUE(eventually([&] { auto const found = failure(); return found && found->dead; }));
  }
  records::AuditEntry audit() const { return {begin, "user:u", "dead_letter.retry", "dead_letter:x", "acme", {}, {}}; }

  test::MemoryStore store;
  Receiver receiver;
  std::atomic<base::Millis> now = begin.since_epoch;
  bool crashed = false;
  std::unique_ptr<base::Metrics> metrics;
  std::unique_ptr<Webhooks> webhooks;
};

TEST_F(WebhooksTest, DeliversSignedAndForgets) {
  configure("a");
  tell(closed());
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == 1 && kept(delivery_kind) == 0; }));
  Post const post = receiver.seen().front();
  EXPECT_EQ(post.url, "https://example.com/a");
  json::object const body = json::parse(post.body).as_object();
  EXPECT_EQ(body.at("event"), "interaction.closed");
  EXPECT_EQ(body.at("interaction"), "i1");
  EXPECT_EQ(body.at("brand"), "acme");
  EXPECT_EQ(body.at("data").at("outcome"), "resolved");
  EXPECT_EQ(header_of(post, "Rapport-Delivery"), body.at("id").as_string());
  EXPECT_EQ(header_of(post, "Rapport-Event"), "interaction.closed");
  EXPECT_EQ(header_of(post, "Rapport-Timestamp"), "1750000000");
  EXPECT_EQ(header_of(post, "Rapport-Signature"), sign("s", 1'750'000'000, post.body));
  EXPECT_EQ(kept(failure_kind), 0U);
}

TEST_F(WebhooksTest, TellsOnlyWhatIsWanted) {
  configure("a");
  configure("b", false, "acme", false);
  tell(closed("i1", "other"));
  tell(centre::TypingSeen{"i1", domain::Role::customer, {}});
  tell(centre::InteractionOpened{{}, std::make_shared<std::vector<domain::Event> const>(), true});
  EXPECT_EQ(kept(delivery_kind), 0U);
  tell(closed("i2"));
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == 1; }));
  EXPECT_EQ(receiver.seen().front().url, "https://example.com/a");
}

TEST_F(WebhooksTest, WordsGoOnlyWhereTheyAreAskedFor) {
  configure("a");
  configure("b", true);
  tell(said("My account is 88123"));
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == 2; }));
  for (Post const& post : receiver.seen()) {
    bool const asked_for = post.url.ends_with("/b");
    EXPECT_EQ(post.body.find("88123") != std::string::npos, asked_for) << post.body;
    EXPECT_NE(post.body.find("\"message\""), std::string::npos) << post.body;
  }
}

TEST_F(WebhooksTest, WordsThatDoNotFitAreLeftOut) {
  configure("b", true);
  tell(said(std::string(limits::webhook_body_bytes_max, 'x')));
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == 1; }));
  EXPECT_LT(receiver.seen().front().body.size(), 2'000U);
  EXPECT_TRUE(json::parse(receiver.seen().front().body).at("words_left_out").as_bool());
}

TEST_F(WebhooksTest, WhatIsKeptIsDeliveredAfterACrash) {
  configure("a");
  crashed = true;
  tell(closed());
  EXPECT_TRUE(receiver.seen().empty());
  reopen();
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == 1 && kept(delivery_kind) == 0; }));
}

TEST_F(WebhooksTest, TriesAgainUnderTheSameIdAlsoAfterARestart) {
  configure("a");
  receiver.answers({503, {}});
  tell(closed());
  ASSERT_TRUE(eventually([&] { auto const found = failure(); return found && found->attempts == 1; }));
  EXPECT_EQ(failure()->why, "answered 503");
  reopen();
  receiver.answers({204, {}});
  now += 10'000;
  ASSERT_TRUE(eventually([&] { return kept(delivery_kind) == 0 && kept(failure_kind) == 0; }));
  auto const posts = receiver.seen();
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(header_of(posts[0], "Rapport-Delivery"), header_of(posts[1], "Rapport-Delivery"));
  EXPECT_EQ(posts[0].body, posts[1].body);
  EXPECT_EQ(header_of(posts[1], "Rapport-Timestamp"), "1750000010");
}

TEST_F(WebhooksTest, ADeadLetterIsKeptTriedAgainOrDropped) {
  configure("a");
  kill("i1");
  std::string const id = failure()->id;
  EXPECT_EQ(failure()->attempts, 3U);
  reopen();
  EXPECT_EQ(webhooks->retry("no such letter", audit()).error(), records::StoreError::not_found);
  receiver.answers({200, {}});
  ASSERT_TRUE(webhooks->retry(id, audit()));
  ASSERT_TRUE(eventually([&] { return kept(delivery_kind) == 0; }));
  EXPECT_EQ(kept(failure_kind), 0U);
  EXPECT_EQ(webhooks->retry(id, audit()).error(), records::StoreError::not_found);
  kill("i2");
  ASSERT_TRUE(webhooks->drop(failure()->id, audit()));
  EXPECT_EQ(kept(delivery_kind) + kept(failure_kind), 0U);
  EXPECT_EQ(store.audit({})->size(), 2U);
}

TEST_F(WebhooksTest, AllDeadLettersOfAWebhookComeBackTogether) {
  configure("a");
  kill("i1");
  kill("i2");
  receiver.answers({200, {}});
  ASSERT_TRUE(eventually([&] {
    auto const count = webhooks->retry_all("a", audit());
    return count && kept(delivery_kind) == 0;
  }));
  EXPECT_EQ(kept(failure_kind), 0U);
}

TEST_F(WebhooksTest, OldDeadLettersGo) {
  configure("a");
  kill("i1");
  now += 2 * base::day;
  EXPECT_TRUE(eventually([&] { return kept(failure_kind) == 0 && kept(delivery_kind) == 0; }));
}

TEST_F(WebhooksTest, ARemovedWebhookLeavesNothing) {
  configure("a");
  kill("i1");
  tell(closed("i2"));
  ASSERT_TRUE(store.commit({{removed(webhook_kind, "a")}, begin, false}));
  ASSERT_TRUE(webhooks->reload("a"));
  EXPECT_TRUE(eventually([&] { return kept(failure_kind) == 0 && kept(delivery_kind) == 0; }));
  EXPECT_TRUE(webhooks->outgoing({closed()}, begin).changes.empty());
}

TEST_F(WebhooksTest, NobodyWhoWasErasedIsToldOf) {
  configure("b", true);
  receiver.answers({500, {}});
  tell(said("My account is 88123"));
  ASSERT_TRUE(eventually([&] { return failure().has_value(); }));
  ASSERT_TRUE(store.erase_person("c1"));
  receiver.answers({200, {}});
  now += base::minute;
  ASSERT_TRUE(eventually([&] { return kept(delivery_kind) == 0 && kept(failure_kind) == 0; }));
  EXPECT_EQ(receiver.seen().size(), 1U);
}

TEST_F(WebhooksTest, AReceiverThatHangsCostsTheOthersNothing) {
  configure("a");
  receiver.hold = true;
  for (int i = 0; i < 20; ++i) tell(closed("i" + std::to_string(i)));
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == limits::webhook_in_flight_max; }));
  {
    std::lock_guard const lock{receiver.mutex};
    receiver.hold = false;
  }
  configure("b", false, "other");
  tell(closed("x", "other"));
  ASSERT_TRUE(eventually([&] { return receiver.seen().size() == limits::webhook_in_flight_max + 1; }));
  EXPECT_EQ(receiver.seen().back().url, "https://example.com/b");
  receiver.release();
  EXPECT_TRUE(eventually([&] { return kept(delivery_kind) == 0; }));
}

TEST_F(WebhooksTest, NothingIsSentWhileTheStoreIsUnavailable) {
  configure("a");
  crashed = true;
  tell(closed());
  store.set_available(false);
  reopen();
  EXPECT_EQ(webhooks->retry("any", audit()).error(), records::StoreError::unavailable);
  EXPECT_TRUE(receiver.seen().empty());
  store.set_available(true);
  EXPECT_TRUE(eventually([&] { return receiver.seen().size() == 1 && kept(delivery_kind) == 0; }));
}

}  // namespace
}  // namespace rapport::server::webhooks

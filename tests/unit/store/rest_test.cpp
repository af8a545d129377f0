#include "store_fixture.hpp"

namespace rapport::store {
namespace {

using namespace records;

class Rest : public EachStore {};
RAPPORT_ON_EACH_STORE(Rest);

TEST_P(Rest, TheFloorIsSnapshotAndEventsSince) {
  put({AppendFloor{"one"}, AppendFloor{"two"}});
  put({SaveFloor{"snapshot of two"}, AppendFloor{"three"}});
  put({AppendFloor{std::string("four\0\xff", 6)}});
  for (int round = 0; round < 2; ++round) {
    auto const state = got(store_->load());
    EXPECT_EQ(state.snapshot, "snapshot of two");
    EXPECT_EQ(state.floor, (std::vector<std::string>{"three", std::string("four\0\xff", 6)}));
    reopen();
  }
  put({AppendFloor{"five"}});
  EXPECT_EQ(got(store_->load()).floor.back(), "five");
}

TEST_P(Rest, CountersAddUp) {
  put({AddCounters{"queue/acme/a", {1'000}, {1, 2}}, AddCounters{"queue/acme/a", {1'000}, {10, 0, -5}}});
  put({AddCounters{"queue/acme/a", {1'000}, {1}}, AddCounters{"queue/acme/a", {2'000}, {7}}, AddCounters{"queue/acme/b", {1'000}, {8}}, AddCounters{"queuf", {1'000}, {9}}});
  reopen();
  put({AddCounters{"queue/acme/a", {1'000}, {100}}});
  auto const rows = got(store_->counters("queue/", {1'000}, {2'000}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].key, "queue/acme/a");
  EXPECT_EQ(rows[0].values, (std::vector<std::int64_t>{112, 2, -5}));
  EXPECT_EQ(rows[1].values, std::vector<std::int64_t>{8});
  EXPECT_EQ(got(store_->counters("", {0}, {9'000})).size(), 4U);
}

TEST_P(Rest, OfMaximaTheGreaterOneStands) {
  put({AddCounters{"k", {1}, {7, 1}, 1}, AddCounters{"k", {1}, {3, 1}, 1}});
  put({AddCounters{"k", {1}, {5, 1}, 1}});
  reopen();
  put({AddCounters{"k", {1}, {6, 1}, 1}});
  EXPECT_EQ(got(store_->counters("k", {0}, {9})).at(0).values, (std::vector<std::int64_t>{7, 4}));
  put({AddCounters{"k", {1}, {8}, 1}});
  EXPECT_EQ(got(store_->counters("k", {0}, {9})).at(0).values, (std::vector<std::int64_t>{8, 4}));
}

TEST_P(Rest, CountersOfATimeAreFoundByPrefixOfTheirKey) {
  put({AddCounters{"agent/a/1", {10}, {1}}, AddCounters{"agent/a/1", {20}, {2}}, AddCounters{"agent/a/10", {10}, {3}}, AddCounters{"queue/a/1", {10}, {4}}});
  EXPECT_EQ(got(store_->counters("agent/a/", {10}, {20})).size(), 2U);
  EXPECT_EQ(got(store_->counters("agent/a/1", {10}, {20})).size(), 2U);
  EXPECT_EQ(got(store_->counters("", {10}, {11})).size(), 3U);
  EXPECT_TRUE(got(store_->counters("agent/b/", {0}, {99})).empty());
}

TEST_P(Rest, TheAuditLogHasNoGaps) {
  AuditEntry entry{{1'000}, "user:1", "user.create", "user:2", "acme", "::1", "{\"a\":1}"};
  put({entry});
  auto other = entry;
  other.who = "system";
  other.at = {2'000};
  put({other, entry});
  reopen();
  put({other});
  auto const rows = got(store_->audit({}));
  ASSERT_EQ(rows.size(), 4U);
  for (std::size_t at = 0; at < rows.size(); ++at) EXPECT_EQ(rows[at].number, 4 - static_cast<std::int64_t>(at));
  EXPECT_EQ(rows[0].entry, other);
  EXPECT_EQ(rows[3].entry, entry);
  AuditQuery query;
  query.who = "user:1";
  query.before = 3;
  ASSERT_EQ(got(store_->audit(query)).size(), 1U);
  query = {};
  query.from = base::Instant{2'000};
  query.to = base::Instant{2'001};
  query.limit = 1;
  EXPECT_EQ(got(store_->audit(query))[0].number, 4);
  query = {};
  query.action = "user.remove";
  EXPECT_TRUE(got(store_->audit(query)).empty());
}

TEST_P(Rest, AnswersAreKeptAndForgotten) {
  KeepAnswer const answer{"user:1", "key", "hash", 201, "{\"id\":\"x\"}", {1'000}};
  auto later = answer;
  later.key = "other";
  later.at = {2'000};
  put({answer, later});
  EXPECT_EQ(got(store_->answer("user:1", "key")), answer);
  EXPECT_FALSE(got(store_->answer("user:2", "key")));
  EXPECT_EQ(got(store_->forget_answers({2'000})), 1U);
  EXPECT_FALSE(got(store_->answer("user:1", "key")));
  EXPECT_EQ(got(store_->answer("user:1", "other")), later);
}

TEST_P(Rest, BlobsAreReadAsWritten) {
  std::string bytes(1'000'000, '\0');
  for (std::size_t at = 0; at < bytes.size(); ++at) bytes[at] = static_cast<char>(at * 7 + at / 251);
  put({PutBlob{"b1", "i1", "c1", "Rechnung.pdf", "application/pdf", bytes}, PutBlob{"b2", "i1", "", "", "text/plain", ""}});
  reopen();
  auto const blob = got(store_->blob("b1"));
  ASSERT_TRUE(blob);
  EXPECT_EQ(blob->bytes, bytes);
  EXPECT_EQ(blob->name, "Rechnung.pdf");
  EXPECT_EQ(blob->media_type, "application/pdf");
  EXPECT_EQ(blob->interaction, "i1");
  EXPECT_TRUE(got(store_->blob("b2"))->bytes.empty());
  EXPECT_FALSE(got(store_->blob("b3")));
}

TEST_P(Rest, ErasingAPersonLeavesTheSkeleton) {
  auto row = make_row("i1");
  auto unknown = make_row("i2");
  unknown.customer.clear();
  PutDocument customer{"customer", "c1", "acme", "c1", "{\"name\":\"Ann\"}", {}, {"ann"}, {"tel:1"}};
  put({customer, make_closing(row, "secret words"), make_closing(unknown, "other words"), OpenInteraction{make_row("i3"), {"{}", "live"}},
       AppendEvent{"i3", "c1", 1, {"{\"k\":1}", "said"}}, AmendInteraction{"i1", 9, {"{}", "late"}, ""}, PutBlob{"b1", "i1", "c1", "n", "t", "bytes"}});
  ASSERT_TRUE(store_->erase_person("c1"));
  for (int round = 0; round < 2; ++round) {
    auto const found = got(store_->interaction("i1"));
    EXPECT_EQ(found->row.id, "i1");
    EXPECT_EQ(*found->block, (Content{"{\"events\":[]}", ""}));
    EXPECT_EQ(found->tail[0].event.personal, "");
    auto const live = got(store_->interaction("i3"));
    EXPECT_EQ(live->head, (Content{"{}", ""}));
    EXPECT_EQ(live->tail[0].event, (Content{"{\"k\":1}", ""}));
    EXPECT_EQ(got(store_->interaction("i2"))->block->personal, "{\"words\":\"hello\"}");
    EXPECT_EQ(got(store_->document("customer", "c1"))->body, "");
    EXPECT_FALSE(got(store_->document_by_name("customer", "acme", "ann")));
    EXPECT_TRUE(got(store_->documents_by_lookup("customer", "tel:1", {}, 50)).documents.empty());
    EXPECT_EQ(got(store_->blob("b1"))->bytes, "");
    EXPECT_EQ(got(store_->blob("b1"))->name, "");
    InteractionQuery query;
    query.words = "secret";
    EXPECT_TRUE(got(store_->search(query)).rows.empty());
    query.words = "other";
    EXPECT_EQ(got(store_->search(query)).rows.size(), 1U);
    reopen();
  }
  // Written for the person later: a new key, which does not open what was before.
  put({AppendEvent{"i3", "c1", 2, {"{}", "again"}}});
  auto const live = got(store_->interaction("i3"));
  EXPECT_EQ(live->tail[0].event.personal, "");
  EXPECT_EQ(live->tail[1].event.personal, "again");
  // One whose customer is not known is erased by itself.
  ASSERT_TRUE(store_->erase_person("interaction:i2"));
  EXPECT_EQ(got(store_->interaction("i2"))->block->personal, "");
}

TEST_P(Rest, PurgingRemovesClosedInteractionsOfABrand) {
  for (int number = 0; number < 450; ++number) {
    auto row = make_row("i" + std::to_string(number), 1'000 + number);
    row.closed_at = row.started_at;
    if (number % 2 == 1) row.channel = domain::Channel::chat;
    row.missed = {"greet"};
    put({make_closing(row, "word"), PutBlob{"b" + std::to_string(number), row.id, "", "n", "t", "x"}});
  }
  auto other = make_row("other");
  other.brand = "globex";
  put({make_closing(other), OpenInteraction{make_row("live"), {}}});
  EXPECT_EQ(got(store_->purge("acme", domain::Channel::chat, {1'011})), 5U);
  EXPECT_EQ(got(store_->purge("acme", std::nullopt, {1'440})), 435U);
  EXPECT_EQ(got(store_->purge("acme", std::nullopt, {1'440})), 0U);
  InteractionQuery query;
  query.limit = 500;
  EXPECT_EQ(got(store_->search(query)).rows.size(), 12U);
  query.words = "word";
  EXPECT_EQ(got(store_->search(query)).rows.size(), 10U);
  query.words.clear();
  query.missed = "greet";
  EXPECT_EQ(got(store_->search(query)).rows.size(), 10U);
  EXPECT_FALSE(got(store_->interaction("i0")));
  EXPECT_FALSE(got(store_->blob("b0")));
  EXPECT_TRUE(got(store_->blob("b449")));
  put({make_closing(make_row("i0"))});
}

TEST_P(Rest, DoneIsCalledInOrder) {
  std::vector<int> order;
  std::mutex mutex;
  constexpr int count = 500;
  for (int number = 0; number < count; ++number) {
    Batch batch{{AppendFloor{std::to_string(number)}}, {1}, number % 2 == 0};
    if (number % 5 == 0) batch.changes = {RemoveDocument{"none", "x", {}}};
    ASSERT_TRUE(store_->submit(std::move(batch), [&, number](Stored<Nothing> const& result) {
      std::lock_guard const lock{mutex};
      order.push_back(result ? number : -number);
    }));
  }
  close();  // finishes what was taken
  ASSERT_EQ(order.size(), static_cast<std::size_t>(count));
  for (int number = 0; number < count; ++number) EXPECT_EQ(order[static_cast<std::size_t>(number)], number % 5 == 0 ? -number : number);
  open();
  EXPECT_EQ(got(store_->load()).floor.size(), 400U);
}

}  // namespace
}  // namespace rapport::store

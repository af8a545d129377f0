#include "base/limits.hpp"
#include "store_fixture.hpp"

namespace rapport::store {
namespace {

using namespace records;

class Interactions : public EachStore {
 protected:
  static AppendEvent event(std::uint32_t number, std::string person = "c1") {
    return event_of("i1", number, std::move(person));
  }
  static AppendEvent event_of(std::string interaction, std::uint32_t number, std::string person = "c1") {
    return {std::move(interaction), std::move(person), number, {"{\"kind\":\"message\"}", "said " + std::to_string(number)}};
  }
};
RAPPORT_ON_EACH_STORE(Interactions);

TEST_P(Interactions, LiveAreReadWithHeadAndEvents) {
  auto row = make_row("i1");
  put({OpenInteraction{row, {"{}", "Ann calls"}}, event(1)});
  put({event(2, ""), event(3, "c2")});
  StoredInteraction const expected{row, {"{}", "Ann calls"}, {}, {event(1), event(2, ""), event(3, "c2")}};
  EXPECT_EQ(got(store_->interaction("i1")), expected);
  EXPECT_EQ(got(store_->load()).interactions, std::vector{expected});
  reopen();
  EXPECT_EQ(got(store_->interaction("i1")), expected);
  EXPECT_EQ(got(store_->load()).interactions, std::vector{expected});
  put({event(4)});
  EXPECT_EQ(got(store_->interaction("i1"))->tail.size(), 4U);
  EXPECT_FALSE(got(store_->interaction("i2")));
}

TEST_P(Interactions, HaveARowByItself) {
  auto row = make_row("i1");
  EXPECT_FALSE(got(store_->row("i1")));
  put({OpenInteraction{row, {"{}", "head"}}, event(1)});
  EXPECT_EQ(got(store_->row("i1")), row);
  auto const closing = make_closing(row);
  put({closing});
  EXPECT_EQ(got(store_->row("i1")), closing.row);
  EXPECT_EQ(got(store_->row("i1")), got(store_->interaction("i1"))->row);
  ASSERT_TRUE(store_->erase_person(row.customer));
  EXPECT_EQ(got(store_->row("i1")), closing.row);
  ASSERT_TRUE(store_->purge(row.brand, std::nullopt, base::Instant{closing.row.closed_at->since_epoch + 1}));
  EXPECT_FALSE(got(store_->row("i1")));
  EXPECT_EQ(store_->row(std::string_view{"i\0", 2}).error(), StoreError::malformed);
}

TEST_P(Interactions, WhatMustLastLastsWithoutTheChangesThatCannotBeKept) {
  close();
  std::vector<std::string> left_out;
  OpenOptions options;
  options.told_left_out = [&](LeftOut const& one) { left_out.push_back(one.change + ": " + std::string{name(one.why)}); };
  open(options);
  auto const row = make_row("i1");
  put({OpenInteraction{row, {}}, make_closing(row)});
  auto const closed = got(store_->interaction("i1"));
  auto large = make_closing(make_row("i2"));
  large.block.personal.assign(limits::content_bytes_max + 1, 'x');
  auto odd = make_row("i3");
  odd.disposition = std::string("a\0b", 3);
  std::vector<Change> const changes{AppendFloor{"before"}, OpenInteraction{row, {}}, event(1), large, OpenInteraction{make_row("i4"), {}}, UpdateInteraction{odd, {}}, AddCounters{"queue/b/q", {}, {1}}, AppendFloor{"behind"}, KeepAnswer{"user:x", "k", "h", 200, "{}", {1'000}}};
  auto const done = store_->commit({changes, {2'000}, true});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(), StoreError::conflict) << "the first reason";
  EXPECT_EQ(got(store_->load()).floor, (std::vector<std::string>{"before", "behind"}));
  EXPECT_EQ(got(store_->interaction("i1")), closed);
  EXPECT_FALSE(got(store_->interaction("i2")));
  EXPECT_TRUE(got(store_->interaction("i4")));
  EXPECT_EQ(got(store_->counters("queue/", {}, {10})).size(), 1U);
  EXPECT_FALSE(got(store_->answer("user:x", "k"))) << "it would say that all was done";
  EXPECT_EQ(left_out, (std::vector<std::string>{"OpenInteraction i1: conflict", "AppendEvent i1: not_found", "CloseInteraction i2: too_large", "UpdateInteraction i3: malformed"}));
  reopen();
  EXPECT_EQ(got(store_->load()).floor.size(), 2U);
  put({event_of("i4", 1)});
}

TEST_P(Interactions, RefuseWhatDoesNotFollow) {
  auto const row = make_row("i1");
  EXPECT_EQ(refusal({event(1)}), StoreError::not_found);
  EXPECT_EQ(refusal({UpdateInteraction{row, {}}}), StoreError::not_found);
  EXPECT_EQ(refusal({AmendInteraction{"i1", 1, {}, ""}}), StoreError::not_found);
  EXPECT_EQ(refusal({AddLedger{"i1", {}, true}}), StoreError::not_found);
  put({OpenInteraction{row, {}}});
  EXPECT_EQ(refusal({OpenInteraction{row, {}}}), StoreError::conflict);
  EXPECT_EQ(refusal({event(2)}), StoreError::conflict);
  EXPECT_EQ(refusal({event(1), event(3)}), StoreError::conflict);
  EXPECT_TRUE(got(store_->interaction("i1"))->tail.empty());
  EXPECT_EQ(refusal({AmendInteraction{"i1", 1, {}, ""}}), StoreError::not_found);
  put({event(1), make_closing(row)});
  EXPECT_EQ(refusal({event(2)}), StoreError::not_found);
  EXPECT_EQ(refusal({make_closing(row)}), StoreError::conflict);
  EXPECT_EQ(refusal({OpenInteraction{row, {}}}), StoreError::conflict);
  EXPECT_EQ(refusal({UpdateInteraction{row, {}}}), StoreError::not_found);
}

TEST_P(Interactions, ChangeTheirRowAndHeadWhileTheyLive) {
  auto row = make_row("i1");
  row.customer.clear();
  put({OpenInteraction{row, {"{}", "unknown"}}});
  row.queue = "service";
  row.agents = {"ann", "bob"};
  row.customer = "c1";
  put({UpdateInteraction{row, {"{}", "Ann"}}});
  auto const found = got(store_->interaction("i1"));
  EXPECT_EQ(found->row, row);
  EXPECT_EQ(found->head.personal, "Ann");
  InteractionQuery query;
  query.agent = "bob";
  EXPECT_EQ(got(store_->search(query)).rows.size(), 1U);
  auto other = row;
  other.brand = "globex";
  other.started_at = {77};
  put({UpdateInteraction{other, {}}});
  EXPECT_EQ(got(store_->interaction("i1"))->row, row) << "brand and start stand";
}

TEST_P(Interactions, CloseIntoABlock) {
  auto row = make_row("i1");
  put({OpenInteraction{row, {"{}", "head"}}, event(1), event(2)});
  row.closed_at = base::Instant{90'000};
  row.disposition = "sold";
  row.outcome = "won";
  row.agents = {"ann", "bob", "ann"};
  LedgerRecord const ledger{"e1", "standard", "m", {91'000}, 87'500, {"greet.name"}, "{\"verdicts\":[]}"};
  std::string const block(200'000, 'b');
  put({CloseInteraction{row, {"{}", block}, "hello", ledger}});
  row.score = 87'500;
  row.missed = {"greet.name"};
  for (int round = 0; round < 2; ++round) {
    auto const found = got(store_->interaction("i1"));
    EXPECT_EQ(found, (StoredInteraction{row, {}, Content{"{}", block}, {}}));
    EXPECT_EQ(got(store_->ledgers("i1")), std::vector{ledger});
    EXPECT_TRUE(got(store_->load()).interactions.empty());
    reopen();
  }
}

TEST_P(Interactions, MayBeImportedClosed) {
  put({make_closing(make_row("i1"), "imported words")});
  EXPECT_TRUE(got(store_->interaction("i1"))->block);
  auto unclosed = make_closing(make_row("i2"));
  unclosed.row.closed_at.reset();
  put({unclosed}, {5'000});
  EXPECT_EQ(got(store_->interaction("i2"))->row.closed_at, base::Instant{5'000}) << "the batch's time";
}

TEST_P(Interactions, AreAmendedAfterClosing) {
  put({make_closing(make_row("i1"), "hello there")});
  AmendInteraction const survey{"i1", 8, {"{}", "survey"}, "brilliant"};
  AmendInteraction const earlier{"i1", 7, {"{}", "late words"}, ""};
  put({survey});
  put({earlier});
  EXPECT_EQ(refusal({survey}), StoreError::conflict);
  auto const found = got(store_->interaction("i1"));
  ASSERT_EQ(found->tail.size(), 2U);
  EXPECT_EQ(found->tail[0], (AppendEvent{"i1", "c1", 7, {"{}", "late words"}}));
  EXPECT_EQ(found->tail[1].event.personal, "survey");
  InteractionQuery query;
  query.words = "BRILLIANT hello";
  EXPECT_EQ(got(store_->search(query)).rows.size(), 1U) << "words of block and tail together";
}

TEST_P(Interactions, KeepEveryLedger) {
  LedgerRecord const first{"e1", "p1", "", {1}, 500, {"a", "b"}, "{}"};
  auto closing = make_closing(make_row("i1"));
  closing.ledger = first;
  put({closing});
  LedgerRecord second = first;
  second.engine = "e2";
  second.score = 700;
  second.missed = {"b", "c"};
  LedgerRecord third = first;
  third.playbook = "p2";
  third.score.reset();
  EXPECT_EQ(refusal({AddLedger{"i1", first, true}}), StoreError::conflict);
  LedgerRecord later = first;
  later.events = 12;
  put({AddLedger{"i1", later, false}});
  EXPECT_EQ(refusal({AddLedger{"i1", later, false}}), StoreError::conflict) << "of as many events";
  put({AddLedger{"i1", second, true}, AddLedger{"i1", third, false}});
  EXPECT_EQ(got(store_->ledgers("i1")), (std::vector{second, third, later, first})) << "the current one, then the newest";
  EXPECT_EQ(got(store_->interaction("i1"))->row.score, 700);
  auto const missed = [&](std::string practice) {
    InteractionQuery query;
    query.missed = std::move(practice);
    return got(store_->search(query)).rows.size();
  };
  EXPECT_EQ(missed("a"), 0U);
  EXPECT_EQ(missed("c"), 1U);
  EXPECT_TRUE(got(store_->ledgers("i9")).empty());
}

TEST_P(Interactions, ThatCloseLeaveNothingForTheNextStart) {
  // Enough events that the writer sweeps those of closed interactions, with one that lives on.
  put({OpenInteraction{make_row("i1"), {}}, event(1)});
  constexpr int rounds = 13;
  constexpr std::uint32_t events = 5'000;
  for (int round = 0; round < rounds; ++round) {
    auto const row = make_row("x" + std::to_string(round), 2'000 + round);
    Batch batch{{OpenInteraction{row, {}}}, {1}, false};
    for (std::uint32_t number = 1; number <= events; ++number) batch.changes.emplace_back(AppendEvent{row.id, "", number, {"e", ""}});
    batch.changes.emplace_back(make_closing(row));
    ASSERT_TRUE(store_->commit(std::move(batch)));
  }
  for (std::uint32_t number = 2; number < 20; ++number) put({event(number)});
  EXPECT_EQ(got(store_->interaction("i1"))->tail.size(), 19U);
  auto const connection = place_->connect();
  auto const rows = connection->query("SELECT COUNT(*) FROM live_events", std::span<Value const>{});
  ASSERT_TRUE(rows->next());
  EXPECT_LT(rows->integer(0), rounds * std::int64_t{events});
  reopen();
  EXPECT_EQ(got(store_->load()).interactions.size(), 1U);
  EXPECT_EQ(got(store_->load()).interactions[0].tail.size(), 19U);
}

}  // namespace
}  // namespace rapport::store

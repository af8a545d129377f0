#include <rapidcheck.h>

#include "store_fixture.hpp"
#include "support/memory_store.hpp"

// Random batches against the same store in memory: outcomes and everything that can be read are equal.
namespace rapport::store {
namespace {

using namespace records;

std::string pick(char const* prefix, int count) { return prefix + std::to_string(*rc::gen::inRange(0, count)); }
bool sometimes(int one_in) { return *rc::gen::inRange(0, one_in) == 0; }

/// Few ids, so that changes meet; each interaction begins in a millisecond of its own, for order.
InteractionRow random_row() {
  int const number = *rc::gen::inRange(0, 6);
  InteractionRow row;
  row.id = "i" + std::to_string(number);
  row.brand = number % 2 == 0 ? "acme" : "globex";
  row.started_at = {1'000 + number};
  row.queue = pick("q", 2);
  row.agents = {pick("a", 3), pick("a", 3)};
  row.customer = sometimes(3) ? "" : pick("c", 2);
  row.missed = {pick("m", 3)};
  row.disposition = pick("d", 2);
  if (!sometimes(3)) row.score = *rc::gen::inRange(0, 100);
  return row;
}

Content random_content() { return {pick("skeleton", 3), sometimes(3) ? "" : pick("personal", 9)}; }
std::string random_words() { return pick("w", 4) + " " + pick("W", 4); }
LedgerRecord random_ledger() { return {pick("e", 3), "p", "", {1}, *rc::gen::inRange(0, 100), {pick("m", 3)}, pick("body", 5)}; }

Change random_change(test::MemoryStore& model) {
  switch (*rc::gen::inRange(0, 13)) {
    case 0:
    case 1: {
      PutDocument put{"k", pick("d", 4), pick("b", 2), sometimes(2) ? "" : pick("c", 2), pick("body", 9), {}, {pick("n", 4)}, {pick("l", 3)}};
      if (sometimes(2)) put.expected = *rc::gen::inRange(0, 3);
      return put;
    }
    case 2:
      return RemoveDocument{"k", pick("d", 4), {}};
    case 3:
    case 4:
      return OpenInteraction{random_row(), random_content()};
    case 5:
      return UpdateInteraction{random_row(), random_content()};
    case 6:
    case 7: {
      std::string const id = pick("i", 6);
      auto const stored = *model.interaction(id);
      auto const next = stored ? static_cast<std::uint32_t>(stored->tail.size()) + 1 : 1;
      return AppendEvent{id, sometimes(2) ? "" : pick("c", 2), sometimes(8) ? next + 1 : next, random_content()};
    }
    case 8: {
      CloseInteraction closing{random_row(), random_content(), random_words(), {}};
      closing.row.closed_at = base::Instant{2'000 + *rc::gen::inRange(0, 50)};
      if (sometimes(2)) closing.ledger = random_ledger();
      return closing;
    }
    case 9:
      return AmendInteraction{pick("i", 6), static_cast<std::uint32_t>(*rc::gen::inRange(1, 9)), random_content(), sometimes(2) ? "" : random_words()};
    case 10:
      return AddLedger{pick("i", 6), random_ledger(), sometimes(2)};
    case 11:
      return AddCounters{pick("key/", 3), {*rc::gen::inRange(0, 3)}, {*rc::gen::inRange(0, 9), *rc::gen::inRange(-5, 5)}, 1};
    default:
      return sometimes(3) ? Change{SaveFloor{pick("s", 9)}} : Change{AppendFloor{pick("f", 9)}};
  }
}

void expect_equal(Store& real, Store& model) {
  auto const live = *real.load();
  auto const expected = *model.load();
  RC_ASSERT(live.snapshot == expected.snapshot);
  RC_ASSERT(live.floor == expected.floor);
  RC_ASSERT(live.interactions == expected.interactions);
  for (int number = 0; number < 6; ++number) {
    std::string const id = "i" + std::to_string(number);
    RC_ASSERT(*real.interaction(id) == *model.interaction(id));
    RC_ASSERT(*real.ledgers(id) == *model.ledgers(id));
  }
  for (int number = 0; number < 4; ++number) {
    RC_ASSERT(*real.document("k", "d" + std::to_string(number)) == *model.document("k", "d" + std::to_string(number)));
    RC_ASSERT(*real.document_by_name("k", "b0", "n" + std::to_string(number)) == *model.document_by_name("k", "b0", "n" + std::to_string(number)));
    auto const found = *real.documents_by_lookup("k", "l" + std::to_string(number), "d0", 2);
    auto const wanted = *model.documents_by_lookup("k", "l" + std::to_string(number), "d0", 2);
    RC_ASSERT(found.documents == wanted.documents);
    RC_ASSERT(found.more == wanted.more);
  }
  auto const counters = *real.counters("key/", {0}, {2});
  auto const expected_counters = *model.counters("key/", {0}, {2});
  RC_ASSERT(counters.size() == expected_counters.size());
  for (std::size_t at = 0; at < counters.size(); ++at) RC_ASSERT(counters[at].values == expected_counters[at].values);
}

void expect_equal_searches(Store& real, Store& model) {
  for (int round = 0; round < 5; ++round) {
    InteractionQuery query;
    if (sometimes(3)) query.brands = {pick("acme", 1).substr(0, 4)};
    if (sometimes(3)) query.customer = pick("c", 2);
    if (sometimes(3)) query.agent = pick("a", 3);
    if (sometimes(3)) query.queue = pick("q", 2);
    if (sometimes(3)) query.missed = pick("m", 3);
    if (sometimes(3)) query.disposition = pick("d", 2);
    if (sometimes(3)) query.live = sometimes(2);
    if (sometimes(3)) query.score_below = 50;
    if (sometimes(3)) query.from = base::Instant{1'002};
    if (sometimes(3)) query.words = random_words();
    if (sometimes(2)) query.limit = 2;
    auto const page = *real.search(query);
    auto const expected = *model.search(query);
    RC_ASSERT(page.rows == expected.rows);
    RC_ASSERT(page.more == expected.more);
  }
}

class Model : public EachStore {};
RAPPORT_ON_EACH_STORE(Model);

TEST_P(Model, RandomBatchesGoAsInMemory) {
  // Each case opens a store of its own, which takes PostgreSQL a while.
  int cases_left = GetParam() == Kind::sqlite ? 40 : 6;
  auto const property = [&] {
    if (--cases_left < 0) return;
    Place const here{GetParam()};
    test::MemoryStore model;
    auto opened = store::open(here.where(), master_key());
    RC_ASSERT(static_cast<bool>(opened));
    auto real = *std::move(opened);
    for (int round = *rc::gen::inRange(1, 40); round > 0; --round) {
      Batch batch{{}, {100 + round}, false};
      for (int changes = *rc::gen::inRange(1, 4); changes > 0; --changes) batch.changes.push_back(random_change(model));
      auto const expected = model.commit(batch);
      auto const done = real->commit(batch);
      RC_ASSERT(static_cast<bool>(done) == static_cast<bool>(expected));
      if (!done) {
        RC_ASSERT(done.error() == expected.error());
      }
      if (sometimes(12)) {
        std::string const person = pick("c", 2);
        RC_ASSERT(static_cast<bool>(model.erase_person(person)) && static_cast<bool>(real->erase_person(person)));
      }
      if (sometimes(12)) RC_ASSERT(*model.purge("acme", {}, {2'025}) == *real->purge("acme", {}, {2'025}));
      if (sometimes(12)) {
        real.reset();
        auto again = store::open(here.where(), master_key());
        RC_ASSERT(static_cast<bool>(again));
        real = *std::move(again);
      }
    }
    expect_equal(*real, model);
    expect_equal_searches(*real, model);
  };
  EXPECT_TRUE(rc::check(property));
}

}  // namespace
}  // namespace rapport::store

#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "store_fixture.hpp"
#include "support/eventually.hpp"

namespace rapport::store {
namespace {

using namespace records;
using test::eventually;
using namespace std::chrono_literals;

class Faults : public EachStore {};
RAPPORT_ON_EACH_STORE(Faults);

/// Writes batch after batch, each of a floor event and a counter, telling the pipe what is durable.
[[noreturn]] void write_until_killed(std::string const& where, int pipe) {
  auto opened = store::open(where, master_key());
  if (!opened) _exit(1);
  for (std::int32_t number = 1;; ++number) {
    Batch batch{{AppendFloor{std::to_string(number)}, AddCounters{"n", {1}, {1}}, PutDocument{"d", std::to_string(number), "", "p", "{}", 0, {}, {}}}, {1}, true};
    bool const taken = (*opened)->submit(std::move(batch), [pipe, number](Stored<Nothing> const& result) {
      if (!result || ::write(pipe, &number, sizeof number) != sizeof number) _exit(1);
    });
    if (!taken) std::this_thread::sleep_for(1ms);
    if (!taken) --number;
  }
}

TEST_P(Faults, AKilledServerHasLostNothingAcknowledged) {
  close();
  std::int32_t acknowledged = 0;
  for (int round = 0; round < 4; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    place_ = std::make_unique<Place>(GetParam());
    pid_t const child = ::fork();
    if (child == 0) write_until_killed(place_->where(), ends[1]);
    ::close(ends[1]);
    // After so many batches it may be anywhere in its work.
    std::int32_t const enough = 50 + 333 * round;
    while (acknowledged < enough) ASSERT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged), static_cast<ssize_t>(sizeof acknowledged));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &acknowledged, sizeof acknowledged) == static_cast<ssize_t>(sizeof acknowledged)) {
    }
    ::close(ends[0]);
    open();
    auto const floor = got(store_->load()).floor;
    ASSERT_GE(floor.size(), static_cast<std::size_t>(acknowledged));
    for (std::size_t at = 0; at < floor.size(); ++at) ASSERT_EQ(floor[at], std::to_string(at + 1)) << "in order, each once";
    EXPECT_EQ(got(store_->counters("n", {0}, {9})).at(0).values.at(0), static_cast<std::int64_t>(floor.size())) << "batches are whole";
    EXPECT_TRUE(got(store_->document("d", std::to_string(floor.size()))));
    EXPECT_FALSE(got(store_->document("d", std::to_string(floor.size() + 1))));
    close();
    acknowledged = 0;
  }
}

TEST_P(Faults, AnotherMasterKeyIsRefused) {
  put({AppendFloor{"x"}});
  close();
  auto const other = store::open(place_->where(), master_key(8));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().error, StoreError::broken);
  EXPECT_NE(other.error().message.find("master key"), std::string::npos);
  open();
}

TEST_P(Faults, ASecondServerIsRefused) {
  auto const second = store::open(place_->where(), master_key());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().error, StoreError::unavailable);
  EXPECT_NE(second.error().message.find("another server"), std::string::npos);
  put({AppendFloor{"x"}});
  reopen();
}

TEST_P(Faults, ADamagedBlockBreaksItsInteractionOnly) {
  auto const first = make_closing(make_row("i1"), "word");
  auto const second = make_closing(make_row("i2"), "word");
  put({first, second});
  {
    auto const connection = place_->connect();
    auto const numbers = connection->query("SELECT number FROM interactions WHERE id = 'i1'", std::span<Value const>{});
    ASSERT_TRUE(numbers->next());
    std::int64_t const number = numbers->integer(0);
    auto const blocks = connection->query("SELECT personal FROM blocks WHERE interaction = $1", {number});
    ASSERT_TRUE(blocks->next());
    std::string damaged{blocks->text(0)};
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    connection->change("UPDATE blocks SET personal = $1 WHERE interaction = $2", {Value::bytes(damaged), number});
  }
  EXPECT_EQ(store_->interaction("i1").error(), StoreError::broken);
  EXPECT_TRUE(got(store_->interaction("i2"))->block);
  EXPECT_EQ(got(store_->search({})).rows.size(), 2U);
  put({AppendFloor{"goes on"}});
}

TEST_P(Faults, ABlockMovedToAnotherRowDoesNotOpen) {
  put({make_closing(make_row("i1")), make_closing(make_row("i2"))});
  {
    auto const connection = place_->connect();
    connection->change(
        "UPDATE blocks SET personal = (SELECT b.personal FROM blocks b WHERE b.interaction <> blocks.interaction)"
        " WHERE interaction = (SELECT number FROM interactions WHERE id = 'i1')",
        std::span<Value const>{});
  }
  EXPECT_EQ(store_->interaction("i1").error(), StoreError::broken);
}

TEST(FullDisk, RefusesAndResumesByItself) {
  TemporaryFolder const folder;
  std::atomic<int> troubles = 0, recoveries = 0;
  OpenOptions options;
  options.told = [&](std::string const& trouble) { ++(trouble.empty() ? recoveries : troubles); };
  options.pages_max = 400;
  auto opened = store::open(folder.path(), master_key(), options);
  ASSERT_TRUE(opened) << opened.error().message;
  auto& store = **opened;
  std::string noise(20'000, '\0');
  std::uint64_t state = 1;
  for (char& byte : noise) byte = static_cast<char>((state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 56U);
  ASSERT_TRUE(store.commit({{PutDocument{"d", "first", "", "", "{}", {}, {}, {}}}, {1}, false}));
  int written = 0;
  while (store.commit({{PutBlob{"b" + std::to_string(written), "i", "", "", "", noise}}, {1}, false})) ASSERT_LT(++written, 1'000);
  EXPECT_GE(troubles, 1);
  // It still reads, keeps what must last and refuses the rest.
  EXPECT_TRUE(got(store.document("d", "first")));
  std::atomic<int> durable = 0;
  for (int number = 0; number < 3; ++number) {
    ASSERT_TRUE(store.submit({{PutBlob{"kept" + std::to_string(number), "i", "", "", "", noise}}, {1}, true}, [&](Stored<Nothing> const& result) { durable += result ? 1 : 100; }));
  }
  ASSERT_TRUE(eventually([&] { return !store.available(); }));
  EXPECT_EQ(store.commit({{PutBlob{"refused", "i", "", "", "", noise}}, {1}, false}).error(), StoreError::unavailable);
  EXPECT_EQ(durable, 0);
  // Room is made from beside.
  {
    auto const connection = database_at(folder.path())->connect_reader();
    connection->script("PRAGMA query_only = OFF; DELETE FROM blobs WHERE id IN (SELECT id FROM blobs ORDER BY id LIMIT 20)");
  }
  ASSERT_TRUE(eventually([&] { return durable == 3 && store.available(); }));
  EXPECT_GE(recoveries, 1);
  EXPECT_TRUE(got(store.blob("kept2")));
  EXPECT_FALSE(got(store.blob("refused")));
  EXPECT_TRUE(store.commit({{AppendFloor{"x"}}, {1}, false}));
}

TEST(PostgresGone, KeepsWhatMustLastAndResumesByItself) {
  if (!test::PostgresCluster::installed()) GTEST_SKIP() << "PostgreSQL 15 is not installed (package postgresql-15): its store is not tested";
  test::PostgresCluster own;
  auto opened = store::open(own.make_database(), master_key());
  ASSERT_TRUE(opened) << opened.error().message;
  auto& store = **opened;
  std::atomic<int> durable = 0, refused = 0;
  int submitted = 0;
  auto const submit = [&](int count) {
    for (int number = 0; number < count; ++number) {
      Batch batch{{AppendFloor{std::to_string(++submitted)}, AddCounters{"n", {1}, {1}}}, {1}, true};
      ASSERT_TRUE(store.submit(std::move(batch), [&](Stored<Nothing> const& result) { ++(result ? durable : refused); }));
    }
  };
  for (int round = 0; round < 2; ++round) {
    submit(300);
    own.stop();
    submit(20);
    ASSERT_TRUE(eventually([&] { return !store.available(); }));
    EXPECT_EQ(store.commit({{AppendFloor{"not kept"}}, {1}, false}).error(), StoreError::unavailable);
    EXPECT_EQ(store.document("a", "b").error(), StoreError::unavailable);
    EXPECT_EQ(store.erase_person("p").error(), StoreError::unavailable);
    own.start();
    ASSERT_TRUE(eventually([&] { return durable == submitted && store.available(); }));
  }
  EXPECT_EQ(refused, 0);
  auto const floor = got(store.load()).floor;
  ASSERT_EQ(floor.size(), static_cast<std::size_t>(submitted));
  for (std::size_t at = 0; at < floor.size(); ++at) EXPECT_EQ(floor[at], std::to_string(at + 1)) << "in order, each once";
  EXPECT_EQ(got(store.counters("n", {0}, {9})).at(0).values.at(0), submitted);
}

TEST(PostgresGone, AServerThatLostItsLockToAnotherStopsForGood) {
  if (!test::PostgresCluster::installed()) GTEST_SKIP() << "PostgreSQL 15 is not installed (package postgresql-15): its store is not tested";
  std::string const where = cluster().make_database();
  auto first = store::open(where, master_key());
  ASSERT_TRUE(first);
  ASSERT_TRUE((*first)->commit({{AppendFloor{"1"}}, {1}, true}));
  // Its session is ended; before it notices, another server opens the database.
  cluster().sql(where, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
  auto second = store::open(where, master_key());
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ((*first)->commit({{AppendFloor{"2"}}, {1}, true}).error(), StoreError::unavailable);
  EXPECT_FALSE((*first)->available());
  second = base::Result<std::unique_ptr<Store>, OpenFailure>{std::unique_ptr<Store>{}};
  EXPECT_EQ((*first)->commit({{AppendFloor{"3"}}, {1}, true}).error(), StoreError::unavailable) << "for good";
  EXPECT_EQ(got((*first)->load()).floor, std::vector<std::string>{"1"});
}

}  // namespace
}  // namespace rapport::store

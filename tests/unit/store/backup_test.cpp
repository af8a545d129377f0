#include "store/backup.hpp"
#include "store/backup_format.hpp"

#include <sstream>
#include <thread>

#include "store_fixture.hpp"

namespace rapport::store {
namespace {

using namespace records;

/// Something in every table.
std::vector<Change> everything() {
  auto closed = make_closing(make_row("closed"), "the red parcel");
  closed.ledger = LedgerRecord{"e", "p", "m", {1}, {}, {"greet"}, "{}"};
  PutDocument customer{"customer", "c1", "acme", "c1", "{\"name\":\"Ann\"}", {}, {"ann"}, {"tel:1"}};
  return {customer, closed, AmendInteraction{"closed", 5, {"{}", "late"}, "bicycle"}, OpenInteraction{make_row("live", 2'000), {"{}", "head"}},
          AppendEvent{"live", "c1", 1, {"{}", "said"}}, AppendFloor{"f1"}, SaveFloor{"snapshot"}, AppendFloor{"f2"}, AddCounters{"k", {1}, {3}},
          AuditEntry{{1}, "w", "a", "s", "b", "", ""}, KeepAnswer{"p", "k", "h", 200, "body", {1}}, PutBlob{"b1", "closed", "c1", "name", "t", "bytes"}};
}

class Backup : public EachStore {
 protected:
  void expect_everything() {
    EXPECT_EQ(got(store_->document_by_name("customer", "acme", "ann"))->body, "{\"name\":\"Ann\"}");
    EXPECT_EQ(got(store_->documents_by_lookup("customer", "tel:1", {}, 50)).documents.size(), 1U);
    EXPECT_EQ(got(store_->interaction("closed"))->tail.at(0).event.personal, "late");
    EXPECT_EQ(got(store_->ledgers("closed")).size(), 1U);
    auto const state = got(store_->load());
    EXPECT_EQ(state.snapshot, "snapshot");
    EXPECT_EQ(state.floor, std::vector<std::string>{"f2"});
    ASSERT_EQ(state.interactions.size(), 1U);
    EXPECT_EQ(state.interactions[0].head.personal, "head");
    EXPECT_EQ(state.interactions[0].tail.at(0).event.personal, "said");
    EXPECT_EQ(got(store_->counters("k", {0}, {9})).at(0).values, std::vector<std::int64_t>{3});
    EXPECT_EQ(got(store_->audit({})).size(), 1U);
    EXPECT_EQ(got(store_->answer("p", "k"))->body, "body");
    EXPECT_EQ(got(store_->blob("b1"))->bytes, "bytes");
    InteractionQuery query;
    query.words = "bicycle parcel";
    query.agent = "ann";
    query.missed = "greet";
    EXPECT_EQ(got(store_->search(query)).rows.size(), 1U);
  }
};
RAPPORT_ON_EACH_STORE(Backup);

TEST_P(Backup, RestoresIntoEitherDatabase) {
  put(everything());
  std::stringstream backup;
  auto const written = back_up(place_->where(), backup);
  ASSERT_TRUE(written) << written.error().message;
  put({AppendFloor{"after the backup"}});
  for (Kind const kind : {Kind::sqlite, Kind::postgres}) {
    if (kind == Kind::postgres && !test::PostgresCluster::installed()) continue;
    close();
    place_ = std::make_unique<Place>(kind);
    std::stringstream copy{backup.str()};
    auto const restored = restore(copy, place_->where());
    ASSERT_TRUE(restored) << restored.error().message;
    EXPECT_EQ((*restored).rows, (*written).rows);
    open();
    expect_everything();
    put({AppendEvent{"live", "c1", 2, {}}, AuditEntry{{2}, "w", "a", "s", "b", "", ""}, AppendFloor{"f3"}});
    std::stringstream again{backup.str()};
    close();
    EXPECT_FALSE(restore(again, place_->where())) << "there is something already";
  }
}

TEST_P(Backup, IsOfOneMomentWhileTheServerWrites) {
  std::atomic<bool> stop = false;
  std::thread writing{[&] {
    for (std::int64_t number = 1; !stop; ++number) {
      // In every state of the store both say the same.
      PutDocument const document{"user", "u", "", "", std::to_string(number), {}, {}, {}};
      if (!store_->commit({{document, AddCounters{"n", {1}, {1}}}, {1}, false})) return;
    }
  }};
  std::vector<std::string> backups;
  for (int round = 0; round < 5; ++round) {
    std::stringstream backup;
    EXPECT_TRUE(back_up(place_->where(), backup));
    backups.push_back(backup.str());
  }
  stop = true;
  writing.join();
  for (std::string const& bytes : backups) {
    TemporaryFolder const folder;
    std::stringstream backup{bytes};
    auto const restored = restore(backup, folder.path());
    ASSERT_TRUE(restored) << restored.error().message;
    auto opened = store::open(folder.path(), master_key());
    ASSERT_TRUE(opened);
    auto const document = got((*opened)->document("user", "u"));
    auto const counters = got((*opened)->counters("n", {0}, {9}));
    ASSERT_EQ(document.has_value(), !counters.empty());
    if (document) {
      EXPECT_EQ(document->body, std::to_string(counters[0].values[0]));
    }
  }
}

TEST(BackupFormat, OfAnOlderSchemaIsRestored) {
  std::stringstream bytes;
  {
    BackupWriter writer{bytes, 1};  // ledgers did not say how many events they judged
    writer.table("ledgers", 9);
    writer.row();
    for (std::int64_t const number : {1, 1}) writer.integer(number);
    for (char const* const text : {"engine", "playbook", "models"}) writer.text('t', text);
    writer.integer(5);
    writer.null();
    for (int column = 0; column < 2; ++column) writer.text('b', "");
    writer.finish();
  }
  TemporaryFolder const folder;
  auto const restored = restore(bytes, folder.path());
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ((*restored).rows, 1U);
  ASSERT_TRUE(store::open(folder.path(), master_key())) << "brought up to date";
  auto const database = database_at(folder.path());
  auto const connection = database->connect_reader();
  auto const rows = connection->query("SELECT engine, events FROM ledgers WHERE interaction = $1", {std::int64_t{1}});
  ASSERT_TRUE(rows->next());
  EXPECT_EQ(rows->text(0), "engine");
  EXPECT_EQ(rows->integer(1), 0);
}

TEST(BackupFormat, RefusesWhatIsDamaged) {
  TemporaryFolder const folder;
  std::string bytes;
  {
    auto opened = store::open(folder.path(), master_key());
    ASSERT_TRUE(opened);
    ASSERT_TRUE((*opened)->commit({everything(), {1}, false}));
    std::stringstream backup;
    ASSERT_TRUE(back_up(folder.path(), backup));
    bytes = backup.str();
  }
  auto const refused = [](std::string const& damaged) {
    TemporaryFolder const target;
    std::stringstream from{damaged};
    bool const result = !restore(from, target.path());
    EXPECT_FALSE(std::filesystem::exists(target.path() + "/rapport.db")) << "written before it was checked";
    return result;
  };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("something else"));
  EXPECT_TRUE(refused(bytes + "x"));
  for (std::size_t length = 0; length < bytes.size(); length += 1 + bytes.size() / 40) EXPECT_TRUE(refused(bytes.substr(0, length))) << length;
  for (std::size_t at = 0; at < bytes.size(); at += 1 + bytes.size() / 60) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_TRUE(refused(damaged)) << at;
  }
}

}  // namespace
}  // namespace rapport::store

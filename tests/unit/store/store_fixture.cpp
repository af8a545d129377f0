#include "store_fixture.hpp"

#include <csignal>

#include "store/database.hpp"

namespace rapport::store {

test::PostgresCluster& cluster() {
  // Ends with the process's static objects, also when a test failed.
  static test::PostgresCluster started;
  return started;
}

Key master_key(unsigned char byte) {
  Key key;
  key.fill(byte);
  return key;
}

TemporaryFolder::TemporaryFolder() : path_("/tmp/rapport-store-XXXXXX") { RAPPORT_ASSERT(::mkdtemp(path_.data()) != nullptr); }
TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

Place::Place(Kind kind) : kind_(kind) {
  if (kind == Kind::sqlite) {
    folder_ = std::make_unique<TemporaryFolder>();
    where_ = folder_->path();
  } else {
    where_ = cluster().make_database();
  }
}

std::unique_ptr<Connection> Place::connect() const {
  auto connection = database_at(where_)->connect_reader();
  connection->script(kind_ == Kind::sqlite ? "PRAGMA query_only = OFF" : "SET default_transaction_read_only = off");
  return connection;
}

void EachStore::SetUp() {
  if (GetParam() == Kind::postgres && !test::PostgresCluster::installed())
    GTEST_SKIP() << "PostgreSQL 15 is not installed (package postgresql-15): its store is not tested";
  place_ = std::make_unique<Place>(GetParam());
  open();
}

void EachStore::open(OpenOptions const& options) {
  auto opened = store::open(place_->where(), master_key(), options);
  ASSERT_TRUE(opened) << opened.error().message;
  store_ = *std::move(opened);
}

records::Stored<records::Nothing> EachStore::commit(std::vector<records::Change> changes, base::Instant at) {
  return store_->commit({std::move(changes), at, false});
}

void EachStore::put(std::vector<records::Change> changes, base::Instant at) {
  auto const done = commit(std::move(changes), at);
  ASSERT_TRUE(done) << records::name(done.error());
}

records::StoreError EachStore::refusal(std::vector<records::Change> changes) {
  auto const done = commit(std::move(changes));
  EXPECT_FALSE(done) << "was not refused";
  return done ? records::StoreError::broken : done.error();
}

records::InteractionRow make_row(std::string id, base::Millis started_at) {
  records::InteractionRow row;
  row.id = std::move(id);
  row.brand = "acme";
  row.queue = "sales";
  row.agents = {"ann"};
  row.customer = "c1";
  row.started_at = {started_at};
  return row;
}

records::CloseInteraction make_closing(records::InteractionRow row, std::string words) {
  if (!row.closed_at) row.closed_at = row.started_at + base::minute;
  return {std::move(row), {"{\"events\":[]}", "{\"words\":\"hello\"}"}, std::move(words), {}};
}

}  // namespace rapport::store

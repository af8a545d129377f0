#include "store/postgres_database.hpp"

#include <chrono>
#include <thread>

#include "store/postgres_connection.hpp"

namespace rapport::store {
namespace {

/// Any number, the same in every release: "rapport" on a telephone's keys.
constexpr std::string_view take_lock = "SELECT CASE WHEN pg_try_advisory_lock(7277678) THEN 1 ELSE 0 END";
constexpr int lock_attempts = 20;
constexpr std::chrono::milliseconds lock_pause{100};

class PostgresDatabase final : public Database {
 public:
  explicit PostgresDatabase(std::string url) : url_(std::move(url)) {}

  Dialect dialect() const override { return Dialect::postgres; }
  std::unique_ptr<Connection> connect_writer() override {
    auto connection = std::make_unique<PostgresConnection>(url_);
    // The session of a server that was killed may take a moment to end.
    for (int attempt = 0; !locked(*connection); ++attempt) {
      if (attempt == lock_attempts) throw Fenced("the database is in use by another server (its advisory lock is taken)");
      std::this_thread::sleep_for(lock_pause);
    }
    // Acknowledged means durable, whatever the cluster's default is.
    connection->script("SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'");
    return connection;
  }
  std::unique_ptr<Connection> connect_reader() override {
    auto connection = std::make_unique<PostgresConnection>(url_);
    connection->script("SET default_transaction_read_only = on");
    return connection;
  }
  void scrub(Connection& writer) override {
    // Rows that were deleted stay in the files until they are vacuumed; FULL writes the table anew.
    writer.script("VACUUM FULL person_keys");
  }

 private:
  static bool locked(Connection& connection) {
    auto const rows = connection.query(take_lock, std::span<Value const>{});
    return rows->next() && rows->integer(0) == 1;
  }

  std::string url_;
};

}  // namespace

std::unique_ptr<Database> postgres_database(std::string url) { return std::make_unique<PostgresDatabase>(std::move(url)); }

}  // namespace rapport::store

#include "store/sqlite_database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <unordered_map>

#include <fmt/format.h>

#include "base/assert.hpp"
#include "store/sqlite_checkpointer.hpp"

namespace rapport::store {
namespace {

namespace fs = std::filesystem;

constexpr int busy_ms = 10'000;
constexpr std::size_t parameters_max = 128;

struct CloseDatabase {
  void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
};
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;

struct FinishStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

/// Of a statement's text, so that finding it makes no copy of it.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

/// A prepared statement and where each numbered parameter stands in it.
struct Statement {
  std::unique_ptr<sqlite3_stmt, FinishStatement> handle;
  std::array<int, parameters_max> places{};
};

[[noreturn]] void fail(sqlite3* handle, int code, std::string_view doing) {
  auto const text = fmt::format("SQLite: {} ({}) at: {}", sqlite3_errmsg(handle), sqlite3_extended_errcode(handle), doing.substr(0, 80));
  switch (code & 0xFF) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
      throw Failure(records::StoreError::unavailable, text);
    default:
      throw Failure(records::StoreError::broken, text);
  }
}

/// Steps through the rows of a statement, which is reset at the end.
class SqliteRows final : public Rows {
 public:
  SqliteRows(sqlite3* handle, sqlite3_stmt* statement) : handle_(handle), statement_(statement) {}
  ~SqliteRows() override { sqlite3_reset(statement_); }
  SqliteRows(SqliteRows const&) = delete;
  SqliteRows& operator=(SqliteRows const&) = delete;

  bool next() override {
    int const code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(handle_, code, sqlite3_sql(statement_));
    return false;
  }
  bool null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const override {
    auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr ? std::string_view{} : std::string_view{bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3* handle_;
  sqlite3_stmt* statement_;
};

class SqliteConnection final : public Connection {
 public:
  using Connection::change;
  using Connection::post;
  using Connection::query;

  SqliteConnection(fs::path const& file, bool writes, std::int64_t pages_max) {
    sqlite3* opened = nullptr;
    int const flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0);
    int const code = sqlite3_open_v2(file.c_str(), &opened, flags, nullptr);
    handle_.reset(opened);
    if (code != SQLITE_OK) fail(opened, code, "open " + file.string());
    sqlite3_extended_result_codes(opened, 1);
    sqlite3_busy_timeout(opened, busy_ms);
    // No mapped file: SQLite unmaps it whenever somebody has written since the last look, which is always.
    script("PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
    if (!writes) {
      script("PRAGMA query_only = ON");
      return;
    }
    script(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;"
        "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -64000; PRAGMA journal_size_limit = 67108864");
    if (pages_max > 0) script(fmt::format("PRAGMA max_page_count = {}", pages_max));
    checkpointer_ = std::make_unique<SqliteCheckpointer>(opened, file);
  }

  void script(std::string const& sql) override {
    int const code = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
  }
  void post(std::string_view sql, std::span<Value const> values) override { change(sql, values); }
  std::int64_t change(std::string_view sql, std::span<Value const> values) override {
    SqliteRows rows{handle_.get(), bind(sql, values)};
    while (rows.next()) {
    }
    return sqlite3_changes64(handle_.get());
  }
  std::unique_ptr<Rows> query(std::string_view sql, std::span<Value const> values) override {
    return std::make_unique<SqliteRows>(handle_.get(), bind(sql, values));
  }
  std::unique_ptr<Rows> stream(std::string const& sql) override { return query(sql, std::span<Value const>{}); }
  void commit() override { post("COMMIT", std::span<Value const>{}); }
  void roll_back() noexcept override {
    // A failed statement may have rolled back already: then there is nothing to end.
    if (sqlite3_get_autocommit(handle_.get()) == 0) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  bool lost() const override { return false; }

 protected:
  std::string reading_transaction() const override { return "BEGIN"; }

 private:
  sqlite3_stmt* bind(std::string_view sql, std::span<Value const> values) {
    Statement& statement = prepared(sql);
    sqlite3_stmt* const handle = statement.handle.get();
    sqlite3_reset(handle);
    RAPPORT_ASSERT(values.size() < parameters_max);
    for (std::size_t at = 0; at < values.size(); ++at) {
      int const place = statement.places[at + 1];
      if (place == 0) continue;
      if (int const code = bind_one(handle, place, values[at]); code != SQLITE_OK) fail(handle_.get(), code, sql);
    }
    return handle;
  }
  static int bind_one(sqlite3_stmt* handle, int place, Value const& value) {
    std::string_view const text = value.text();
    // A null pointer would bind NULL where an empty text is meant.
    char const* const data = text.data() == nullptr ? "" : text.data();
    switch (value.kind()) {
      case Value::Kind::null:
        return sqlite3_bind_null(handle, place);
      case Value::Kind::integer:
        return sqlite3_bind_int64(handle, place, value.integer());
      case Value::Kind::text:
        return sqlite3_bind_text64(handle, place, data, text.size(), nullptr, SQLITE_UTF8);
      case Value::Kind::bytes:
        return sqlite3_bind_blob64(handle, place, data, text.size(), nullptr);
    }
    return SQLITE_MISUSE;
  }
  Statement& prepared(std::string_view sql) {
    if (auto const at = statements_.find(sql); at != statements_.end()) return at->second;
    sqlite3_stmt* made = nullptr;
    int const code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    Statement statement{std::unique_ptr<sqlite3_stmt, FinishStatement>{made}, {}};
    if (code != SQLITE_OK) fail(handle_.get(), code, sql);
    for (std::size_t number = 1; number < parameters_max; ++number) {
      statement.places[number] = sqlite3_bind_parameter_index(made, fmt::format("${}", number).c_str());
    }
    return statements_.emplace(sql, std::move(statement)).first->second;
  }

  Handle handle_;
  std::unordered_map<std::string, Statement, TextHash, std::equal_to<>> statements_;  // destroyed before the handle
  std::unique_ptr<SqliteCheckpointer> checkpointer_;       // of the connection that writes
};

/// An advisory lock on a file: the system gives it up with the process, however that ends.
class FolderLock {
 public:
  explicit FolderLock(fs::path const& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) throw Failure(records::StoreError::unavailable, fmt::format("cannot write in the data folder: {}", file.string()));
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      ::close(descriptor_);
      throw Fenced(fmt::format("the data folder is in use by another server ({} is locked)", file.string()));
    }
  }
  ~FolderLock() { ::close(descriptor_); }
  FolderLock(FolderLock const&) = delete;
  FolderLock& operator=(FolderLock const&) = delete;

 private:
  int descriptor_;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(fs::path folder, std::int64_t pages_max) : folder_(std::move(folder)), pages_max_(pages_max) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  std::unique_ptr<Connection> connect_writer() override {
    std::error_code ignored;
    fs::create_directories(folder_, ignored);  // an error shows at the lock
    if (!lock_) {
      fs::permissions(folder_, fs::perms::owner_all, ignored);
      lock_ = std::make_unique<FolderLock>(folder_ / "rapport.lock");
    }
    return std::make_unique<SqliteConnection>(file(), true, pages_max_);
  }
  std::unique_ptr<Connection> connect_reader() override {
    if (!fs::exists(file())) throw Failure(records::StoreError::unavailable, fmt::format("there is no {}", file().string()));
    return std::make_unique<SqliteConnection>(file(), false, 0);
  }
  void scrub(Connection& writer) override {
    // Pages are overwritten (secure_delete), but older copies of them stand in the log until it is reset.
    auto const rows = writer.query("PRAGMA wal_checkpoint(TRUNCATE)", std::span<Value const>{});
    rows->next();
  }

 private:
  fs::path file() const { return folder_ / "rapport.db"; }

  fs::path folder_;
  std::int64_t pages_max_;
  std::unique_ptr<FolderLock> lock_;
};

}  // namespace

std::unique_ptr<Database> sqlite_database(fs::path const& folder, std::int64_t pages_max) {
  return std::make_unique<SqliteDatabase>(folder, pages_max);
}

}  // namespace rapport::store

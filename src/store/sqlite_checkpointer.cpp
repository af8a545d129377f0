#include "store/sqlite_checkpointer.hpp"

namespace rapport::store {
namespace {

// Of 4 KiB. Short enough that reading the log stays quick, long enough that a page which changes again
// and again is copied once.
constexpr int log_pages = 4'000;
constexpr int log_pages_long = 10 * log_pages;

/// As much as can be copied while others read and write; false: not all of it.
bool copy(sqlite3* handle) {
  int in_log = 0;
  int copied = 0;
  int const code = sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied);
  return code == SQLITE_OK && copied == in_log;
}

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(sqlite3* writer, std::filesystem::path const& file) : writer_(writer) {
  sqlite3* opened = nullptr;
  int const code = sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, nullptr);
  own_.reset(opened);
  // Until it has read once it does not know that there is a log.
  if (code != SQLITE_OK || sqlite3_exec(opened, "SELECT 1 FROM sqlite_schema LIMIT 1", nullptr, nullptr, nullptr) != SQLITE_OK) own_.reset();
  sqlite3_wal_hook(writer_, committed, this);  // in the place of wal_autocheckpoint
  if (own_) thread_ = std::thread{[this] { work(); }};
}

SqliteCheckpointer::~SqliteCheckpointer() {
  sqlite3_wal_hook(writer_, nullptr, nullptr);
  if (!thread_.joinable()) return;
  {
    std::lock_guard const lock{mutex_};
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

/// On the writer's thread, after each commit.
int SqliteCheckpointer::committed(void* self, sqlite3* writer, char const*, int pages) {
  auto& that = *static_cast<SqliteCheckpointer*>(self);
  if (that.state_ == State::copied || pages >= log_pages_long) {
    copy(writer);
    if (that.state_ == State::copied) that.state_ = State::idle;
  } else if (pages >= log_pages && that.own_ && that.state_ == State::idle) {
    that.ask();
  }
  return SQLITE_OK;
}

void SqliteCheckpointer::ask() {
  {
    std::lock_guard const lock{mutex_};
    state_ = State::asked;
  }
  changed_.notify_all();
}

void SqliteCheckpointer::work() {
  for (;;) {
    {
      std::unique_lock lock{mutex_};
      changed_.wait(lock, [this] { return closing_ || state_ == State::asked; });
      if (closing_) return;
    }
    copy(own_.get());
    state_ = State::copied;
  }
}

}  // namespace rapport::store

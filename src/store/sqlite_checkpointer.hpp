#pragma once

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <thread>

namespace rapport::store {

/// Copies SQLite's log into its file beside the writer: the writer, whose commits people wait for, then
/// copies only what was written meanwhile, and the log begins anew. (A checkpoint needs no commit to
/// stand still, but the log begins anew only when nothing in it is left to copy:
/// https://www.sqlite.org/wal.html#ckpt.) If this cannot, as when the disk is full, the writer copies all
/// once the log is long; if that cannot either, the log grows and nothing is lost.
class SqliteCheckpointer {
 public:
  /// Watches the commits of `writer`, which outlives this, and has a connection to `file` of its own.
  /// Without that the writer does all.
  SqliteCheckpointer(sqlite3* writer, std::filesystem::path const& file);
  ~SqliteCheckpointer();
  SqliteCheckpointer(SqliteCheckpointer const&) = delete;
  SqliteCheckpointer& operator=(SqliteCheckpointer const&) = delete;

 private:
  enum class State : int { idle,
                           asked,
                           copied };
  struct CloseDatabase {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };

  static int committed(void* self, sqlite3* writer, char const* schema, int pages);
  void ask();
  void work();

  sqlite3* const writer_;
  std::unique_ptr<sqlite3, CloseDatabase> own_;
  std::atomic<State> state_ = State::idle;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closing_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace rapport::store

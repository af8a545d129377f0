#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "store/database.hpp"

namespace rapport::store {

/// A few connections for reading, made when they are needed. Any thread may call.
class ConnectionPool {
 public:
  explicit ConnectionPool(Database& database) : database_(database) {}

  /// Calls `read` with a connection of its own; waits if all are in use. A connection that was lost
  /// while it lay idle (the database was started anew) is replaced once.
  template <typename Read>
  auto with(Read const& read) {
    Lease lease{*this, take()};
    bool const used_before = lease.connection != nullptr;
    try {
      if (!lease.connection) lease.connection = database_.connect_reader();
      return read(*lease.connection);
    } catch (Failure const& failure) {
      if (!used_before || !failure.connection_lost()) throw;
    }
    forget_idle();
    lease.connection = database_.connect_reader();
    return read(*lease.connection);
  }

 private:
  static constexpr std::size_t connections_max = 4;

  /// Gives the connection back.
  struct Lease {
    Lease(ConnectionPool& of, std::unique_ptr<Connection> lent) : pool(of), connection(std::move(lent)) {}
    ~Lease() { pool.give_back(std::move(connection)); }
    Lease(Lease const&) = delete;
    Lease& operator=(Lease const&) = delete;
    ConnectionPool& pool;
    std::unique_ptr<Connection> connection;
  };

  std::unique_ptr<Connection> take() {
    std::unique_lock lock{mutex_};
    freed_.wait(lock, [this] { return lent_ < connections_max; });
    ++lent_;
    if (idle_.empty()) return nullptr;
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  void give_back(std::unique_ptr<Connection> connection) {
    {
      std::lock_guard const lock{mutex_};
      --lent_;
      if (connection && !connection->lost()) idle_.push_back(std::move(connection));
    }
    freed_.notify_one();
  }
  void forget_idle() {
    std::lock_guard const lock{mutex_};
    idle_.clear();
  }

  Database& database_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t lent_ = 0;
};

}  // namespace rapport::store

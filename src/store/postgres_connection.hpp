#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/database.hpp"

namespace rapport::store {

/// One session by libpq. Statements are prepared once; what has no result is sent on in a pipeline and
/// its outcome is read with the next statement that has one.
class PostgresConnection final : public Connection {
 public:
  using Connection::change;
  using Connection::post;
  using Connection::query;

  explicit PostgresConnection(std::string const& url);

  void script(std::string const& sql) override;
  void post(std::string_view sql, std::span<Value const> values) override;
  std::int64_t change(std::string_view sql, std::span<Value const> values) override;
  std::unique_ptr<Rows> query(std::string_view sql, std::span<Value const> values) override;
  std::unique_ptr<Rows> stream(std::string const& sql) override;
  void commit() override;
  void roll_back() noexcept override;
  bool lost() const override;

 protected:
  std::string reading_transaction() const override { return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"; }

 private:
  struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
  };
  using Outcome = std::unique_ptr<PGresult, ClearResult>;
  friend class PostgresRows;

  /// In the pipeline: prepared if it was not yet, and sent.
  void send(std::string_view sql, std::span<Value const> values);
  std::string const& prepared(std::string_view sql);
  /// Ends the pipeline's part so far and reads all its outcomes; the last statement's.
  Outcome read();
  Outcome next_outcome();
  [[noreturn]] void fail(PGresult const* result, std::string_view doing);

  struct CloseConnection {
    void operator()(PGconn* handle) const { PQfinish(handle); }
  };
  std::unique_ptr<PGconn, CloseConnection> handle_;
  std::unordered_map<std::string, std::string> statements_;  ///< by text: the name it was prepared by
  std::vector<std::string> unsure_;                          ///< prepared, but not known to have gone well
  std::size_t names_ = 0;
  bool unusable_ = false;
  std::size_t pending_ = 0;  ///< outcomes to be read
};

}  // namespace rapport::store

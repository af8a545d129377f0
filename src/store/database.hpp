#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "store/failure.hpp"

/// What the room needs of a database, so that SQL is written once. Statements have numbered parameters
/// ($1, $2, …, first used in that order); integers are 64 bit.
namespace rapport::store {

/// A parameter. Text and bytes are not copied: they must outlive the call.
class Value {
 public:
  enum class Kind : std::uint8_t { null,
                                   integer,
                                   text,
                                   bytes };

  static Value null() { return {}; }
  static Value bytes(std::string_view bytes) { return {Kind::bytes, bytes}; }
  Value(std::int64_t integer) : kind_(Kind::integer), integer_(integer) {}  // NOLINT(google-explicit-constructor)
  Value(base::Instant at) : Value(at.since_epoch) {}                        // NOLINT(google-explicit-constructor)
  Value(std::string_view text) : kind_(Kind::text), text_(text) {}          // NOLINT(google-explicit-constructor)
  Value(std::string const& text) : Value(std::string_view{text}) {}         // NOLINT(google-explicit-constructor)
  Value(char const*) = delete;

  Kind kind() const { return kind_; }
  std::int64_t integer() const { return integer_; }
  std::string_view text() const { return text_; }

 private:
  Value() = default;
  Value(Kind kind, std::string_view text) : kind_(kind), text_(text) {}

  Kind kind_ = Kind::null;
  std::int64_t integer_ = 0;
  std::string_view text_;
};

/// The rows of one query, one after the other. Columns count from 0. Gone with its connection's next
/// statement of the same text.
class Rows {
 public:
  virtual ~Rows() = default;
  /// Goes to the next row; false: there is none.
  virtual bool next() = 0;
  virtual bool null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  /// Text or bytes, valid until `next`.
  virtual std::string_view text(int column) const = 0;
};

/// One connection. One thread at a time. Failures are thrown (failure.hpp).
class Connection {
 public:
  virtual ~Connection() = default;

  /// Runs statements without parameters and results: schema, transactions.
  virtual void script(std::string const& sql) = 0;
  /// Runs a statement that has no result. It may fail as late as the next `query`, `change` or commit
  /// (PostgreSQL sends on and reads the outcomes later).
  virtual void post(std::string_view sql, std::span<Value const> values) = 0;
  /// Runs a statement; how many rows it changed.
  virtual std::int64_t change(std::string_view sql, std::span<Value const> values) = 0;
  virtual std::unique_ptr<Rows> query(std::string_view sql, std::span<Value const> values) = 0;

  /// Rows of a table of any size, without parameters; within a transaction, one at a time.
  virtual std::unique_ptr<Rows> stream(std::string const& sql) = 0;

  void post(std::string_view sql, std::initializer_list<Value> values) { post(sql, std::span{values.begin(), values.size()}); }
  std::int64_t change(std::string_view sql, std::initializer_list<Value> values) {
    return change(sql, std::span{values.begin(), values.size()});
  }
  std::unique_ptr<Rows> query(std::string_view sql, std::initializer_list<Value> values) {
    return query(sql, std::span{values.begin(), values.size()});
  }
  void begin() { post("BEGIN", std::span<Value const>{}); }
  void begin_reading() { script(reading_transaction()); }
  /// Durable when it returns. If it throws, what it wrote may be there or not.
  virtual void commit() = 0;
  /// Never throws: a connection that cannot roll back is lost.
  virtual void roll_back() noexcept = 0;
  virtual bool lost() const = 0;

 protected:
  /// One view of the whole database until commit or roll-back.
  virtual std::string reading_transaction() const = 0;
};

/// What differs between the databases beyond the connection.
enum class Dialect : std::uint8_t { sqlite,
                                    postgres };

/// Where the data is. Any thread may call.
class Database {
 public:
  virtual ~Database() = default;
  virtual Dialect dialect() const = 0;
  /// The connection that writes. Holds the lock against a second server.
  /// Throws Failure, with a text for people, if another one has it.
  virtual std::unique_ptr<Connection> connect_writer() = 0;
  virtual std::unique_ptr<Connection> connect_reader() = 0;
  /// Sees to it that what was deleted cannot be read from the files as far as the database can do it.
  virtual void scrub(Connection& writer) = 0;
};

/// Ends a reading transaction, whatever happens.
class Reading {
 public:
  explicit Reading(Connection& connection) : connection_(connection) { connection_.begin_reading(); }
  ~Reading() { connection_.roll_back(); }
  Reading(Reading const&) = delete;
  Reading& operator=(Reading const&) = delete;

 private:
  Connection& connection_;
};

}  // namespace rapport::store

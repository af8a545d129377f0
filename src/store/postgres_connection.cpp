#include "store/postgres_connection.hpp"

#include <array>

#include <fmt/format.h>

#include "base/assert.hpp"

namespace rapport::store {

/// The rows of a result in binary form.
class PostgresRows final : public Rows {
 public:
  explicit PostgresRows(PostgresConnection::Outcome result) : result_(std::move(result)) {}

  bool next() override { return ++row_ < PQntuples(result_.get()); }
  bool null(int column) const override { return PQgetisnull(result_.get(), row_, column) == 1; }
  std::int64_t integer(int column) const override {
    // Big-endian, of two, four or eight bytes.
    std::string_view const bytes = text(column);
    if (bytes.empty()) return 0;
    std::uint64_t number = (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0 ? ~std::uint64_t{0} : 0;
    for (char const byte : bytes) number = number << 8U | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(number);
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_.get(), row_, column), static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

 private:
  PostgresConnection::Outcome result_;
  int row_ = -1;
};

namespace {

/// A cursor's rows, some hundred at a time.
class StreamedRows final : public Rows {
 public:
  explicit StreamedRows(Connection& connection) : connection_(connection) {}
  ~StreamedRows() override {
    part_.reset();
    try {
      if (!connection_.lost()) connection_.post("CLOSE streamed", std::span<Value const>{});
    } catch (Failure const&) {  // shows again at the end of the transaction
    }
  }
  StreamedRows(StreamedRows const&) = delete;
  StreamedRows& operator=(StreamedRows const&) = delete;

  bool next() override {
    if (part_ && part_->next()) return true;
    part_ = connection_.query("FETCH 500 FROM streamed", std::span<Value const>{});
    return part_->next();
  }
  bool null(int column) const override { return part_->null(column); }
  std::int64_t integer(int column) const override { return part_->integer(column); }
  std::string_view text(int column) const override { return part_->text(column); }

 private:
  Connection& connection_;
  std::unique_ptr<Rows> part_;
};

constexpr std::size_t pending_max = 256;  ///< so that neither side waits with full buffers

/// Values as libpq wants them.
class Parameters {
 public:
  explicit Parameters(std::span<Value const> values) {
    RAPPORT_ASSERT(values.size() <= max);
    for (Value const& value : values) add(value);
  }
  int count() const { return static_cast<int>(count_); }
  char const* const* data() const { return data_.data(); }
  int const* lengths() const { return lengths_.data(); }
  int const* formats() const { return formats_.data(); }

 private:
  static constexpr std::size_t max = 128;

  void add(Value const& value) {
    std::size_t const at = count_++;
    formats_[at] = 1;  // binary; of text that is its bytes too
    switch (value.kind()) {
      case Value::Kind::null:
        data_[at] = nullptr;
        return;
      case Value::Kind::integer: {
        auto const number = static_cast<std::uint64_t>(value.integer());
        for (std::size_t byte = 0; byte < 8; ++byte) integers_[at][byte] = static_cast<char>(number >> (56U - 8U * byte) & 0xFFU);
        data_[at] = integers_[at].data();
        lengths_[at] = 8;
        return;
      }
      case Value::Kind::text:
      case Value::Kind::bytes:
        data_[at] = value.text().data() == nullptr ? "" : value.text().data();
        lengths_[at] = static_cast<int>(value.text().size());
        return;
    }
  }

  std::array<char const*, max> data_{};
  std::array<int, max> lengths_{};
  std::array<int, max> formats_{};
  std::array<std::array<char, 8>, max> integers_{};
  std::size_t count_ = 0;
};

/// SQLSTATE classes that may go well later: 08 connection, 53 resources (disk full), 57 operator, 58
/// system, 40 roll-back, 55 lock, 25006 read-only (PostgreSQL 15, appendix A).
bool passes(std::string_view state) {
  for (std::string_view const of : {"08", "53", "57", "58", "40", "55", "25006", "3D"}) {
    if (state.starts_with(of)) return true;
  }
  return state.empty();
}

}  // namespace

PostgresConnection::PostgresConnection(std::string const& url) : handle_(PQconnectdb(url.c_str())) {
  if (PQstatus(handle_.get()) != CONNECTION_OK) fail(nullptr, "connect");
  PQsetNoticeProcessor(
      handle_.get(), [](void*, char const*) {}, nullptr);
  script("SET client_encoding = 'UTF8'; SET search_path = public; SET statement_timeout = 0");
}

void PostgresConnection::fail(PGresult const* result, std::string_view doing) {
  char const* const code = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string_view const state = code == nullptr ? "" : code;
  bool const gone = lost();
  std::string message = result == nullptr ? PQerrorMessage(handle_.get()) : PQresultErrorMessage(result);
  while (!message.empty() && message.back() == '\n') message.pop_back();
  throw Failure(gone || passes(state) ? records::StoreError::unavailable : records::StoreError::broken,
                fmt::format("PostgreSQL: {} ({}) at: {}", message, state, doing.substr(0, 80)), gone);
}

bool PostgresConnection::lost() const { return unusable_ || PQstatus(handle_.get()) != CONNECTION_OK; }

void PostgresConnection::script(std::string const& sql) {
  if (PQpipelineStatus(handle_.get()) != PQ_PIPELINE_OFF) {
    if (pending_ > 0) read();
    PQexitPipelineMode(handle_.get());
  }
  Outcome const outcome{PQexec(handle_.get(), sql.c_str())};
  auto const status = PQresultStatus(outcome.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(outcome.get(), sql);
}

std::string const& PostgresConnection::prepared(std::string_view sql) {
  std::string text{sql};
  if (auto const at = statements_.find(text); at != statements_.end()) return at->second;
  auto const name = fmt::format("s{}", ++names_);
  if (PQsendPrepare(handle_.get(), name.c_str(), text.c_str(), 0, nullptr) != 1) fail(nullptr, sql);
  ++pending_;
  unsure_.push_back(text);
  return statements_.emplace(std::move(text), name).first->second;
}

void PostgresConnection::send(std::string_view sql, std::span<Value const> values) {
  if (lost()) fail(nullptr, sql);
  if (PQpipelineStatus(handle_.get()) == PQ_PIPELINE_OFF) PQenterPipelineMode(handle_.get());
  Parameters const parameters{values};
  std::string const& name = prepared(sql);
  if (PQsendQueryPrepared(handle_.get(), name.c_str(), parameters.count(), parameters.data(), parameters.lengths(), parameters.formats(), 1) != 1)
    fail(nullptr, sql);
  ++pending_;
}

PostgresConnection::Outcome PostgresConnection::next_outcome() {
  Outcome outcome{PQgetResult(handle_.get())};
  if (!outcome) fail(nullptr, "a result that did not come");
  // Each statement's outcome is followed by an end mark, but not the pipeline's own.
  if (PQresultStatus(outcome.get()) != PGRES_PIPELINE_SYNC) {
    while (Outcome const end{PQgetResult(handle_.get())}) {
    }
  }
  return outcome;
}

PostgresConnection::Outcome PostgresConnection::read() {
  if (PQpipelineSync(handle_.get()) != 1) fail(nullptr, "send");
  Outcome last, wrong;
  for (; pending_ > 0; --pending_) {
    last = next_outcome();
    auto const status = PQresultStatus(last.get());
    bool const good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!good && !wrong) wrong = std::move(last);
  }
  Outcome const sync = next_outcome();
  if (wrong) {
    // Whether a statement was prepared before the error is not looked into: its name is not used again.
    for (std::string const& text : unsure_) statements_.erase(text);
    unsure_.clear();
    fail(wrong.get(), "a statement of the transaction");
  }
  unsure_.clear();
  return last;
}

void PostgresConnection::post(std::string_view sql, std::span<Value const> values) {
  send(sql, values);
  if (pending_ >= pending_max) read();
}

std::int64_t PostgresConnection::change(std::string_view sql, std::span<Value const> values) {
  send(sql, values);
  Outcome const outcome = read();
  char const* const count = PQcmdTuples(outcome.get());
  return *count == '\0' ? 0 : std::stoll(count);
}

std::unique_ptr<Rows> PostgresConnection::query(std::string_view sql, std::span<Value const> values) {
  send(sql, values);
  return std::make_unique<PostgresRows>(read());
}

std::unique_ptr<Rows> PostgresConnection::stream(std::string const& sql) {
  script("DECLARE streamed BINARY NO SCROLL CURSOR FOR " + sql);
  return std::make_unique<StreamedRows>(*this);
}

void PostgresConnection::commit() {
  send("COMMIT", std::span<Value const>{});
  Outcome const outcome = read();
  // A transaction that failed before answers a COMMIT with ROLLBACK.
  if (std::string_view{PQcmdStatus(outcome.get())} != "COMMIT") throw Failure(records::StoreError::broken, "PostgreSQL: the transaction was rolled back at COMMIT");
}

void PostgresConnection::roll_back() noexcept {
  try {
    if (lost()) return;
    if (PQtransactionStatus(handle_.get()) == PQTRANS_IDLE && pending_ == 0) return;
    if (pending_ > 0) {
      try {
        read();
      } catch (Failure const&) {  // the reason for rolling back
      }
    }
    script("ROLLBACK");
  } catch (std::exception const&) {
    unusable_ = true;
  }
}

}  // namespace rapport::store

#include "store/schema.hpp"

#include <fmt/format.h>

#include "store/migrations.hpp"

namespace rapport::store {
namespace {

constexpr std::string_view key_check = "rapport";

/// The migration in the database's own words.
std::string in_dialect(std::string_view sql, Dialect dialect) {
  std::string text{sql};
  auto const put = [&text](std::string_view mark, std::string_view word) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + word.size())) text.replace(at, mark.size(), word);
  };
  bool const sqlite = dialect == Dialect::sqlite;
  put("{integer}", sqlite ? "INTEGER" : "BIGINT");
  put("{text}", sqlite ? "TEXT" : "TEXT COLLATE \"C\"");  // bytes decide the order in both
  put("{bytes}", sqlite ? "BLOB" : "BYTEA");
  put("{table}", sqlite ? "STRICT" : "");
  put("{clustered}", sqlite ? "STRICT, WITHOUT ROWID" : "");
  put("{words}", sqlite ? "CREATE VIRTUAL TABLE words USING fts5(tokens, tokenize = 'ascii', detail = none, columnsize = 0)"
                        : "CREATE TABLE words (rowid BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL);"
                          "CREATE INDEX words_tokens ON words USING GIN (tokens)");
  return text;
}

}  // namespace

std::int64_t schema_version() { return static_cast<std::int64_t>(migrations().size()); }

std::int64_t version_of(Connection& connection, Dialect dialect) {
  std::string_view const there = dialect == Dialect::sqlite
                                     ? "SELECT COUNT(*) FROM sqlite_master WHERE name = 'schema_version'"
                                     : "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'schema_version'";
  auto const found = connection.query(there, std::span<Value const>{});
  if (!found->next() || found->integer(0) == 0) return 0;
  auto const rows = connection.query("SELECT version FROM schema_version", std::span<Value const>{});
  return rows->next() ? rows->integer(0) : 0;
}

void migrate(Connection& connection, Dialect dialect, std::int64_t target) {
  std::int64_t version = version_of(connection, dialect);
  if (version > schema_version())
    throw Failure(records::StoreError::broken, fmt::format("the store has schema version {}, this release knows up to {}: it was written by a newer one", version, schema_version()));
  for (; version < target; ++version) {
    connection.script("BEGIN");
    try {
      connection.script(in_dialect(migrations()[static_cast<std::size_t>(version)], dialect));
      connection.script("DELETE FROM schema_version");
      connection.script(fmt::format("INSERT INTO schema_version (version) VALUES ({})", version + 1));
      connection.script("COMMIT");
    } catch (Failure const&) {
      connection.roll_back();
      throw;
    }
  }
}

void check_master_key(Connection& connection, Keys const& keys) {
  std::string const where = place({"key_check"});
  {
    auto const rows = connection.query("SELECT value FROM facts WHERE name = 'key_check'", std::span<Value const>{});
    if (rows->next()) {
      try {
        unseal(keys.own().key, where, rows->text(0));
      } catch (Failure const&) {
        throw Failure(records::StoreError::broken, "the master key is not the one that this store was made with");
      }
      return;
    }
  }
  std::string const sealed = seal(keys.own(), where, key_check);
  connection.change("INSERT INTO facts (name, value) VALUES ('key_check', $1)", {Value::bytes(sealed)});
}

}  // namespace rapport::store

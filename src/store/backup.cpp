#include "store/backup.hpp"

#include <istream>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/backup_format.hpp"
#include "store/open.hpp"
#include "store/schema.hpp"
#include "store/words.hpp"

namespace rapport::store {
namespace {

constexpr std::string_view words_table = "words";
constexpr std::string_view words_columns = "it";

std::string words_select(Dialect dialect) {
  return dialect == Dialect::sqlite ? "SELECT rowid, tokens FROM words ORDER BY rowid"
                                    : "SELECT rowid, array_to_string(tsvector_to_array(tokens), ' ') FROM words ORDER BY rowid";
}

void write_rows(Connection& connection, std::string const& select, std::string_view columns, BackupWriter& to, BackupReport& report) {
  auto const rows = connection.stream(select);
  while (rows->next()) {
    to.row();
    ++report.rows;
    for (int column = 0; column < static_cast<int>(columns.size()); ++column) {
      char const kind = columns[static_cast<std::size_t>(column)];
      if (rows->null(column)) {
        to.null();
      } else if (kind == 'i') {
        to.integer(rows->integer(column));
      } else {
        to.text(kind, rows->text(column));
      }
    }
  }
}

/// Puts rows of a backup into an empty schema.
class Restoring {
 public:
  Restoring(Connection& connection, Dialect dialect) : connection_(connection), dialect_(dialect) {}

  BackupVisitor::Refused table(std::string const& name) {
    columns_ = {};
    insert_.clear();
    table_ = nullptr;
    if (name == words_table) {
      columns_ = words_columns;
      return {};
    }
    for (Table const& table : tables()) {
      if (table.name != name) continue;
      columns_ = table.columns;
      table_ = &table;
      return {};
    }
    return base::Error{fmt::format("the backup has a table \"{}\" that this release does not know", name)};
  }

  BackupVisitor::Refused row(std::vector<BackupValue> const& row) {
    // An older schema's tables lack the last columns; then the table here, of that schema, lacks them too.
    if (row.size() > columns_.size() || (table_ == nullptr && row.size() != columns_.size())) return wrong();
    std::vector<Value> values;
    for (std::size_t at = 0; at < row.size(); ++at) {
      if (row[at].kind != 'n' && row[at].kind != columns_[at]) return wrong();
      values.push_back(row[at].kind == 'n' ? Value::null() : row[at].kind == 'i' ? Value{row[at].integer}
                                                         : row[at].kind == 'b'   ? Value::bytes(row[at].text)
                                                                                 : Value{row[at].text});
    }
    if (table_ == nullptr) {
      put_words(connection_, dialect_, row[0].integer, row[1].text);
    } else {
      if (insert_.empty()) insert_ = insert_of(row.size());
      connection_.post(insert_, std::span<Value const>{values});
    }
    ++report.rows;
    return {};
  }

  BackupReport report;

 private:
  /// Every row of a table has as many columns.
  std::string insert_of(std::size_t columns) const {
    std::string parameters;
    for (std::size_t number = 1; number <= columns; ++number) parameters += fmt::format("{}${}", number == 1 ? "" : ", ", number);
    auto const names = std::span{table_->names}.first(columns);
    return fmt::format("INSERT INTO {} ({}) VALUES ({})", table_->name, fmt::join(names, ", "), parameters);
  }
  static base::Error wrong() { return {"the backup has a row that does not fit its table"}; }

  Connection& connection_;
  Dialect dialect_;
  std::string_view columns_;
  Table const* table_ = nullptr;  ///< null: of words
  std::string insert_;            ///< made by the table's first row
};

bool holds_something(Connection& connection, Dialect dialect) {
  if (version_of(connection, dialect) == 0) return false;
  for (Table const& table : tables()) {
    if (connection.query(fmt::format("SELECT 1 FROM {} LIMIT 1", table.name), std::span<Value const>{})->next()) return true;
  }
  return false;
}

/// The first reading: that it is whole, and its schema's version.
base::Result<std::int64_t> checked_version(std::istream& from) {
  std::int64_t version = 0;
  BackupVisitor visitor;
  visitor.version = [&](std::int64_t number) -> BackupVisitor::Refused {
    version = number;
    if (number >= 1 && number <= schema_version()) return {};
    return base::Error{fmt::format("the backup has schema version {}, this release knows 1 to {}", number, schema_version())};
  };
  visitor.table = [](std::string const&) { return BackupVisitor::Refused{}; };
  visitor.row = [](std::vector<BackupValue> const&) { return BackupVisitor::Refused{}; };
  if (auto const read = read_backup(from, visitor); !read) return read.error();
  return version;
}

}  // namespace

base::Result<BackupReport> back_up(std::string const& url_or_folder, std::ostream& to) {
  try {
    auto const database = database_at(url_or_folder);
    auto const connection = database->connect_reader();
    Reading const reading{*connection};
    std::int64_t const version = version_of(*connection, database->dialect());
    if (version != schema_version()) return base::Error{fmt::format("the store has schema version {}, this release writes {}: start the server once", version, schema_version())};
    BackupReport report;
    BackupWriter writer{to, version};
    for (Table const& table : tables()) {
      writer.table(table.name, table.names.size());
      write_rows(*connection, fmt::format("SELECT {} FROM {} ORDER BY {}", fmt::join(table.names, ", "), table.name, table.order), table.columns, writer, report);
    }
    writer.table(words_table, words_columns.size());
    write_rows(*connection, words_select(database->dialect()), words_columns, writer, report);
    writer.finish();
    if (!to) return base::Error{"the backup could not be written whole"};
    return report;
  } catch (Failure const& failure) {
    return base::Error{failure.what()};
  }
}

base::Result<BackupReport> restore(std::istream& from, std::string const& url_or_folder) {
  auto const start = from.tellg();
  auto const version = checked_version(from);
  if (!version) return version.error();
  from.clear();
  from.seekg(start);
  try {
    auto const database = database_at(url_or_folder);
    auto const connection = database->connect_writer();
    if (holds_something(*connection, database->dialect())) return base::Error{"there is a store already: a backup is restored into an empty folder or database"};
    migrate(*connection, database->dialect(), *version);
    connection->begin();
    Restoring restoring{*connection, database->dialect()};
    BackupVisitor visitor;
    visitor.version = [](std::int64_t) { return BackupVisitor::Refused{}; };
    visitor.table = [&](std::string const& name) { return restoring.table(name); };
    visitor.row = [&](std::vector<BackupValue> const& row) { return restoring.row(row); };
    if (auto const read = read_backup(from, visitor); !read) {
      connection->roll_back();
      return read.error();
    }
    connection->commit();
    return restoring.report;
  } catch (Failure const& failure) {
    return base::Error{failure.what()};
  }
}

}  // namespace rapport::store

#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// A backup as bytes, the same for every database. A line "rapport backup 1", then one Zstandard stream
/// of: the schema's version; for each table 'T', its name and how many columns it has, then its
/// rows, each 'R' and its columns; 'E' and a BLAKE2b checksum of all before it. Numbers have eight bytes, the highest first;
/// a text is its length and its bytes. A column is one letter (n null, i integer, t text, b bytes) and
/// its value.
namespace rapport::store {

/// A column of a row in a backup.
struct BackupValue {
  char kind = 'n';
  std::int64_t integer = 0;
  std::string text;
};

/// Writes a backup to a stream, whose errors are the caller's to look at.
class BackupWriter {
 public:
  BackupWriter(std::ostream& to, std::int64_t schema_version);
  ~BackupWriter();
  BackupWriter(BackupWriter const&) = delete;
  BackupWriter& operator=(BackupWriter const&) = delete;

  void table(std::string_view name, std::size_t columns);
  void row();
  void null();
  void integer(std::int64_t number);
  void text(char kind, std::string_view text);
  /// Ends it with the checksum.
  void finish();

 private:
  struct State;
  void write(std::string_view bytes);
  void flush(bool end);
  std::unique_ptr<State> state_;
};

/// What a reader is told, in the order of the backup. Each returns why to stop, or nothing.
struct BackupVisitor {
  using Refused = std::optional<base::Error>;
  std::function<Refused(std::int64_t version)> version;
  std::function<Refused(std::string const& name)> table;
  std::function<Refused(std::vector<BackupValue> const& row)> row;
};

/// Reads a backup to its end and checks it. Error: what is wrong with it. Outside input: nothing of it
/// is trusted. The checksum is known at the end only: what was told before is to be taken back then.
base::Result<void> read_backup(std::istream& from, BackupVisitor const& visitor);

}  // namespace rapport::store

#pragma once

#include <iosfwd>
#include <string>

#include "base/result.hpp"

/// Backup and restore (docs/store.md). What is encrypted stays so: neither needs the master key, and a
/// backup is of no use without it.
namespace rapport::store {

struct BackupReport {
  std::int64_t rows = 0;
};

/// Writes the store in a data folder or at a PostgreSQL URL to the stream, as it stands at one moment; a
/// server may go on writing. Error: for a person.
base::Result<BackupReport> back_up(std::string const& url_or_folder, std::ostream& to);

/// Brings a backup, of either database, into an empty folder or PostgreSQL database. The stream must
/// seek: it is read and checked whole before anything is written. Refused if there is something already.
base::Result<BackupReport> restore(std::istream& from, std::string const& url_or_folder);

}  // namespace rapport::store

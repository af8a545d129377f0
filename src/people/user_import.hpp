#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "people/accounts.hpp"
#include "people/csv.hpp"

namespace rapport::people {

/// What became of one line of an import.
struct ImportLine {
  CsvPlace place = {};
  std::string login = {};
  std::string user = {};                ///< its id, once created
  std::optional<Failure> refused = {};  ///< nothing: created, or would be
};
struct ImportReport {
  std::vector<ImportLine> lines;
  std::size_t accepted = 0;  ///< created, or would be
  bool dry_run = true;
};

/// Creates users from CSV. The first line names the columns, in any order: login, name and roles must
/// be there; email, brands (ids, or `*` for all) and teams (names) may. Several roles, brands or teams
/// are separated by `;`. Lines stand alone: each is created or refused for itself. Administrators are
/// not imported: making one is a deliberate act. A dry run writes nothing.
///
/// CsvError: the file as a whole cannot be read, with line and column; nothing was created. Blocks,
/// one commit a line; on a worker.
base::Result<ImportReport, CsvError> import_users(records::Store& store, Accounts& accounts, Actor const& actor,
                                                  std::string_view csv, bool dry_run, base::Instant now);

}  // namespace rapport::people

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "people/csv.hpp"
#include "server/api/calling_documents.hpp"

namespace rapport::server::api {

/// Why a line of a file did not become an entry.
struct CallingLineRefused {
  people::CsvPlace place;
  std::string column;    ///< by name; empty: the line as a whole
  std::string found;     ///< its beginning
  std::string expected;  ///< or what is wrong
};
struct CallingFile {
  std::vector<CallingEntry> entries;        ///< with number, name, language, notes, reference and fields
  std::vector<CallingLineRefused> refused;  ///< at most limits::calling_refused_max, in the file's order
  bool whole = true;                        ///< false: it was not read to its end; not all that is wrong is named
};

/// E.164 and country of a number that may be called; error: what is wrong with it.
using ReadNumber = std::function<base::Result<std::pair<std::string, std::string>>(std::string_view)>;

/// Reads who is to be called from CSV (RFC 4180). The first line names the columns, in any order: `number`
/// must be there; `name`, `language`, `notes` and `reference` may; any other becomes a field of its name,
/// which agents see. Each line stands alone. Pure.
CallingFile read_calling_file(std::string_view csv, ReadNumber const& read_number);

/// Cells of a CSV file, quoted where they must be. What a spreadsheet would take for a formula, but for a
/// number in international writing, begins with an apostrophe.
std::string csv_line(std::vector<std::string> const& cells);

}  // namespace rapport::server::api

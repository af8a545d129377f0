#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace rapport::people {

/// Where in a CSV file, both from 1; a column counts bytes.
struct CsvPlace {
  std::size_t line = 1;
  std::size_t column = 1;
  bool operator==(CsvPlace const&) const = default;
};
struct CsvField {
  std::string text;
  CsvPlace place;
  bool operator==(CsvField const&) const = default;
};
using CsvRecord = std::vector<CsvField>;
struct CsvError {
  CsvPlace place;
  std::string message;
};

struct CsvLines {
  std::vector<CsvRecord> records;
  std::vector<CsvError> refused;
  bool whole = true;  ///< false: there was more than the limits allow; the last one refused says which
};

/// Reads comma-separated values (RFC 4180): fields in quotes may hold commas, line breaks and doubled
/// quotes; lines end with CRLF or LF; a byte order mark and empty lines are skipped. Every record must
/// have as many fields as the first. UTF-8 is not checked here. Limits: limits::import_bytes_max,
/// import_lines_max, csv_fields_max, csv_field_bytes_max. Pure.
base::Result<std::vector<CsvRecord>, CsvError> read_csv(std::string_view text);

/// The same line by line: one that cannot be read is refused, and the rest is read from the line below it. At
/// most so many records and so many refused.
CsvLines read_csv_lines(std::string_view text, std::size_t records_max, std::size_t refused_max);

}  // namespace rapport::people

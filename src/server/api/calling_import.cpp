#include "server/api/calling_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "base/limits.hpp"
#include "base/phone_limits.hpp"
#include "centre/card_mask.hpp"
#include "server/http/utf8.hpp"

namespace rapport::server::api {
namespace {

constexpr std::size_t found_bytes_max = 60;
constexpr std::size_t language_bytes_max = 35;

/// Its beginning, not cut within a letter.
std::string beginning(std::string_view text) {
  std::size_t end = std::min(text.size(), found_bytes_max);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return http::valid_utf8(text) ? std::string{text.substr(0, end)} : std::string{"what is no UTF-8"};
}

class CallingFileReader {
 public:
  explicit CallingFileReader(ReadNumber const& read_number) : read_number_(read_number) {}

  CallingFile read(std::string_view csv) {
    people::CsvLines const lines = people::read_csv_lines(csv, limits::calling_entries_max + 1, limits::calling_refused_max);
    bool const known = !lines.records.empty() && read_columns(lines.records.front());
    if (known) {
      for (std::size_t i = 1; i < lines.records.size() && refuse_above(lines, lines.records[i].front().place.line); ++i) read_line(lines.records[i]);
    }
    file_.whole = refuse_above(lines, std::numeric_limits<std::size_t>::max()) && known && lines.whole;
    if (lines.records.empty() && lines.refused.empty()) refuse({}, {}, {}, "a first line with the names of columns");
    std::ranges::sort(file_.refused, {}, [](CallingLineRefused const& one) { return std::pair{one.place.line, one.place.column}; });
    return std::move(file_);
  }

 private:
  /// Names what could not be read above this line. False: as much was refused as is named, and no line below
  /// is read.
  bool refuse_above(people::CsvLines const& lines, std::size_t line) {
    for (; unread_ < lines.refused.size() && lines.refused[unread_].place.line < line; ++unread_) {
      if (file_.refused.size() >= limits::calling_refused_max) return false;
      file_.refused.push_back({lines.refused[unread_].place, {}, {}, lines.refused[unread_].message});
    }
    return file_.refused.size() < limits::calling_refused_max;
  }

  void refuse(people::CsvPlace place, std::string column, std::string_view found, std::string expected) {
    file_.refused.push_back({place, std::move(column), beginning(found), std::move(expected)});
  }

  bool read_columns(people::CsvRecord const& first) {
    std::set<std::string> seen;
    for (people::CsvField const& field : first) {
      bool const fits = !field.text.empty() && field.text.size() <= limits::name_bytes_max && http::valid_utf8(field.text);
      if (!fits || !seen.insert(field.text).second) {
        refuse(field.place, {}, field.text, fmt::format("a column's name, each once, at most {} bytes", limits::name_bytes_max));
        return false;
      }
      columns_.push_back(field.text);
    }
    constexpr std::size_t named = 5;  // those that have a meaning
    if (!seen.contains("number")) refuse({}, {}, {}, "a column \"number\"");
    if (columns_.size() > named + limits::calling_fields_max) refuse({}, {}, {}, fmt::format("at most {} columns of its own", limits::calling_fields_max));
    return file_.refused.empty();
  }

  void read_line(people::CsvRecord const& record) {
    CallingEntry made;
    for (std::size_t i = 0; i < record.size(); ++i) {
      if (!read_field(columns_[i], record[i], made)) return;
    }
    if (made.reference.empty()) made.reference = made.entry.number;
    file_.entries.push_back(std::move(made));
  }

  /// False: it is refused, and the line with it.
  bool read_field(std::string const& column, people::CsvField const& field, CallingEntry& made) {
    if (!http::valid_utf8(field.text)) return refused(column, field, "text in UTF-8");
    if (column == "number") return read_number(field, made);
    bool const language = column == "language";
    bool const notes = column == "notes";
    std::size_t const most = language ? language_bytes_max : notes ? limits::calling_notes_bytes_max
                                                                   : limits::name_bytes_max;
    if (field.text.size() > most) return refused(column, field, fmt::format("at most {} bytes", most));
    std::string text = centre::mask_cards(field.text).text;
    if (language)
      made.language = std::move(text);
    else if (notes)
      made.notes = std::move(text);
    else if (column == "name")
      made.name = std::move(text);
    else if (column == "reference")
      made.reference = std::move(text);
    else if (!text.empty())
      made.fields.emplace_back(column, std::move(text));
    return true;
  }

  bool read_number(people::CsvField const& field, CallingEntry& made) {
    auto read = read_number_(field.text);
    if (!read) return refused("number", field, read.error().message);
    made.entry.number = std::move(read->first);
    made.entry.country = std::move(read->second);
    return true;
  }

  bool refused(std::string const& column, people::CsvField const& field, std::string expected) {
    refuse(field.place, column, field.text, std::move(expected));
    return false;
  }

  ReadNumber const& read_number_;
  std::vector<std::string> columns_;
  CallingFile file_;
  std::size_t unread_ = 0;  ///< of what is no CSV: the first that is not named yet
};

bool is_number(std::string_view cell) {
  return cell.size() > 1 && cell.front() == '+' && std::all_of(cell.begin() + 1, cell.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string csv_cell(std::string_view cell) {
  constexpr std::string_view formula = "=+-@\t\r";
  std::string text;
  if (!cell.empty() && formula.find(cell.front()) != std::string_view::npos && !is_number(cell)) text += '\'';
  text += cell;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char const c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

CallingFile read_calling_file(std::string_view csv, ReadNumber const& read_number) { return CallingFileReader{read_number}.read(csv); }

std::string csv_line(std::vector<std::string> const& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
  return line + "\r\n";
}

}  // namespace rapport::server::api

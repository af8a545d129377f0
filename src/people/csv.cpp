#include "people/csv.hpp"

#include <fmt/format.h>

#include <optional>

#include "base/limits.hpp"

namespace rapport::people {

namespace {

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    constexpr std::string_view mark = "\xef\xbb\xbf";
    if (text_.starts_with(mark)) at_ = mark.size();
  }

  base::Result<std::vector<CsvRecord>, CsvError> read() {
    if (text_.size() > limits::import_bytes_max) return fault(fmt::format("file: more than {} bytes", limits::import_bytes_max));
    while (at_ < text_.size()) {
      if (take_line_end()) continue;  // an empty line
      if (records_.size() > limits::import_lines_max) return fault(fmt::format("more than {} records", limits::import_lines_max));
      CsvPlace const start = place_;
      if (auto error = read_record()) return *std::move(error);
      std::size_t const expected = records_.front().size();
      if (records_.back().size() != expected) {
        return CsvError{start, fmt::format("{} fields, the first line has {}", records_.back().size(), expected)};
      }
    }
    return std::move(records_);
  }

  CsvLines read_lines(std::size_t records_max, std::size_t refused_max) {
    CsvLines read;
    auto const refuse = [&read](CsvError error, bool last) {
      read.refused.push_back(std::move(error));
      read.whole = read.whole && !last;
    };
    if (text_.size() > limits::import_bytes_max) refuse(fault(fmt::format("file: more than {} bytes", limits::import_bytes_max)), true);
    while (read.whole && at_ < text_.size()) {
      if (take_line_end()) continue;
      std::size_t const begin = at_;
      CsvPlace const start = place_;
      if (records_.size() >= records_max) {
        refuse(fault(fmt::format("more than {} records", records_max)), true);
        break;
      }
      auto error = read_record();
      bool const uneven = !error && records_.back().size() != records_.front().size();
      if (uneven) error = CsvError{start, fmt::format("{} fields, the first line has {}", records_.back().size(), records_.front().size())};
      if (!error) continue;
      records_.pop_back();
      // Named is the line that is left out; what is wrong may be seen only further down.
      if (error->place.line != start.line) error = CsvError{start, fmt::format("{} (line {})", error->message, error->place.line)};
      refuse(std::move(*error), read.refused.size() + 1 >= refused_max || records_.empty());  // without a first line nothing is known
      if (!uneven) skip_line(begin, start);
    }
    read.records = std::move(records_);
    return read;
  }

 private:
  /// On below the line in which a record began that cannot be read.
  void skip_line(std::size_t begin, CsvPlace start) {
    at_ = begin;
    place_ = start;
    while (!at_end() && now() != '\n') step();
    if (!at_end()) step();
  }

  CsvError fault(std::string message) const { return {place_, std::move(message)}; }
  bool at_end() const { return at_ == text_.size(); }
  char now() const { return text_[at_]; }

  void step() {
    ++place_.column;
    if (text_[at_++] == '\n') place_ = {place_.line + 1, 1};
  }

  bool take_line_end() {
    std::string_view const rest = text_.substr(at_);
    std::size_t const length = rest.starts_with("\r\n") ? 2 : rest.starts_with('\n') ? 1
                                                                                     : 0;
    for (std::size_t i = 0; i < length; ++i) step();
    return length > 0;
  }

  std::optional<CsvError> read_record() {
    records_.emplace_back();
    for (;;) {
      if (records_.back().size() == limits::csv_fields_max) return fault(fmt::format("more than {} fields", limits::csv_fields_max));
      records_.back().push_back({{}, place_});
      if (auto error = read_field(records_.back().back().text)) return error;
      if (at_end() || take_line_end()) return std::nullopt;
      if (now() != ',') return fault("after a closing quote: expected a comma or the line's end");
      step();
    }
  }

  std::optional<CsvError> read_field(std::string& field) {
    if (!at_end() && now() == '"') return read_quoted(field);
    for (; !at_end() && now() != ','; step()) {
      std::string_view const rest = text_.substr(at_);
      if (rest.starts_with('\n') || rest.starts_with("\r\n")) break;
      if (now() == '"') return fault("a quote within a field that does not begin with one");
      if (now() == '\r') return fault("a carriage return without line feed");
      if (auto error = add(field, now())) return error;
    }
    return std::nullopt;
  }

  std::optional<CsvError> read_quoted(std::string& field) {
    CsvPlace const opened = place_;
    step();
    for (; !at_end(); step()) {
      if (now() == '"') {
        bool const doubled = text_.substr(at_).starts_with("\"\"");
        step();
        if (!doubled) return std::nullopt;
      }
      if (auto error = add(field, now())) return error;
    }
    return CsvError{opened, "a quote is never closed"};
  }

  std::optional<CsvError> add(std::string& field, char c) const {
    if (field.size() == limits::csv_field_bytes_max) return fault(fmt::format("field: more than {} bytes", limits::csv_field_bytes_max));
    field += c;
    return std::nullopt;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  CsvPlace place_;
  std::vector<CsvRecord> records_;
};

}  // namespace

base::Result<std::vector<CsvRecord>, CsvError> read_csv(std::string_view text) { return CsvReader{text}.read(); }

CsvLines read_csv_lines(std::string_view text, std::size_t records_max, std::size_t refused_max) { return CsvReader{text}.read_lines(records_max, refused_max); }

}  // namespace rapport::people

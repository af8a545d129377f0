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

 private:
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

}  // namespace rapport::people

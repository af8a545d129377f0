#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"

/// Compact JSON, appended to a string.
namespace rapport::timeline::formats {

/// A quoted text. Bytes that are no UTF-8 become U+FFFD: what we write can always be read.
void append_json_text(std::string& out, std::string_view text);

/// "1.25" of 1 250 thousandths.
void append_thousandths(std::string& out, std::int64_t thousandths);

/// An object, field by field, with the commas that it needs.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }

  /// Writes the name; the caller appends the value.
  std::string& name(std::string_view name);
  void text(std::string_view field, std::string_view value);
  /// Left out where empty.
  void text_if_any(std::string_view field, std::string_view value);
  void whole(std::string_view field, std::int64_t value);
  void boolean(std::string_view field, bool value);
  /// Attributes without a group are fields; those of one group, which stand together, an object.
  void attributes(std::vector<domain::Attribute> const& attributes, std::string_view except = {});
  void close() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

/// A list of whatever `write` appends of each item.
template <typename Items, typename Write>
void append_json_list(std::string& out, Items const& items, Write write) {
  out += '[';
  bool first = true;
  for (auto const& item : items) {
    if (!first) out += ',';
    first = false;
    write(item);
  }
  out += ']';
}

void append_json_value(std::string& out, domain::Value const& value);

}  // namespace rapport::timeline::formats

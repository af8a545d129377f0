#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "domain/event.hpp"

/// Typed reading of JSON fields. Nothing is booked on the way: a field's place is a chain of
/// `Where` on the stack and becomes text only when a field is wrong. Every `read_…` returns whether
/// it could; if not, the Findings hold the error and the caller returns at once.
namespace rapport::timeline::formats {

using JsonElement = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

/// Where a value stands in its document. Borrowed, on the stack.
struct Where {
  static constexpr std::size_t no_index = SIZE_MAX;

  Where const* parent = nullptr;
  std::string_view key;
  std::size_t index = no_index;  ///< position in a list; no_index for a field

  Where field(std::string_view name) const { return {this, name, no_index}; }
  Where item(std::size_t position) const { return {this, {}, position}; }
};

/// One step from a value to a value inside it.
struct PathStep {
  std::string key;
  std::size_t index = Where::no_index;
};

/// What the reading of one interaction found: the error that ended it, and what was unusual.
class Findings {
 public:
  /// Ends the reading: "events[3].at_ms: found "x"; expected …". Returns false, for `return`.
  bool fail(Where const& where, std::string_view message);
  /// The same for a value of the wrong kind or out of range.
  bool wrong(Where const& where, JsonElement found, std::string_view expected);
  bool missing(Where const& object, std::string_view field, std::string_view expected);

  void warn(std::string text) { warnings_.push_back(std::move(text)); }
  /// Counts an unknown field, to be reported once for all places of this kind.
  void unknown(std::string_view place, std::string_view field);
  /// The same of an event's kind, which may be misspelt: its words are then not heard.
  void unknown_kind(std::string_view kind) { unknown({}, kind); }

  std::string const& error() const { return error_; }
  std::vector<PathStep> const& error_path() const { return error_path_; }
  /// All warnings, unknown fields summed up. Ends the collection.
  std::vector<std::string> take_warnings();

 private:
  struct Unknown {
    std::string place;
    std::string field;
    std::size_t count = 0;
  };

  std::string error_;
  std::vector<PathStep> error_path_;
  std::vector<std::string> warnings_;
  std::vector<Unknown> unknown_;
};

/// At most `bytes_max` bytes of the text, never half a character.
std::string_view shortened(std::string_view text, std::size_t bytes_max = 40);

/// The value as it would be told to a person: "abc", 12, true, a list, an object.
std::string describe(JsonElement element);

bool is_null(JsonElement element);

bool read_text(Findings& findings, Where const& where, JsonElement element, std::string& text);
/// A text that must not be empty.
bool read_name(Findings& findings, Where const& where, JsonElement element, std::string& text);
bool read_boolean(Findings& findings, Where const& where, JsonElement element, bool& value);
bool read_instant(Findings& findings, Where const& where, JsonElement element, base::Instant& instant);
bool read_object(Findings& findings, Where const& where, JsonElement element, JsonObject& object);
bool read_list(Findings& findings, Where const& where, JsonElement element, std::size_t limit,
               std::string_view limit_name, JsonArray& array);
/// A whole number in [low, high]; 12.0 is one.
bool read_whole(Findings& findings, Where const& where, JsonElement element, std::int64_t low, std::int64_t high,
                std::string_view expected, std::int64_t& value);
/// A number in thousandths, rounded to the nearest. Range in thousandths.
bool read_thousandths(Findings& findings, Where const& where, JsonElement element, std::int64_t low,
                      std::int64_t high, std::string_view expected, std::int64_t& value);
/// One of an enumeration's words, by its parse function.
template <typename Enum>
bool read_word(Findings& findings, Where const& where, JsonElement element, std::optional<Enum> (*parse)(std::string_view),
               std::string_view expected, Enum& value) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS) return findings.wrong(where, element, expected);
  auto const parsed = parse(text);
  if (!parsed) return findings.wrong(where, element, expected);
  value = *parsed;
  return true;
}

/// Any value. A number that thousandths cannot hold exactly, a list, an object and null are kept as
/// compact JSON.
bool read_value(Findings& findings, Where const& where, JsonElement element, domain::Value& value);

/// Appends a field: an object that has fields becomes one attribute a field, grouped under the
/// field's name; anything else is one attribute without a group.
bool append_attribute(Findings& findings, Where const& where, std::string_view name, JsonElement element,
                      std::vector<domain::Attribute>& attributes);

}  // namespace rapport::timeline::formats

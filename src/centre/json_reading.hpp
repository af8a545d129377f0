#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

/// Strict reading of JSON values with errors that a person can act on: "offer_seconds: found "soon";
/// expected a whole number from 1 to 604800". Every `read_…` returns whether it could; if not, the
/// Trouble holds the error and the caller returns at once.
namespace rapport::centre {

namespace json = boost::json;

/// Where a value stands in its document: a chain on the stack that becomes text only in an error.
struct Place {
  static constexpr std::size_t no_index = SIZE_MAX;

  Place const* parent = nullptr;
  std::string_view key;
  std::size_t index = no_index;

  Place field(std::string_view name) const { return {this, name, no_index}; }
  Place item(std::size_t position) const { return {this, {}, position}; }
};

/// The first thing that was wrong.
class Trouble {
 public:
  /// "week.mon[0]: what". Returns false, for `return`.
  bool fail(Place const& place, std::string_view what);
  bool wrong(Place const& place, json::value const& found, std::string_view expected);
  bool missing(Place const& object, std::string_view field);

  base::Error error() const { return {message_}; }

 private:
  std::string message_;
};

/// The value as a person would be told: "abc", 12, true, a list, an object. At most some 40 bytes.
std::string described(json::value const& value);

/// Parses a document; `what` names it in the error.
base::Result<json::value> parse_json(std::string_view text, std::string_view what);

bool read_text(Trouble& trouble, Place const& place, json::value const& value, std::string& text);
bool read_boolean(Trouble& trouble, Place const& place, json::value const& value, bool& out);
/// A whole number in [low, high]; 12.0 is one.
bool read_whole(Trouble& trouble, Place const& place, json::value const& value, std::int64_t low, std::int64_t high,
                std::int64_t& out);

/// The fields of one object, each asked for by name; what nobody asked for is an error in the end.
class ObjectReader {
 public:
  ObjectReader(Trouble& trouble, Place const& place) : trouble_(trouble), place_(place) {}

  /// False if the value is no object.
  bool open(json::value const& value);
  /// The field, or null if it is not there or is null.
  json::value const* find(std::string_view name);
  /// The same, and an error if it is not there.
  json::value const* need(std::string_view name);
  /// False, and an error, if there is a field that was not asked for.
  bool close();
  Place at(std::string_view name) const { return place_.field(name); }

 private:
  Trouble& trouble_;
  Place const& place_;
  json::object const* object_ = nullptr;
  std::vector<std::string_view> asked_;
  std::size_t found_ = 0;
};

}  // namespace rapport::centre

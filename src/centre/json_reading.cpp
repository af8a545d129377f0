#include "centre/json_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/limits.hpp"

namespace rapport::centre {
namespace {

std::string path_of(Place const& place) {
  std::string path;
  if (place.parent == nullptr) return path;
  path = path_of(*place.parent);
  if (place.index != Place::no_index) return path + fmt::format("[{}]", place.index);
  if (!path.empty()) path += '.';
  return path.append(place.key.substr(0, limits::name_bytes_max));
}

}  // namespace

bool Trouble::fail(Place const& place, std::string_view what) {
  std::string const path = path_of(place);
  message_ = path.empty() ? std::string{what} : fmt::format("{}: {}", path, what);
  return false;
}

bool Trouble::wrong(Place const& place, json::value const& found, std::string_view expected) {
  return fail(place, fmt::format("found {}; expected {}", described(found), expected));
}

bool Trouble::missing(Place const& object, std::string_view field) {
  return fail(object, fmt::format("field \"{}\" is missing", field));
}

std::string described(json::value const& value) {
  constexpr std::size_t shown_max = 40;
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (!value.is_string()) return json::serialize(value);
  std::string_view const text{value.get_string().data(), value.get_string().size()};
  std::size_t end = std::min(text.size(), shown_max);
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("\"{}\"{}", text.substr(0, end), end < text.size() ? "…" : "");
}

base::Result<json::value> parse_json(std::string_view text, std::string_view what) {
  json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code code;
  json::value value = json::parse({text.data(), text.size()}, code, {}, options);
  if (code) return base::Error{fmt::format("{}: not valid JSON: {}", what, code.message())};
  return value;
}

bool read_text(Trouble& trouble, Place const& place, json::value const& value, std::string& text) {
  if (!value.is_string()) return trouble.wrong(place, value, "text");
  text.assign(value.get_string().data(), value.get_string().size());
  return true;
}

bool read_boolean(Trouble& trouble, Place const& place, json::value const& value, bool& out) {
  if (!value.is_bool()) return trouble.wrong(place, value, "true or false");
  out = value.get_bool();
  return true;
}

bool read_whole(Trouble& trouble, Place const& place, json::value const& value, std::int64_t low, std::int64_t high,
                std::int64_t& out) {
  constexpr double exact_max = 9e15;
  bool good = value.is_int64();
  if (good) {
    out = value.get_int64();
  } else if (value.is_uint64()) {  // of values that were made, not parsed
    good = value.get_uint64() <= INT64_MAX;
    if (good) out = static_cast<std::int64_t>(value.get_uint64());
  } else if (value.is_double()) {
    double const number = value.get_double();
    good = std::fabs(number) < exact_max && number == std::floor(number);
    if (good) out = static_cast<std::int64_t>(number);
  }
  if (good && out >= low && out <= high) return true;
  return trouble.wrong(place, value, fmt::format("a whole number from {} to {}", low, high));
}

bool ObjectReader::open(json::value const& value) {
  object_ = value.if_object();
  return object_ != nullptr || trouble_.wrong(place_, value, "an object");
}

json::value const* ObjectReader::find(std::string_view name) {
  json::value const* const value = object_->if_contains({name.data(), name.size()});
  bool const first = std::ranges::find(asked_, name) == asked_.end();
  if (first) asked_.push_back(name);
  if (value == nullptr) return nullptr;
  if (first) ++found_;
  return value->is_null() ? nullptr : value;
}

json::value const* ObjectReader::need(std::string_view name) {
  json::value const* const value = find(name);
  if (value == nullptr) trouble_.missing(place_, name);
  return value;
}

bool ObjectReader::close() {
  if (found_ == object_->size()) return true;
  for (auto const& [key, value] : *object_) {
    std::string_view const name{key.data(), key.size()};
    if (std::ranges::find(asked_, name) == asked_.end())
      return trouble_.fail(place_.field(name), "unknown field");
  }
  return true;
}

}  // namespace rapport::centre

#include "server/api/body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

std::string_view kind_of(json::value const& value) {
  switch (value.kind()) {
    case json::kind::null:
      return "null";
    case json::kind::bool_:
      return "true or false";
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
      return "a number";
    case json::kind::string:
      return "text";
    case json::kind::array:
      return "a list";
    case json::kind::object:
      return "an object";
  }
  return "something else";
}

}  // namespace

Body::Body(std::string_view text) {
  json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code failed;
  json::value parsed = json::parse({text.data(), text.size()}, failed, {}, options);
  if (failed || !parsed.is_object()) {
    is_json_ = false;
    problem_ = failed ? "the body: expected a JSON object, " + failed.message() : "the body: expected a JSON object";
    return;
  }
  object_ = std::move(parsed.get_object());
}

json::value const* Body::find(std::string_view field) {
  read_.emplace_back(field);
  json::value const* const value = object_.if_contains(field);
  return value != nullptr && value->is_null() ? nullptr : value;
}

bool Body::has(std::string_view field) const {
  json::value const* const value = object_.if_contains(field);
  return value != nullptr && !value->is_null();
}

void Body::wrong(std::string detail) {
  if (!problem_) problem_ = std::move(detail);
}

std::string Body::text(std::string_view field, std::size_t bytes_max) {
  std::string found = text_or(field, {}, bytes_max);
  if (found.empty()) wrong(fmt::format("{}: missing, expected text", field));
  return found;
}

std::string Body::text_or(std::string_view field, std::string other, std::size_t bytes_max) {
  json::value const* const value = find(field);
  if (value == nullptr) return other;
  if (!value->is_string()) {
    wrong(fmt::format("{}: found {}, expected text", field, kind_of(*value)));
    return other;
  }
  json::string const& found = value->get_string();
  if (found.size() > bytes_max) wrong(fmt::format("{}: {} bytes, expected at most {}", field, found.size(), bytes_max));
  return {found.data(), found.size()};
}

std::string Body::words(std::string_view field, std::size_t bytes_max) { return centre::mask_cards(text(field, bytes_max)).text; }

std::string Body::words_or(std::string_view field, std::string other, std::size_t bytes_max) {
  return centre::mask_cards(text_or(field, std::move(other), bytes_max)).text;
}

std::optional<std::int64_t> Body::whole(std::string_view field, std::int64_t least, std::int64_t most) {
  json::value const* const value = find(field);
  if (value == nullptr) return std::nullopt;
  if (!value->is_int64() || value->get_int64() < least || value->get_int64() > most) {
    wrong(fmt::format("{}: expected a whole number from {} to {}", field, least, most));
    return std::nullopt;
  }
  return value->get_int64();
}

bool Body::flag_or(std::string_view field, bool other) {
  json::value const* const value = find(field);
  if (value == nullptr) return other;
  if (!value->is_bool()) {
    wrong(fmt::format("{}: found {}, expected true or false", field, kind_of(*value)));
    return other;
  }
  return value->get_bool();
}

std::vector<std::string> Body::texts(std::string_view field, std::size_t count_max) {
  std::vector<std::string> found;
  json::array const* const list = array(field);
  if (list == nullptr) return found;
  if (list->size() > count_max) wrong(fmt::format("{}: {} entries, expected at most {}", field, list->size(), count_max));
  for (json::value const& entry : *list) {
    if (!entry.is_string()) {
      wrong(fmt::format("{}: found {} in the list, expected text", field, kind_of(entry)));
      return found;
    }
    found.emplace_back(entry.get_string().data(), entry.get_string().size());
  }
  return found;
}

std::optional<base::Instant> Body::instant(std::string_view field) {
  if (!has(field)) return std::nullopt;
  std::string const found = text_or(field, {});
  auto const moment = base::parse_rfc3339(found);
  if (!moment) {
    wrong(fmt::format("{}: {}", field, moment.error().message));
    return std::nullopt;
  }
  return *moment;
}

std::string Body::one_of(std::string_view field, std::initializer_list<std::string_view> words) {
  std::string const found = text_or(field, {});
  if (std::ranges::find(words, found) == words.end()) {
    wrong(fmt::format("{}: found \"{}\", expected one of {}", field, found, fmt::join(words, ", ")));
  }
  return found;
}

json::object const* Body::object(std::string_view field) {
  json::value const* const value = find(field);
  if (value == nullptr) return nullptr;
  if (!value->is_object()) wrong(fmt::format("{}: found {}, expected an object", field, kind_of(*value)));
  return value->if_object();
}

json::array const* Body::array(std::string_view field) {
  json::value const* const value = find(field);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) wrong(fmt::format("{}: found {}, expected a list", field, kind_of(*value)));
  return value->if_array();
}

void Body::expect_no_more() {
  for (json::key_value_pair const& field : object_) {
    std::string_view const name{field.key().data(), field.key().size()};
    if (std::ranges::find(read_, name) == read_.end()) return wrong(fmt::format("{}: an unknown field", name));
  }
}

std::optional<std::string> query_text(http::Request const& request, std::string_view name) {
  auto const text = request.query.find(name);
  if (!text) return std::nullopt;
  return std::string{*text};
}

std::optional<std::int64_t> query_whole(http::Request const& request, std::string_view name, std::int64_t least,
                                        std::int64_t most, std::int64_t other) {
  auto const text = request.query.find(name);
  if (!text) return other;
  std::int64_t value = 0;
  auto const [end, failed] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (failed != std::errc{} || end != text->data() + text->size() || value < least || value > most) return std::nullopt;
  return value;
}

}  // namespace rapport::server::api

#include "people/json_body.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace rapport::people {

std::optional<boost::json::object> parse_object(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 8;
  boost::json::error_code error;
  boost::json::value value = boost::json::parse(text, error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::string text_of(boost::json::object const& object, std::string_view key) {
  auto const* const value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return {};
  auto const& text = value->get_string();
  return std::string{text.data(), text.size()};
}

std::optional<std::int64_t> number_of(boost::json::object const& object, std::string_view key) {
  auto const* const value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

bool flag_of(boost::json::object const& object, std::string_view key) {
  auto const* const value = object.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::vector<std::string> texts_of(boost::json::object const& object, std::string_view key) {
  std::vector<std::string> texts;
  auto const* const value = object.if_contains(key);
  if (value == nullptr || !value->is_array()) return texts;
  for (auto const& item : value->get_array()) {
    if (item.is_string()) texts.emplace_back(item.get_string().data(), item.get_string().size());
  }
  return texts;
}

base::Instant instant_of(boost::json::object const& object, std::string_view key) {
  return {number_of(object, key).value_or(0)};
}

boost::json::array array_of(std::vector<std::string> const& texts) {
  boost::json::array array;
  for (std::string const& text : texts) array.emplace_back(text);
  return array;
}

}  // namespace rapport::people

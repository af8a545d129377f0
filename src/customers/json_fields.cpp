#include "customers/json_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/limits.hpp"

namespace rapport::customers {

JsonFields::JsonFields(boost::json::value const& value, std::string path, std::optional<base::Error>& problem)
    : object_(value.if_object()), path_(std::move(path)), problem_(problem) {
  if (object_ == nullptr && !problem_) problem_ = base::Error{fmt::format("{}: expected an object", path_.empty() ? "the document" : path_)};
}

void JsonFields::refuse(std::string_view field, std::string_view what) {
  if (problem_) return;
  std::string_view const shown = field.substr(0, 80);
  problem_ = base::Error{path_.empty() ? fmt::format("{}: {}", shown, what) : fmt::format("{}.{}: {}", path_, shown, what)};
}

boost::json::value const* JsonFields::take(std::string_view field) {
  asked_.push_back(field);
  return object_ == nullptr ? nullptr : object_->if_contains(field);
}

std::string JsonFields::text(std::string_view field, std::size_t bytes_max) {
  boost::json::value const* const value = take(field);
  if (value == nullptr) return {};
  boost::json::string const* const text = value->if_string();
  if (text == nullptr) {
    refuse(field, "expected text");
    return {};
  }
  if (text->size() > bytes_max) {
    refuse(field, fmt::format("longer than {} bytes", bytes_max));
    return {};
  }
  return std::string{std::string_view{*text}};
}

std::string JsonFields::required_text(std::string_view field, std::size_t bytes_max) {
  std::string read = text(field, bytes_max);
  if (read.empty()) refuse(field, "expected text that is not empty");
  return read;
}

bool JsonFields::boolean(std::string_view field) {
  boost::json::value const* const value = take(field);
  if (value == nullptr) return false;
  if (!value->is_bool()) refuse(field, "expected true or false");
  return value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> JsonFields::integer(std::string_view field) {
  boost::json::value const* const value = take(field);
  if (value == nullptr) return std::nullopt;
  std::int64_t const* const integer = value->if_int64();
  if (integer == nullptr) {
    refuse(field, "expected a whole number");
    return std::nullopt;
  }
  return *integer;
}

std::uint32_t JsonFields::count(std::string_view field) {
  std::int64_t const read = integer(field).value_or(0);
  if (read < 0 || read > std::numeric_limits<std::int32_t>::max()) {
    refuse(field, "expected a count");
    return 0;
  }
  return static_cast<std::uint32_t>(read);
}

std::optional<base::Instant> JsonFields::instant(std::string_view field) {
  boost::json::value const* const value = take(field);
  if (value == nullptr) return std::nullopt;
  boost::json::string const* const text = value->if_string();
  if (text == nullptr) {
    refuse(field, "expected a date and time in RFC 3339");
    return std::nullopt;
  }
  auto const read = base::parse_rfc3339(*text);
  if (!read) {
    refuse(field, read.error().message);
    return std::nullopt;
  }
  return *read;
}

base::Instant JsonFields::required_instant(std::string_view field) {
  auto const read = instant(field);
  if (!read) refuse(field, "expected a date and time in RFC 3339");
  return read.value_or(base::Instant{});
}

void JsonFields::list(std::string_view field, std::size_t most,
                      std::function<void(boost::json::value const&, std::string const& path)> const& read) {
  boost::json::value const* const value = take(field);
  if (value == nullptr) return;
  boost::json::array const* const items = value->if_array();
  if (items == nullptr) return refuse(field, "expected a list");
  if (items->size() > most) return refuse(field, fmt::format("more than {} items", most));
  for (std::size_t i = 0; i < items->size() && !problem_; ++i) {
    read((*items)[i], fmt::format("{}{}{}[{}]", path_, path_.empty() ? "" : ".", field, i));
  }
}

std::vector<std::string> JsonFields::texts(std::string_view field, std::size_t most, std::size_t bytes_max) {
  std::vector<std::string> all;
  list(field, most, [&](boost::json::value const& item, std::string const& path) {
    boost::json::string const* const text = item.if_string();
    if (text == nullptr || text->empty() || text->size() > bytes_max) {
      problem_ = base::Error{fmt::format("{}: expected text of 1 to {} bytes", path, bytes_max)};
      return;
    }
    all.emplace_back(std::string_view{*text});
  });
  return all;
}

void JsonFields::finish() {
  if (object_ == nullptr) return;
  for (auto const& field : *object_) {
    if (std::ranges::find(asked_, std::string_view{field.key()}) == asked_.end()) return refuse(field.key(), "unknown field");
  }
}

base::Result<boost::json::value> parse_document(std::string_view text, std::string_view kind, std::size_t bytes_max) {
  if (text.size() > bytes_max) return base::Error{fmt::format("{}: longer than {} bytes", kind, bytes_max)};
  boost::json::parse_options options;
  options.max_depth = limits::json_depth_max;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text, error, {}, options);
  if (error) return base::Error{fmt::format("{}: no JSON: {}", kind, error.message())};
  return value;
}

}  // namespace rapport::customers

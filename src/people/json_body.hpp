#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

/// Reading of JSON with a fixed shape: bodies of our own documents and claims of signed tokens.
/// A member that is absent or of another type reads as empty, zero or nothing.
namespace rapport::people {

/// The object that the text is, at most eight deep; nothing if it is none.
std::optional<boost::json::object> parse_object(std::string_view text);

std::string text_of(boost::json::object const& object, std::string_view key);
std::optional<std::int64_t> number_of(boost::json::object const& object, std::string_view key);
bool flag_of(boost::json::object const& object, std::string_view key);
std::vector<std::string> texts_of(boost::json::object const& object, std::string_view key);
/// Milliseconds since 1970.
base::Instant instant_of(boost::json::object const& object, std::string_view key);

boost::json::array array_of(std::vector<std::string> const& texts);

}  // namespace rapport::people

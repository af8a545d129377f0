#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "records/document.hpp"

namespace rapport::server::api {

/// The JSON object that a document's body is; nothing if it is none (its person was erased).
std::optional<boost::json::object> body_of(records::Document const& document);

/// A text field; `other` where it is absent, empty or no text.
std::string text_or(boost::json::object const& body, std::string_view field, std::string other);

}  // namespace rapport::server::api

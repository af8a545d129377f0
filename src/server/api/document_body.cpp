#include "server/api/document_body.hpp"

#include <boost/json.hpp>
#include <utility>

namespace rapport::server::api {
namespace json = boost::json;

std::optional<json::object> body_of(records::Document const& document) {
  boost::system::error_code failed;
  json::value parsed = json::parse(document.body, failed);
  if (failed || !parsed.is_object()) return std::nullopt;
  return std::move(parsed.get_object());
}

std::string text_or(json::object const& body, std::string_view field, std::string other) {
  json::value const* const value = body.if_contains(field);
  if (value == nullptr || !value->is_string() || value->get_string().empty()) return other;
  return {value->get_string().data(), value->get_string().size()};
}

}  // namespace rapport::server::api

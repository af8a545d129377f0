#include "server/http/response.hpp"

#include "server/http/byte_range.hpp"
#include "server/http/text.hpp"

namespace rapport::server::http {

std::string_view reason(int status) {
  switch (status) {
    case status::ok:
      return "OK";
    case status::created:
      return "Created";
    case status::accepted:
      return "Accepted";
    case status::no_content:
      return "No Content";
    case status::partial_content:
      return "Partial Content";
    case status::moved:
      return "Moved Permanently";
    case status::see_other:
      return "See Other";
    case status::not_modified:
      return "Not Modified";
    case status::bad_request:
      return "Bad Request";
    case status::unauthorised:
      return "Unauthorized";
    case status::forbidden:
      return "Forbidden";
    case status::not_found:
      return "Not Found";
    case status::method_not_allowed:
      return "Method Not Allowed";
    case status::not_acceptable:
      return "Not Acceptable";
    case status::timed_out:
      return "Request Timeout";
    case status::conflict:
      return "Conflict";
    case status::gone:
      return "Gone";
    case status::length_required:
      return "Length Required";
    case status::precondition_failed:
      return "Precondition Failed";
    case status::body_too_large:
      return "Content Too Large";
    case status::target_too_long:
      return "URI Too Long";
    case status::unsupported_media:
      return "Unsupported Media Type";
    case status::range_not_satisfiable:
      return "Range Not Satisfiable";
    case status::unprocessable:
      return "Unprocessable Content";
    case status::upgrade_required:
      return "Upgrade Required";
    case status::precondition_required:
      return "Precondition Required";
    case status::too_many_requests:
      return "Too Many Requests";
    case status::headers_too_large:
      return "Request Header Fields Too Large";
    case status::internal_error:
      return "Internal Server Error";
    case status::not_implemented:
      return "Not Implemented";
    case status::unavailable:
      return "Service Unavailable";
    case status::version_not_supported:
      return "HTTP Version Not Supported";
    default:
      return "Unknown";
  }
}

std::optional<std::string_view> Response::header(std::string_view name) const {
  for (auto const& [key, value] : headers) {
    if (same_token(key, name)) return value;
  }
  return std::nullopt;
}

}  // namespace rapport::server::http

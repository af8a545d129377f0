#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport::server::http {

/// Status codes by name, those that the product uses.
namespace status {
inline constexpr int ok = 200, created = 201, accepted = 202, no_content = 204, moved = 301, see_other = 303,
                     not_modified = 304, bad_request = 400, unauthorised = 401, forbidden = 403, not_found = 404,
                     method_not_allowed = 405, not_acceptable = 406, timed_out = 408, conflict = 409, gone = 410,
                     length_required = 411, precondition_failed = 412, body_too_large = 413, target_too_long = 414,
                     unsupported_media = 415, unprocessable = 422, upgrade_required = 426, precondition_required = 428,
                     too_many_requests = 429, headers_too_large = 431, internal_error = 500, not_implemented = 501,
                     unavailable = 503, version_not_supported = 505;
}  // namespace status

/// The reason phrase of a status code ("Not Found"); "Unknown" for codes that the product does not use.
std::string_view reason(int status);

/// An answer. The listener adds Date, Content-Length, Connection, X-Request-Id and the security
/// headers that a handler did not set itself (security_headers.hpp).
struct Response {
  int status = status::ok;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names as they go out; never Content-Type or -Length
  std::string content_type;                                  ///< empty: no Content-Type header
  std::string body;

  /// Adds a header. A line break or other control character in a header turns the whole answer into
  /// a 500 when it is written: nothing of the outside can forge one.
  Response& with(std::string name, std::string value) & {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  Response&& with(std::string name, std::string value) && {
    return std::move(this->with(std::move(name), std::move(value)));
  }

  /// The first value of a header set here, name compared without regard to case.
  std::optional<std::string_view> header(std::string_view name) const;

  static Response json(std::string body, int status = status::ok) { return {status, {}, "application/json", std::move(body)}; }
  static Response text(std::string body, int status = status::ok) {
    return {status, {}, "text/plain; charset=utf-8", std::move(body)};
  }
  static Response empty(int status = status::no_content) { return {status, {}, {}, {}}; }
};

}  // namespace rapport::server::http

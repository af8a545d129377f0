#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rapport::server::http {

/// The methods that the server knows; another one is answered with 501.
enum class Method : std::uint8_t { get,
                                   head,
                                   post,
                                   put,
                                   patch,
                                   remove,
                                   options };
inline constexpr std::size_t method_count = static_cast<std::size_t>(Method::options) + 1;

/// As it stands on the wire: "GET", "DELETE" for `remove`.
std::string_view name(Method method);
std::optional<Method> parse_method(std::string_view text);

/// Names and values in the order in which they came; a name may come twice.
class Fields {
 public:
  using Entry = std::pair<std::string, std::string>;

  void add(std::string name, std::string value) { entries_.emplace_back(std::move(name), std::move(value)); }
  /// The first value of that exact name, or nothing. Valid as long as the fields are.
  std::optional<std::string_view> find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  std::vector<Entry> const& entries() const { return entries_; }
  bool operator==(Fields const&) const = default;

 private:
  std::vector<Entry> entries_;
};

/// One request as a handler gets it: whole, within every limit, its path and query decoded. A value:
/// it holds nothing of the connection and may move to any thread.
struct Request {
  Method method = Method::get;
  std::string path;            ///< decoded and valid UTF-8, "/api/v1/queues/Sales": for logs, not for matching
  std::string route;           ///< the template it matched, "/api/v1/queues/{id}"
  Fields path_parameters;      ///< decoded, by the template's names
  Fields query;                ///< decoded as application/x-www-form-urlencoded: "+" is a space
  Fields headers;              ///< names in lower case, values without the spaces around them
  std::string body;            ///< chunks joined; empty where there was none
  std::string remote_address;  ///< of the client, without port: "192.0.2.7", "2001:db8::1"
  bool secure = false;         ///< came by TLS, or a trusted proxy says that it did
  std::string id;              ///< unique within this process; the answer carries it as X-Request-Id

  /// The header's first value. REQUIRES: `name` in lower case.
  std::optional<std::string_view> header(std::string_view name) const { return headers.find(name); }
  /// The path parameter's value. REQUIRES: the route's template has it.
  std::string const& parameter(std::string_view name) const;
};

/// The value of a cookie of that name (RFC 6265, section 4.2), or nothing.
std::optional<std::string_view> cookie(Request const& request, std::string_view name);

}  // namespace rapport::server::http

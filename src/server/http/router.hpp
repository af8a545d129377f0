#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http/reply.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::http {

/// What one route allows, where it is not the default.
struct RouteOptions {
  std::size_t body_bytes_max = limits::http_body_bytes_max;
  base::Millis handler_ms = limits::http_handler_ms;  ///< until the reply; then the client gets 503
  /// Pages of other sites may ask and read the answer (CORS). Only for routes that look at no cookie.
  bool any_origin = false;
};

/// One method on one path template.
struct Route {
  Method method = Method::get;
  std::string path;  ///< the template, "/api/v1/queues/{id}"
  std::vector<std::string> parameters;
  RouteOptions options;
  Handler handler;         ///< empty for an upgrade
  UpgradeHandler upgrade;  ///< of a WebSocket route (its method is GET)
  std::size_t number = 0;  ///< in order of addition, without gaps
};

/// A template's segments: literals, and names of parameters (which take one whole segment).
struct TemplateSegment {
  bool parameter = false;
  std::string text;

  bool operator==(TemplateSegment const&) const = default;
};

/// Reads "/api/v1/queues/{id}": segments of unreserved characters and ":", or "{name}" with a name of
/// lower-case letters, digits and "_"; "/" alone is one empty segment. Error: what is wrong with it.
base::Result<std::vector<TemplateSegment>> parse_template(std::string_view text);

/// Where a request leads. The pointer lives as long as the router.
struct Found {
  Route const* route = nullptr;
  Fields parameters;
};
struct NoSuchPath {};
struct NoSuchMethod {
  std::string allow;  ///< "GET, HEAD, OPTIONS", for the Allow header
};
struct AskedOptions {
  std::string allow;
  bool any_origin = false;  ///< one of the methods at least may be asked from other sites' pages
};
using Match = std::variant<Found, NoSuchPath, NoSuchMethod, AskedOptions>;

/// From method and path to handler. Filled before the listener starts, unchanged after: then any
/// thread may ask. The time of a look-up depends on the path's segments, not on the number of routes;
/// a literal wins over a parameter, segment by segment from the left.
class Router {
 public:
  Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  /// REQUIRES: a well-formed template that has no such method yet; method is neither HEAD (GET
  /// serves it) nor OPTIONS (the router answers it).
  void add(Method method, std::string_view path, Handler handler, RouteOptions options = {});
  /// A WebSocket route. A plain GET of it is answered with 426. REQUIRES: as add() with GET.
  void add_upgrade(std::string_view path, UpgradeHandler handler);

  /// What serves every path that has no route, whatever the method; without one they are NoSuchPath.
  /// Its template is "/*". REQUIRES: called once at most.
  void otherwise(Handler handler);

  /// HEAD finds the route of GET. `segments` are decoded (Target::segments).
  Match match(Method method, std::vector<std::string> const& segments) const;

  /// All routes in order of addition.
  std::vector<std::unique_ptr<Route const>> const& routes() const { return routes_; }

 private:
  struct Node;
  void insert(std::unique_ptr<Route> route);

  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route const>> routes_;
  Route const* otherwise_ = nullptr;  // one of routes_
};

}  // namespace rapport::server::http

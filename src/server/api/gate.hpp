#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "people/bearers.hpp"
#include "server/api/services.hpp"
#include "server/http/problem.hpp"
#include "server/http/router.hpp"

namespace rapport::server::api {

/// A request of somebody who is known and may ask.
struct Asked {
  http::Request request;
  std::shared_ptr<people::Authenticated const> who;
  base::Instant now;

  people::Principal const& principal() const { return who->principal; }
  people::Actor actor() const { return {who->principal, request.remote_address}; }
};

/// Who may pass a route: any user who is logged in, or those with a permission (any of these).
struct Pass {
  std::vector<people::Permission> any_of{};
};

/// Puts routes behind authentication: the session's cookie (with its CSRF token on whatever changes
/// something), an API token, or a customer's own session. 401 without, 403 without the permission. Filled before the listener
/// starts.
class Gate {
 public:
  /// Blocks: runs on the readers' pool.
  using Answering = std::function<http::Response(Asked const&)>;
  /// Must not block: runs where the request came in.
  using Passing = std::function<void(Asked&&, http::Reply)>;

  Gate(http::Router& router, Services const& services) : router_(router), services_(services) {}

  void answer(http::Method method, std::string_view path, Pass pass, Answering answering, http::RouteOptions options = {});
  void pass_on(http::Method method, std::string_view path, Pass pass, Passing passing, http::RouteOptions options = {});
  /// Without credentials: login, health. Blocks, on the pool given.
  void open(http::Method method, std::string_view path, http::WorkerPool& pool,
            std::function<http::Response(http::Request const&)> answering, http::RouteOptions options = {});
  /// The same where the answer comes later, from another thread.
  void open(http::Method method, std::string_view path, http::WorkerPool& pool,
            std::function<void(http::Request const&, http::Reply)> passing, http::RouteOptions options = {});

  Services& services() { return services_; }
  http::Router& router() { return router_; }

  /// Who asks, if that is known without reading the store; nothing says nothing.
  std::shared_ptr<people::Authenticated const> known(http::Request const& request) const;
  /// Reads the store where needed. 401: nobody; 503: who it is cannot be known now.
  base::Result<std::shared_ptr<people::Authenticated const>, http::Problem> authenticate(http::Request const& request) const;

 private:
  http::Router& router_;
  Services services_;
};

/// What stands behind "Authorization: Bearer "; empty without.
std::string_view bearer_secret(http::Request const& request);

inline constexpr std::string_view session_cookie = "rapport_session";
inline constexpr std::string_view csrf_header = "x-csrf-token";

}  // namespace rapport::server::api

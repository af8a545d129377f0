#include "server/api/operating.hpp"

#include <boost/json.hpp>
#include <utility>

#include "people/secret.hpp"
#include "server/api/problems.hpp"
#include "server/http/client_address.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Request;
using http::Response;
namespace status = http::status;

/// Whether somebody may look at the server's own state; anybody with a login, where no permission is named.
bool may_look(Gate const& gate, Operating const& operating, Request const& request, std::optional<people::Permission> needed) {
  if (http::is_loopback(request.remote_address)) return true;
  std::string const& token = operating.metrics_token;
  if (!token.empty() && people::equal_in_constant_time(bearer_secret(request), token)) return true;
  auto const who = gate.authenticate(request);
  return who && (!needed || people::may((*who)->principal, *needed));
}

}  // namespace

void add_operating(Gate& gate, Operating operating) {
  auto const add = [&gate, operating](std::string_view path, std::function<Response()> answer,
                                      std::optional<people::Permission> needed = people::Permission::operate_metrics) {
    gate.open(Method::get, path, gate.services().readers, [&gate, operating, needed, answer = std::move(answer)](Request const& request) {
      return may_look(gate, operating, request, needed) ? answer() : unauthenticated().response();
    });
  };
  add("/health/live", [] { return Response::json(R"({"status":"live"})"); });
  add("/health/ready", [ready = operating.ready] {
    return ready() ? Response::json(R"({"status":"ready"})") : Response::json(R"({"status":"unavailable"})", status::unavailable);
  });
  add("/metrics", [&gate] {
    Response response = Response::text(gate.services().metrics.text());
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    return response;
  });
  add("/api/v1/openapi.json", [] { return Response::json(openapi()); }, std::nullopt);
}

}  // namespace rapport::server::api

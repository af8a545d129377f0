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

/// Whoever may look at the server's own state.
bool may_look(Gate const& gate, Operating const& operating, Request const& request) {
  if (http::is_loopback(request.remote_address)) return true;
  std::string const& token = operating.metrics_token;
  if (!token.empty() && people::equal_in_constant_time(bearer_secret(request), token)) return true;
  auto const who = gate.authenticate(request);
  return who && people::may((*who)->principal, people::Permission::operate_metrics);
}

}  // namespace

void add_operating(Gate& gate, Operating operating) {
  auto const add = [&gate, operating](std::string_view path, std::function<Response()> answer) {
    gate.open(Method::get, path, gate.services().readers, [&gate, operating, answer = std::move(answer)](Request const& request) {
      return may_look(gate, operating, request) ? answer() : unauthenticated().response();
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
  add("/api/v1/openapi.json", [] { return Response::json(openapi()); });
}

}  // namespace rapport::server::api

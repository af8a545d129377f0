#include "server/api/operating.hpp"

#include <boost/json.hpp>
#include <utility>

#include "server/api/problems.hpp"
#include "server/api/same_text.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Request;
using http::Response;
namespace status = http::status;

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

/// Whoever may look at the server's own state.
bool may_look(Gate const& gate, Operating const& operating, Request const& request) {
  if (is_loopback(request.remote_address)) return true;
  constexpr std::string_view scheme = "Bearer ";
  auto const header = request.header("authorization").value_or("");
  bool const given = header.starts_with(scheme) && !operating.metrics_token.empty();
  if (given && same_text(header.substr(scheme.size()), operating.metrics_token)) return true;
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

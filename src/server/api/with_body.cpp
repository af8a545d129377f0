#include "server/api/with_body.hpp"

#include "server/api/problems.hpp"

namespace rapport::server::api {

http::Response with_body(std::string_view text, std::function<http::Response(Body&)> const& work) {
  Body body{text.empty() ? std::string_view{"{}"} : text};
  if (!body.is_json()) return malformed(*body.problem()).response();
  return work(body);
}

std::optional<http::Response> wrong(Body& body) {
  body.expect_no_more();
  if (!body.problem()) return std::nullopt;
  return invalid(*body.problem()).response();
}

}  // namespace rapport::server::api

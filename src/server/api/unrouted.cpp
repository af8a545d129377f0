#include "server/api/unrouted.hpp"

#include <memory>
#include <utility>

#include "server/api/problems.hpp"

namespace rapport::server::api {

namespace {

http::Response nothing_there() {
  return http::Problem{http::status::not_found, "no_such_path", {}, "nothing is served at this address", {}, {}}.response();
}

/// Whoever is not known does not learn which addresses there are.
void refuse(Gate& gate, http::Request&& request, http::Reply reply) {
  if (gate.known(request)) return reply(nothing_there());
  auto const waiting = std::make_shared<http::Reply>(std::move(reply));
  bool const taken = gate.services().readers.submit([&gate, waiting, request = std::move(request)] {
    auto const who = gate.authenticate(request);
    (*waiting)(who ? nothing_there() : who.error().response());
  });
  if (!taken) (*waiting)(http::WorkerPool::busy());
}

}  // namespace

void add_unrouted(Gate& gate, web::Pages const& pages) {
  gate.router().otherwise([&gate, &pages](http::Request&& request, http::Reply reply) {
    if (request.path.starts_with("/api/")) return refuse(gate, std::move(request), std::move(reply));
    reply(pages.answer(request));
  });
}

}  // namespace rapport::server::api

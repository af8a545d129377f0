#include "server/api/gate.hpp"

#include <algorithm>
#include <utility>

#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

/// The secret that a request acts by, and whose it is to know.
struct Presented {
  std::string_view secret;
  bool by_cookie = false;
};

std::optional<Presented> presented_by(http::Request const& request) {
  if (std::string_view const secret = bearer_secret(request); !secret.empty()) return Presented{secret, false};
  if (auto const secret = http::cookie(request, session_cookie)) return Presented{*secret, true};
  return std::nullopt;
}

bool changes_something(http::Method method) { return method != http::Method::get && method != http::Method::head; }

/// Another site's page can make a browser send the cookie, but cannot read the token.
bool forged(http::Request const& request) {
  auto const presented = presented_by(request);
  if (!presented || !presented->by_cookie || !changes_something(request.method)) return false;
  auto const token = request.header(csrf_header);
  return !token || !people::csrf_token_fits(presented->secret, *token);
}

bool may_pass(people::Principal const& principal, Pass const& pass) {
  if (pass.any_of.empty()) return principal.kind != people::Principal::Kind::customer;  // users and their tokens
  return std::ranges::any_of(pass.any_of, [&](people::Permission permission) { return people::may(principal, permission); });
}

std::string wanted(Pass const& pass) {
  if (pass.any_of.empty()) return "needs a user's login or token";
  std::string names;
  for (people::Permission const permission : pass.any_of) {
    if (!names.empty()) names += " or ";
    names += people::name(permission);
  }
  return "needs " + names;
}

/// Why somebody who is known does not pass; nothing: they do.
std::optional<http::Problem> refuse(http::Request const& request, people::Principal const& principal, Pass const& pass) {
  if (forged(request)) return forbidden("X-CSRF-Token: expected the session's token");
  if (!may_pass(principal, pass)) return forbidden(wanted(pass));
  return std::nullopt;
}

http::Response guarded(Gate::Answering const& answering, Asked const& asked, Pass const& pass) {
  if (auto const problem = refuse(asked.request, asked.principal(), pass)) return problem->response();
  return answering(asked);
}

/// A customer's session is signed and not stored: its signature says who bears it.
std::shared_ptr<people::Authenticated const> customer_of(Services const& services, std::string_view secret) {
  auto const session = services.customers.verify(secret, services.clock());
  if (!session) return nullptr;
  auto who = std::make_shared<people::Authenticated>();
  who->principal = people::principal_of(*session);
  who->bearer.id = who->principal.id;
  return who;
}

bool is_customers(Presented const& presented) { return !presented.by_cookie && presented.secret.starts_with(people::customer_token_prefix); }

}  // namespace

std::string_view bearer_secret(http::Request const& request) {
  constexpr std::string_view scheme = "Bearer ";
  auto const header = request.header("authorization").value_or("");
  return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view{};
}

std::shared_ptr<people::Authenticated const> Gate::known(http::Request const& request) const {
  auto const presented = presented_by(request);
  if (!presented) return nullptr;
  if (is_customers(*presented)) return customer_of(services_, presented->secret);
  base::Instant const now = services_.clock();
  people::Bearers& bearers = presented->by_cookie ? static_cast<people::Bearers&>(services_.sessions) : services_.tokens;
  return bearers.authenticate_cached(presented->secret, now);
}

base::Result<std::shared_ptr<people::Authenticated const>, http::Problem> Gate::authenticate(http::Request const& request) const {
  auto const presented = presented_by(request);
  if (!presented) return unauthenticated();
  if (is_customers(*presented)) {
    auto who = customer_of(services_, presented->secret);
    if (!who) return unauthenticated();
    return who;
  }
  people::Bearers& bearers = presented->by_cookie ? static_cast<people::Bearers&>(services_.sessions) : services_.tokens;
  auto found = bearers.authenticate(presented->secret, services_.clock());
  if (found) return std::move(*found);
  if (found.error().refusal == people::Refusal::unauthenticated) return unauthenticated();
  return problem_of(found.error());
}

void Gate::answer(http::Method method, std::string_view path, Pass pass, Answering answering, http::RouteOptions options) {
  auto work = [this, pass = std::move(pass), answering = std::move(answering)](http::Request const& request, http::Reply reply) {
    auto who = authenticate(request);
    if (!who) return reply(who.error());
    reply(guarded(answering, Asked{request, std::move(*who), services_.clock()}, pass));
  };
  router_.add(method, path, [this, work](http::Request&& request, http::Reply reply) {
    if (!presented_by(request)) return reply(unauthenticated());
    services_.readers.serve(std::move(request), std::move(reply), work); }, options);
}

void Gate::pass_on(http::Method method, std::string_view path, Pass pass, Passing passing, http::RouteOptions options) {
  auto enter = [this, pass = std::move(pass), passing = std::move(passing)](
                   http::Request request, std::shared_ptr<people::Authenticated const> who, http::Reply reply) {
    if (auto const problem = refuse(request, who->principal, pass)) return reply(*problem);
    passing(Asked{std::move(request), std::move(who), services_.clock()}, std::move(reply));
  };
  router_.add(method, path, [this, enter](http::Request&& request, http::Reply reply) {
    if (!presented_by(request)) return reply(unauthenticated());
    if (auto who = known(request)) return enter(std::move(request), std::move(who), std::move(reply));
    services_.readers.serve(std::move(request), std::move(reply), [this, enter](http::Request const& asked, http::Reply answer) {
      auto who = authenticate(asked);
      if (!who) return answer(who.error());
      enter(asked, std::move(*who), std::move(answer));
    }); }, options);
}

void Gate::open(http::Method method, std::string_view path, http::WorkerPool& pool,
                std::function<http::Response(http::Request const&)> answering, http::RouteOptions options) {
  open(method, path, pool, [answering = std::move(answering)](http::Request const& request, http::Reply reply) { reply(answering(request)); }, options);
}

void Gate::open(http::Method method, std::string_view path, http::WorkerPool& pool,
                std::function<void(http::Request const&, http::Reply)> passing, http::RouteOptions options) {
  router_.add(method, path, http::blocking(pool, std::move(passing)), options);
}

}  // namespace rapport::server::api

#include "server/api/login.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <functional>
#include <utility>

#include "base/limits.hpp"
#include "server/api/people_json.hpp"
#include "server/api/problems.hpp"
#include "server/api/session_cookie.hpp"
#include "server/api/tell_agent.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
using people::Permission;
namespace status = http::status;

Response set_up(Services& services, Configuration const& configuration, PeopleServices const& people, http::Request const& request) {
  return with_body(request.body, [&](Body& body) {
    people::NewUser user;
    user.login = body.text("login", limits::login_bytes_max);
    user.name = body.text("name", limits::person_name_bytes_max);
    user.email = body.text_or("email", {}, limits::email_bytes_max);
    std::string const password = body.text("password", 4 * limits::password_characters_max);
    if (auto answer = wrong(body)) return *answer;
    auto made = people.accounts.create_first_administrator(std::move(user), password, request.remote_address, services.clock());
    if (!made) return problem_of(made.error()).response();
    tell_agent(services, configuration, *made);
    return Response::json(json::serialize(render(*made)), status::created);
  });
}

Response log_in(Services& services, PeopleServices const& people, http::Request const& request) {
  return with_body(request.body, [&](Body& body) {
    std::string const login = body.text("login", limits::login_bytes_max);
    std::string const password = body.text("password", 4 * limits::password_characters_max);
    std::string const code = body.text_or("code", {}, 64);
    if (auto answer = wrong(body)) return *answer;
    std::string_view const client = request.header("user-agent").value_or("");
    base::Instant const now = services.clock();
    auto session = people.login.log_in({login, password, code, request.remote_address, client}, now);
    if (!session) {
      Response refused = problem_of(session.error()).response();
      if (session.error().retry_after > 0) refused.with("Retry-After", std::to_string((session.error().retry_after + base::second - 1) / base::second));
      return refused;
    }
    json::object answer{{"csrf_token", session->csrf}, {"expires_at", base::format_rfc3339(session->expires_at)}, {"me", render(session->principal)}};
    return Response::json(json::serialize(answer)).with("Set-Cookie", session_cookie_of(session->secret, services.cookies_secure, session->expires_at - now));
  });
}

Response log_out(Services& services, Asked const& asked) {
  if (auto done = services.sessions.end(asked.actor(), asked.principal().user, asked.who->bearer.id, asked.now); !done) return problem_of(done.error()).response();
  services.signed_out(asked.who->bearer.id);
  return Response::empty().with("Set-Cookie", session_cookie_of("", services.cookies_secure, 0));
}

Response me(PeopleServices const& people, Asked const& asked) {
  json::object answer = render(asked.principal());
  answer["session"] = render(asked.who->bearer);
  if (auto const secret = http::cookie(asked.request, session_cookie)) answer["csrf_token"] = people::csrf_token(*secret);
  if (asked.principal().kind == people::Principal::Kind::user) {
    auto const set = people.second_factor.is_set(asked.principal().user);
    if (!set) return problem_of(set.error()).response();
    answer["second_factor"] = *set;
  }
  return Response::json(json::serialize(answer));
}

/// A token tells of no logins and ends none: whoever has it need not be its owner.
bool by_login(Asked const& asked) { return asked.principal().kind == people::Principal::Kind::user; }

Response list_sessions(Services& services, Asked const& asked) {
  if (!by_login(asked)) return forbidden("needs a user's login").response();
  auto const found = services.sessions.list(asked.principal().user, asked.now);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (people::Bearer const& bearer : *found) {
    json::object one = render(bearer);
    one["current"] = bearer.id == asked.who->bearer.id;
    items.push_back(std::move(one));
  }
  return Response::json(json::serialize(json::object{{"items", std::move(items)}, {"next", nullptr}}));
}

Response list_tokens(Services& services, Asked const& asked) {
  auto const found = services.tokens.list(asked.principal().user, asked.now);
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (people::Bearer const& bearer : *found) items.push_back(render(bearer));
  return Response::json(json::serialize(json::object{{"items", std::move(items)}, {"next", nullptr}}));
}

Response end_one(Services& services, people::Bearers& bearers, Asked const& asked) {
  std::string const& id = asked.request.parameter("id");
  if (auto const done = bearers.end(asked.actor(), asked.principal().user, id, asked.now); !done) return problem_of(done.error()).response();
  services.signed_out(id);
  return Response::empty();
}

Response issue_token(Services& services, Asked const& asked) {
  return with_body(asked.request.body, [&](Body& body) {
    people::NewToken wanted;
    wanted.name = body.text("name", limits::person_name_bytes_max);
    wanted.scopes = read_scopes(body);
    wanted.brand = body.text_or("brand", {}, 64);
    wanted.expires_at = body.instant("expires_at").value_or(asked.now + 90 * base::day);
    if (auto answer = wrong(body)) return *answer;
    auto issued = services.tokens.issue(asked.actor(), wanted, asked.now);
    if (!issued) return problem_of(issued.error()).response();
    json::object answer = render(issued->token);
    answer["secret"] = issued->secret;
    return Response::json(json::serialize(answer), status::created);
  });
}

void add_passwords(Gate& gate, PeopleServices people) {
  auto const change = [&gate, people](Asked const& asked) {
    return with_body(asked.request.body, [&](Body& body) {
      std::string const current = body.text("current", 4 * limits::password_characters_max);
      std::string const next = body.text("next", 4 * limits::password_characters_max);
      if (auto answer = wrong(body)) return *answer;
      auto const done = people.links.change_own(asked.actor(), current, next, asked.now);
      if (!done) return problem_of(done.error()).response();
      end_feeds(gate.services(), done->id);
      return Response::empty();
    });
  };
  gate.answer(Method::post, "/api/v1/me/password", {}, change);
  gate.open(Method::post, "/api/v1/password-resets", gate.services().hashers, [&gate, people](http::Request const& request) {
    return with_body(request.body, [&](Body& body) {
      std::string const login = body.text("login", limits::login_bytes_max);
      if (auto answer = wrong(body)) return *answer;
      // Whether the account exists shows in nothing: the work is done after the answer.
      auto work = [people, login, address = request.remote_address, now = gate.services().clock()] { (void)people.links.request_reset(login, address, now); };
      if (!gate.services().hashers.submit(std::move(work))) return http::WorkerPool::busy();
      return Response::empty(status::accepted);
    });
  });
  gate.open(Method::post, "/api/v1/password-resets/complete", gate.services().hashers, [&gate, people](http::Request const& request) {
    return with_body(request.body, [&](Body& body) {
      std::string const secret = body.text("secret", 200);
      std::string const password = body.text("password", 4 * limits::password_characters_max);
      if (auto answer = wrong(body)) return *answer;
      auto const done = people.links.set_by_link(secret, password, request.remote_address, gate.services().clock());
      if (!done) return problem_of(done.error()).response();
      end_feeds(gate.services(), done->id);
      return Response::empty();
    });
  });
}

void add_second_factor(Gate& gate, PeopleServices people) {
  gate.answer(Method::post, "/api/v1/me/second-factor", {}, [people](Asked const& asked) {
    auto const offer = people.second_factor.offer(asked.actor(), asked.now);
    if (!offer) return problem_of(offer.error()).response();
    return Response::json(json::serialize(json::object{{"key", offer->key}, {"uri", offer->uri}}), status::created);
  });
  gate.answer(Method::post, "/api/v1/me/second-factor/confirm", {}, [people](Asked const& asked) {
    return with_body(asked.request.body, [&](Body& body) {
      std::string const code = body.text("code", 64);
      if (auto answer = wrong(body)) return *answer;
      auto const codes = people.second_factor.confirm(asked.actor(), code, asked.now);
      if (!codes) return problem_of(codes.error()).response();
      json::array shown;
      for (std::string const& one : *codes) shown.emplace_back(one);
      return Response::json(json::serialize(json::object{{"recovery_codes", std::move(shown)}}));
    });
  });
  gate.answer(Method::post, "/api/v1/me/second-factor/remove", {}, [people](Asked const& asked) {
    return with_body(asked.request.body, [&](Body& body) {
      std::string const code = body.text("code", 64);
      if (auto answer = wrong(body)) return *answer;
      auto const done = people.second_factor.remove(asked.actor(), asked.principal().user, code, asked.now);
      return done ? Response::empty() : problem_of(done.error()).response();
    });
  });
}

}  // namespace

std::string session_cookie_of(std::string_view secret, bool secure, base::Millis age_ms) {
  return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", session_cookie, secret, age_ms / base::second, secure ? "; Secure" : "");
}

void add_login(Gate& gate, PeopleServices people, Configuration const& configuration) {
  Services& services = gate.services();
  gate.open(Method::get, "/api/v1/setup", services.readers, [people](http::Request const&) {
    auto const done = people.accounts.is_set_up();
    if (!done) return problem_of(done.error()).response();
    return Response::json(json::serialize(json::object{{"set_up", *done}}));
  });
  gate.open(Method::post, "/api/v1/setup", services.hashers, [&gate, people, &configuration](http::Request const& request) { return set_up(gate.services(), configuration, people, request); });
  gate.open(Method::post, "/api/v1/login", services.hashers, [&gate, people](http::Request const& request) { return log_in(gate.services(), people, request); });
  gate.answer(Method::post, "/api/v1/logout", {}, [&gate](Asked const& asked) { return log_out(gate.services(), asked); });
  gate.answer(Method::get, "/api/v1/me", {}, [people](Asked const& asked) { return me(people, asked); });
  gate.answer(Method::get, "/api/v1/me/sessions", {}, [&gate](Asked const& asked) { return list_sessions(gate.services(), asked); });
  gate.answer(Method::remove, "/api/v1/me/sessions/{id}", {}, [&gate](Asked const& asked) {
    return by_login(asked) ? end_one(gate.services(), gate.services().sessions, asked) : forbidden("needs a user's login").response();
  });
  Pass const own_tokens{{Permission::tokens_own}};
  gate.answer(Method::get, "/api/v1/me/tokens", own_tokens, [&gate](Asked const& asked) { return list_tokens(gate.services(), asked); });
  gate.answer(Method::post, "/api/v1/me/tokens", own_tokens, [&gate](Asked const& asked) { return issue_token(gate.services(), asked); });
  gate.answer(Method::remove, "/api/v1/me/tokens/{id}", own_tokens, [&gate](Asked const& asked) { return end_one(gate.services(), gate.services().tokens, asked); });
  add_passwords(gate, people);
  add_second_factor(gate, people);
}

}  // namespace rapport::server::api

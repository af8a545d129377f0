#include "server/api/customer_chat.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "people/customer_sessions.hpp"
#include "server/api/commands.hpp"
#include "server/api/problems.hpp"
#include "server/api/render.hpp"
#include "server/api/stored.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;
namespace status = http::status;

Pass own() { return {{people::Permission::conversation_own}}; }

/// The chat stands in pages of the brand's own sites.
constexpr http::RouteOptions any_origin{.any_origin = true};

centre::Actor customer_of(Asked const& asked) { return {centre::Actor::Kind::customer, asked.principal().id, std::nullopt}; }

json::object session_json(people::CustomerSessions const& sessions, people::CustomerSession const& session) {
  json::object made{{"token", sessions.issue(session)}, {"customer", session.customer}, {"expires_at", base::format_rfc3339(session.expires_at)}};
  if (!session.interaction.empty()) made["interaction"] = session.interaction;
  return made;
}

/// {"brand": …, "name": …}: anybody may begin; a visitor who only looks costs nothing that is kept.
Response begin(Services& services, people::CustomerSessions const& sessions, http::Request const& request) {
  return with_body(request.body, [&](Body& body) {
    people::CustomerSession session;
    session.brand = body.text("brand", 64);
    session.name = body.text_or("name", {}, limits::person_name_bytes_max);
    if (auto answer = wrong(body)) return *answer;
    auto const brand = services.store.document("brand", session.brand);
    if (!brand) return problem_of(brand.error()).response();
    if (!*brand) return problem_of(centre::Refused{centre::refused::unknown_brand, session.brand}).response();
    session.customer = people::anonymous_customer();
    session.expires_at = services.clock() + people::customer_session_life;
    return Response::json(json::serialize(session_json(sessions, session)), status::created);
  });
}

/// Starts the one conversation of the session; the answer holds the session's new token. With an
/// Idempotency-Key a repeat gives the same conversation: an answer that was lost starts none twice.
void start(Gate& gate, people::CustomerSessions const& sessions, Asked&& asked, http::Reply reply) {
  Body body{asked.request.body};
  if (!body.is_json()) return reply(malformed(*body.problem()));
  auto session = sessions.verify(bearer_secret(asked.request), asked.now);
  if (!session) return reply(unauthenticated());
  centre::StartInteraction command;
  command.head.channel = domain::Channel::chat;
  command.head.brand = session->brand;
  command.head.queue = body.text("queue", 64);
  command.head.language = body.text_or("language", {}, 35);
  command.customer = session->customer;
  domain::Participant customer;
  customer.id = "p1";
  customer.person = session->customer;
  customer.name = session->name;
  command.head.participants.push_back(std::move(customer));
  body.expect_no_more();
  if (body.problem()) return reply(invalid(*body.problem()));
  if (!session->interaction.empty()) return reply(problem_of(centre::Refused{centre::refused::interaction_exists, session->interaction}));
  auto told = [&sessions, begun = *session](centre::Outcome const& done) {
    people::CustomerSession now = begun;
    now.interaction = done.interaction;
    return session_json(sessions, now);
  };
  api::command(gate.services(), asked, std::move(reply), std::move(command), customer_of(asked), {http::status::created, std::move(told)});
}

/// A command about the session's own conversation.
void add(Gate& gate, std::string const& name, std::function<centre::Command(std::string const& interaction, Body&)> make) {
  gate.pass_on(Method::post, "/api/v1/conversation/" + name, own(), [&gate, make = std::move(make)](Asked&& asked, http::Reply reply) {
    std::string const interaction = asked.principal().interaction;
    if (interaction.empty()) return reply(not_found());
    Body body{asked.request.body.empty() ? std::string_view{"{}"} : std::string_view{asked.request.body}};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    centre::Command made = make(interaction, body);
    body.expect_no_more();
    if (body.problem()) return reply(invalid(*body.problem()));
    command(gate.services(), asked, std::move(reply), std::move(made), customer_of(asked));
  }, any_origin);
}

Response read(Services& services, Asked const& asked) {
  std::string const& interaction = asked.principal().interaction;
  if (interaction.empty()) return not_found().response();
  auto const stored = services.store.interaction(interaction);
  if (!stored) return problem_of(stored.error()).response();
  if (!*stored) return not_found().response();
  auto const timeline = read_back(**stored);
  if (!timeline) return problem_of(records::StoreError::broken).response();
  json::array events;
  for (domain::Event const& event : timeline->events) {
    if (centre::shown_to_customer(event)) events.push_back(render_for_customer(event, timeline->head));
  }
  return Response::json(json::serialize(json::object{{"interaction", interaction}, {"closed", timeline->row.closed_at.has_value()}, {"events", std::move(events)}}));
}

}  // namespace

void add_customer_chat(Gate& gate) {
  people::CustomerSessions const& sessions = gate.services().customers;
  gate.open(Method::post, "/api/v1/customer-sessions", gate.services().readers, [&gate, &sessions](http::Request const& request) { return begin(gate.services(), sessions, request); }, any_origin);
  gate.pass_on(Method::post, "/api/v1/conversation", own(), [&gate, &sessions](Asked&& asked, http::Reply reply) { start(gate, sessions, std::move(asked), std::move(reply)); }, any_origin);
  gate.answer(Method::get, "/api/v1/conversation", own(), [&gate](Asked const& asked) { return read(gate.services(), asked); }, any_origin);
  add(gate, "messages", [](std::string const& interaction, Body& body) -> centre::Command {
    centre::AddEvent message{interaction, {}, false};
    message.event.kind = domain::EventKind::message;
    message.event.text = body.text("text", limits::text_bytes_max);
    message.event.id = body.text_or("id", {}, limits::name_bytes_max);
    return message;
  });
  add(gate, "typing", [](std::string const& interaction, Body&) -> centre::Command { return centre::Typing{interaction}; });
  add(gate, "seen", [](std::string const& interaction, Body& body) -> centre::Command {
    return centre::MarkSeen{interaction, body.text("event", limits::name_bytes_max)};
  });
  add(gate, "callback", [](std::string const& interaction, Body& body) -> centre::Command {
    return centre::RequestCallback{interaction, body.instant("due")};
  });
  add(gate, "end", [](std::string const& interaction, Body&) -> centre::Command { return centre::EndInteraction{interaction}; });
}

}  // namespace rapport::server::api

#include "server/api/customer_chat.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "people/customer_sessions.hpp"
#include "server/api/arrival.hpp"
#include "server/api/commands.hpp"
#include "server/api/identity_keys.hpp"
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

Pass own_chat() { return {{people::Permission::conversation_own}}; }

/// The chat stands in pages of the brand's own sites.
constexpr http::RouteOptions any_origin{.any_origin = true};

centre::Actor customer_of(Asked const& asked) { return {centre::Actor::Kind::customer, asked.principal().id, std::nullopt}; }

json::object session_json(people::CustomerSessions const& sessions, people::CustomerSession const& session) {
  json::object made{{"token", sessions.issue(session)}, {"customer", session.customer}, {"expires_at", base::format_rfc3339(session.expires_at)}};
  if (!session.interaction.empty()) made["interaction"] = session.interaction;
  return made;
}

http::Problem identity_refused() {
  http::Problem problem;
  problem.status = status::forbidden;
  problem.code = "identity_refused";
  return problem;
}

/// Whom the brand's web site says that the visitor is; they become a customer if they are none yet.
std::optional<http::Problem> take_identity(Services& services, std::string const& token, people::CustomerSession& session) {
  auto const secret = identity_secret(services.store, session.brand);
  if (!secret) return problem_of(secret.error());
  auto const identity = people::verify_customer_identity(token, *secret, session.brand, services.clock());
  if (!identity) return identity_refused();
  domain::Participant told;
  told.name = identity->name;
  if (!identity->email.empty()) told.identifiers.push_back({"email", identity->email});
  auto const customer = recognise(services.book, session.brand, identity->subject, told, services.clock());
  if (!customer) return customer.error().status == status::unprocessable ? identity_refused() : customer.error();
  session.customer = *customer;
  session.identified = true;
  if (!identity->name.empty()) session.name = identity->name;
  return std::nullopt;
}

/// {"brand": …, "name": …, "identity": …}: anybody may begin; a visitor who only looks costs nothing that
/// is kept, unless their web site says who they are.
Response begin(Services& services, people::CustomerSessions const& sessions, http::Request const& request) {
  return with_body(request.body, [&](Body& body) {
    people::CustomerSession session;
    session.brand = body.text("brand", 64);
    session.name = body.words_or("name", {}, limits::person_name_bytes_max);
    std::string const identity = body.text_or("identity", {}, limits::signed_token_bytes_max);
    if (auto answer = wrong(body)) return std::move(*answer);
    auto const brand = services.store.document("brand", session.brand);
    if (!brand) return problem_of(brand.error()).response();
    if (!*brand) return problem_of(centre::Refused{centre::refused::unknown_brand, session.brand}).response();
    session.customer = people::anonymous_customer();
    session.expires_at = services.clock() + people::customer_session_life;
    if (!identity.empty()) {
      if (auto const problem = take_identity(services, identity, session)) return problem->response();
    }
    return Response::json(json::serialize(session_json(sessions, session)), status::created);
  });
}

/// The command that starts the session's conversation; what is wrong stands in the body.
centre::StartInteraction start_of(Body& body, people::CustomerSession const& session) {
  centre::StartInteraction command;
  command.head.channel = domain::Channel::chat;
  command.head.brand = session.brand;
  command.head.queue = body.text("queue", 64);
  command.head.language = body.text_or("language", {}, 35);
  command.customer = session.customer;
  domain::Participant customer;
  customer.id = "p1";
  customer.person = session.customer;
  customer.name = session.name;
  command.head.participants.push_back(std::move(customer));
  body.expect_no_more();
  return command;
}

/// Hands the start over; the answer holds the session's new token.
void submit(Services& services, Asked const& asked, http::Reply reply, people::CustomerSession const& session, centre::StartInteraction command, Beside beside) {
  auto told = [&sessions = services.customers, session](centre::Outcome const& done) {
    people::CustomerSession now = session;
    now.interaction = done.interaction;
    return session_json(sessions, now);
  };
  api::command(services, asked, std::move(reply), std::move(command), customer_of(asked), {http::status::created, std::move(told)}, std::move(beside));
}

/// Of a customer whom their web site has named: what is known of them goes with the start. Blocks.
void start_known(Services& services, Asked const& asked, http::Reply reply, people::CustomerSession const& session, centre::StartInteraction command) {
  auto const known = services.book.customer(session.customer);
  if (!known) return reply(problem_of(known.error()));
  if (!*known) return reply(unauthenticated());  // erased meanwhile
  auto beside = receive(services.book, command, asked.now);
  if (!beside) return reply(beside.error());
  submit(services, asked, std::move(reply), session, std::move(command), std::move(*beside));
}

/// Starts the one conversation of the session. With an Idempotency-Key a repeat gives the same
/// conversation: an answer that was lost starts none twice.
void start(Gate& gate, people::CustomerSessions const& sessions, Asked&& asked, http::Reply reply) {
  Services& services = gate.services();
  Body body{asked.request.body};
  if (!body.is_json()) return reply(malformed(*body.problem()));
  auto session = sessions.verify(bearer_secret(asked.request), asked.now);
  if (!session) return reply(unauthenticated());
  centre::StartInteraction command = start_of(body, *session);
  if (body.problem()) return reply(invalid(*body.problem()));
  if (!session->interaction.empty()) return reply(problem_of(centre::Refused{centre::refused::interaction_exists, session->interaction}));
  if (!session->identified) return submit(services, asked, std::move(reply), *session, std::move(command), {});
  auto const waiting = std::make_shared<std::pair<Asked, http::Reply>>(std::move(asked), std::move(reply));
  bool const taken = services.readers.submit([&services, waiting, session = *session, command = std::move(command)] {
    start_known(services, waiting->first, std::move(waiting->second), session, command);
  });
  if (!taken) waiting->second(http::WorkerPool::busy());
}

/// A command about the session's own conversation.
void add(Gate& gate, std::string const& name, std::function<centre::Command(std::string const& interaction, Body&)> make) {
  gate.pass_on(Method::post, "/api/v1/conversation/" + name, own_chat(), [&gate, make = std::move(make)](Asked&& asked, http::Reply reply) {
    std::string const interaction = asked.principal().interaction;
    if (interaction.empty()) return reply(not_found());
    Body body{asked.request.body.empty() ? std::string_view{"{}"} : std::string_view{asked.request.body}};
    if (!body.is_json()) return reply(malformed(*body.problem()));
    centre::Command made = make(interaction, body);
    body.expect_no_more();
    if (body.problem()) return reply(invalid(*body.problem()));
    command(gate.services(), asked, std::move(reply), std::move(made), customer_of(asked)); }, any_origin);
}

Response read_chat(Services& services, Asked const& asked) {
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
  gate.pass_on(Method::post, "/api/v1/conversation", own_chat(), [&gate, &sessions](Asked&& asked, http::Reply reply) { start(gate, sessions, std::move(asked), std::move(reply)); }, any_origin);
  gate.answer(Method::get, "/api/v1/conversation", own_chat(), [&gate](Asked const& asked) { return read_chat(gate.services(), asked); }, any_origin);
  add(gate, "messages", [](std::string const& interaction, Body& body) -> centre::Command {
    centre::AddEvent message{interaction, {}, false};
    message.event.kind = domain::EventKind::message;
    message.event.text = body.text("text", limits::customer_text_bytes_max);
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

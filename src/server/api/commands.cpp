#include "server/api/commands.hpp"

#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/hash.hpp"
#include "centre/outcome_codec.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

constexpr std::size_t key_bytes_max = 200;

http::Response answer(centre::Granted<centre::Outcome> const& done, Told const& told) {
  if (!done) return problem_of(done.error()).response();
  auto response = http::Response::json(json::serialize(told.body(*done)), told.status);
  if (done->repeated) response.with("Idempotent-Replayed", "true");
  return response;
}

/// What a command is answered with, and how.
struct Answering {
  Services& services;
  std::shared_ptr<http::Reply> reply;
  Told told;
  std::function<std::optional<http::Problem>(centre::Outcome const&)> afterwards;

  void operator()(centre::Granted<centre::Outcome> const& done) const {
    if (!done || !afterwards) return (*reply)(answer(done, told));
    if (services.readers.submit([self = *this, done] { self.after(done); })) return;
    left_out();
    (*reply)(answer(done, told));
  }
  /// Blocks. What was granted is durable: whatever comes of the rest, the answer says so, for a refusal
  /// would have it done twice.
  void after(centre::Granted<centre::Outcome> const& done) const {
    if (afterwards && afterwards(*done)) left_out();
    (*reply)(answer(done, told));
  }
  void left_out() const {
    services.metrics.counter("rapport_commands_left_out_total", "Commands that are durable, of which what follows from them could not be done").add();
  }
};

/// Gives the answer that is kept in the store, or what stands against the command, or goes on.
void look_in_store(Answering const& answering, centre::Centre::Request request, std::function<std::optional<http::Problem>()> const& before) {
  if (request.key.empty()) {
    if (auto problem = before()) return (*answering.reply)(*problem);
    return answering.services.centre.submit(std::move(request), answering);
  }
  auto const kept = answering.services.store.answer(request.principal, request.key);
  if (!kept) return (*answering.reply)(problem_of(kept.error()));
  if (*kept) {
    auto outcome = centre::decode_outcome((**kept).body);
    if ((**kept).request != request.request || !outcome) return (*answering.reply)(problem_of(centre::Refused{centre::refused::key_reused, {}}));
    outcome->repeated = true;
    return answering.after(*outcome);
  }
  if (before) {
    if (auto problem = before()) return (*answering.reply)(*problem);
  }
  answering.services.centre.submit(std::move(request), answering);
}

}  // namespace

json::object plain_body(centre::Outcome const& done) {
  json::object body;
  if (!done.interaction.empty()) body["interaction"] = done.interaction;
  if (done.number != 0) body["number"] = done.number;
  if (!done.event.empty()) body["event"] = done.event;
  return body;
}

centre::Actor agent_of(Asked const& asked) { return {centre::Actor::Kind::agent, asked.principal().user, std::nullopt}; }
centre::Actor supervisor_of(Asked const& asked) {
  people::BrandSet const& brands = asked.principal().brands;
  centre::Actor actor{centre::Actor::Kind::supervisor, asked.principal().user, std::nullopt};
  if (!brands.all) actor.brands = brands.names;
  return actor;
}

void command(Services& services, Asked const& asked, http::Reply reply, centre::Command command, centre::Actor actor, Told told, Beside beside) {
  Answering const answering{services, std::make_shared<http::Reply>(std::move(reply)), std::move(told), std::move(beside.afterwards)};
  centre::Centre::Request request;
  request.command = std::move(command);
  request.actor = std::move(actor);
  request.besides = std::move(beside.changes);
  std::string_view const key = asked.request.header("idempotency-key").value_or("");
  if (key.size() > key_bytes_max) return (*answering.reply)(malformed("Idempotency-Key: expected at most 200 bytes"));
  if (key.empty() && !beside.before) return services.centre.submit(std::move(request), answering);
  if (!key.empty()) {
    request.principal = people::who(asked.principal());
    request.key = key;
    request.request = base::sha256_hex(asked.request.path + '\n' + asked.request.body);
  }
  // What was answered long ago is in the store, which blocks.
  bool const taken = services.readers.submit([answering, request, before = std::move(beside.before)] { look_in_store(answering, request, before); });
  if (!taken) (*answering.reply)(http::WorkerPool::busy());
}

}  // namespace rapport::server::api

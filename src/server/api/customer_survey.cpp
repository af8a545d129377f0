#include "server/api/customer_survey.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <utility>

#include "base/limits.hpp"
#include "server/api/amend.hpp"
#include "server/api/body.hpp"
#include "server/api/late_events.hpp"
#include "server/api/problems.hpp"
#include "server/api/stored.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// There is one in an interaction: the second would have the same id.
constexpr char const* survey_id = "survey";
constexpr std::size_t comment_bytes_max = 4'000;

domain::Event survey_of(Body& body) {
  domain::Event survey;
  survey.kind = domain::EventKind::survey;
  survey.id = survey_id;
  auto const csat = body.whole("csat", 1, 5);
  if (!csat) body.wrong("csat: missing, expected a whole number from 1 to 5");
  survey.attributes.push_back({{}, "csat", domain::Value::of_thousandths(csat.value_or(0) * 1'000)});
  if (body.has("resolved")) survey.attributes.push_back({{}, "resolved", domain::Value::of_boolean(body.flag_or("resolved", false))});
  std::string const comment = body.words_or("comment", {}, comment_bytes_max);
  if (!comment.empty()) survey.attributes.push_back({{}, "comment", domain::Value::of_text(comment)});
  return survey;
}

http::Response done(std::string const& interaction, std::uint32_t number) {
  return http::Response::json(json::serialize(json::object{{"interaction", interaction}, {"number", number}, {"event", survey_id}}));
}

/// Adds it behind a closed interaction, which is judged again. Blocks.
Attempt try_amend(Services& services, std::string const& interaction, std::string const& customer, domain::Event survey) {
  auto const stored = services.store.interaction(interaction);
  if (!stored) return {{}, problem_of(stored.error()).response()};
  if (!*stored || (**stored).row.customer != customer) return {{}, not_found().response()};
  // Ended and not closed yet: it is being judged at this moment.
  if (!(**stored).row.closed_at) return {{}, problem_of(centre::Refused{centre::refused::busy, "being closed"}).response()};
  auto const timeline = read_back(**stored);
  if (!timeline) return {{}, problem_of(records::StoreError::broken).response()};
  if (timeline->erased) return {{}, not_found().response()};
  auto const known = std::ranges::find(timeline->events, survey_id, &domain::Event::id);
  if (known != timeline->events.end()) {
    auto const number = timeline->numbers[static_cast<std::size_t>(known - timeline->events.begin())];
    if (known->attributes == survey.attributes) return {{}, done(interaction, number).with("Idempotent-Replayed", "true")};
    return {{}, problem_of(centre::Refused{centre::refused::event_exists, survey_id}).response()};
  }
  base::Instant const now = services.clock();
  survey.at_ms = std::max<base::Millis>(0, now - timeline->head.started_at);
  survey.by = domain::Role::customer;
  survey.participant = timeline->head.first_of(domain::Role::customer);
  auto changes = late_changes(services.judge, *timeline, {}, {std::move(survey)}, now);
  if (!changes) return {{}, changes.error().response()};
  return {std::move(changes->batch), done(interaction, changes->number)};
}

http::Response amend(Services& services, std::string const& interaction, std::string const& customer, domain::Event const& survey) {
  return change_stored(services.store, [&] { return try_amend(services, interaction, customer, survey); });
}

void take(Services& services, Asked&& asked, http::Reply reply) {
  std::string const interaction = asked.principal().interaction;
  if (interaction.empty()) return reply(not_found());
  Body body{asked.request.body};
  if (!body.is_json()) return reply(malformed(*body.problem()));
  domain::Event const survey = survey_of(body);
  body.expect_no_more();
  if (body.problem()) return reply(invalid(*body.problem()));
  std::string const customer = asked.principal().id;
  auto const shared = std::make_shared<http::Reply>(std::move(reply));
  centre::Centre::Request request;
  request.command = centre::AddEvent{interaction, survey, false};
  request.actor = {centre::Actor::Kind::customer, customer, std::nullopt};
  services.centre.submit(std::move(request), [&services, shared, interaction, customer, survey](centre::Granted<centre::Outcome> const& added) {
    if (added) {
      auto response = done(interaction, added->number);
      if (added->repeated) response.with("Idempotent-Replayed", "true");
      return (*shared)(std::move(response));
    }
    std::string const& code = added.error().code;
    if (code != centre::refused::unknown_interaction && code != centre::refused::is_over) return (*shared)(problem_of(added.error()));
    bool const taken = services.readers.submit([&services, shared, interaction, customer, survey] { (*shared)(amend(services, interaction, customer, survey)); });
    if (!taken) (*shared)(http::WorkerPool::busy());
  });
}

}  // namespace

void add_customer_survey(Gate& gate) {
  gate.pass_on(http::Method::post, "/api/v1/conversation/survey", {{people::Permission::conversation_own}},
               [&gate](Asked&& asked, http::Reply reply) { take(gate.services(), std::move(asked), std::move(reply)); }, {.any_origin = true});
}

}  // namespace rapport::server::api

#include "server/api/late_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "base/limits.hpp"
#include "centre/card_mask.hpp"
#include "centre/event_codec.hpp"
#include "centre/permitted.hpp"
#include "server/api/amend.hpp"
#include "server/api/body.hpp"
#include "server/api/problems.hpp"
#include "server/api/stored.hpp"
#include "server/api/with_body.hpp"
#include "timeline/timeline.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using http::Method;
using http::Response;

/// One event as it was given, and whether it says when it happened.
struct Given {
  domain::Event event;
  bool timed = false;
};
struct Late {
  std::vector<Given> events;
  domain::SourceSet observed;  ///< recorded after all
};

/// Reads one event of the interaction format. Without `at_ms` it happened now.
std::optional<Given> read_event(json::value const& value, StoredTimeline const& timeline, base::Instant now, std::string& trouble) {
  json::object const* const given = value.if_object();
  if (given == nullptr) {
    trouble = "expected an object";
    return std::nullopt;
  }
  json::object fields = *given;
  for (char const* const ours : {"seq", "recorded_at"}) {
    if (!fields.contains(ours)) continue;
    trouble = std::string{ours} + ": the server's to say";
    return std::nullopt;
  }
  bool const timed = fields.contains("at_ms");
  base::Millis const since = now - timeline.head.started_at;
  if (!timed) fields["at_ms"] = since;
  auto event = centre::decode_event({{}, json::serialize(fields)}, timeline.head);
  if (!event) {
    trouble = event.error().message;
    return std::nullopt;
  }
  if (event->id.empty()) trouble = "id: missing, expected one by which it counts once";
  if (event->id.size() > limits::name_bytes_max || event->text.size() > limits::text_bytes_max) trouble = "id, text: too long";
  if (event->at_ms < 0 || event->end() < event->at_ms || event->end() > since) trouble = "at_ms, end_ms: expected a span that has passed";
  if (!centre::may_add(centre::Actor::Kind::system, event->kind)) trouble = fmt::format("kind: {} does not come late", domain::name(event->kind));
  if (!trouble.empty()) return std::nullopt;
  if (event->kind == domain::EventKind::survey && !event->by) {  // it is the customer who answers
    event->by = domain::Role::customer;
    event->participant = timeline.head.first_of(domain::Role::customer);
  }
  centre::mask_cards(*event);
  return Given{std::move(*event), timed};
}

Late read_late(Body& body, StoredTimeline const& timeline, base::Instant now) {
  Late late;
  for (std::string const& name : body.texts("observed", domain::source_count)) {
    if (auto const source = domain::parse_source(name))
      late.observed.add(*source);
    else
      body.wrong(fmt::format("observed: found \"{}\", expected words, timing, telephony, desk, journey, audio or survey", name));
  }
  json::array const* const events = body.array("events");
  if (events == nullptr || events->empty()) body.wrong("events: missing, expected at least one");
  if (events == nullptr) return late;
  if (events->size() > limits::late_events_max) body.wrong(fmt::format("events: {} of them, expected at most late_events_max, {}", events->size(), limits::late_events_max));
  for (std::size_t place = 0; place < events->size() && !body.problem(); ++place) {
    std::string trouble;
    auto given = read_event((*events)[place], timeline, now, trouble);
    if (given)
      late.events.push_back(std::move(*given));
    else
      body.wrong(fmt::format("events[{}]: {}", place, trouble));
  }
  return late;
}

bool same(Given const& given, domain::Event const& kept) {
  domain::Event const& event = given.event;
  bool const content = event.kind == kept.kind && event.text == kept.text && event.attributes == kept.attributes && event.revises == kept.revises;
  return content && (!given.timed || (event.at_ms == kept.at_ms && event.end_ms == kept.end_ms));
}

/// Those that are new; error: one has the id of another event.
base::Result<std::vector<domain::Event>, http::Problem> new_ones(Late const& late, StoredTimeline const& timeline) {
  std::vector<domain::Event> added;
  for (Given const& given : late.events) {
    auto const known = [&](domain::Event const& one) { return one.id == given.event.id; };
    auto const kept = std::ranges::find_if(timeline.events, known);
    auto const before = std::ranges::find_if(added, known);
    domain::Event const* const first = kept != timeline.events.end() ? &*kept : before != added.end() ? &*before
                                                                                                      : nullptr;
    if (first == nullptr)
      added.push_back(given.event);
    else if (!same(given, *first))
      return conflict(centre::refused::event_exists, given.event.id);
  }
  return added;
}

Response told(StoredTimeline const& timeline, std::size_t added, std::size_t repeated, std::optional<std::int32_t> score) {
  json::object made{{"interaction", timeline.row.id}, {"added", added}, {"repeated", repeated}, {"score", nullptr}};
  if (score) made["score"] = static_cast<double>(*score) / 1'000.0;
  auto response = Response::json(json::serialize(made));
  if (added == 0) response.with("Idempotent-Replayed", "true");
  return response;
}

/// The same with who did it, and what to say.
base::Result<Attempt, http::Problem> added_to(Services& services, Asked const& asked, StoredTimeline const& timeline, Late const& late, std::vector<domain::Event> added) {
  std::set<std::string_view> kinds;
  for (domain::Event const& event : added) kinds.insert(domain::name(event.kind));
  json::object const detail{{"added", added.size()}, {"kinds", json::value_from(std::vector<std::string>(kinds.begin(), kinds.end()))}};
  std::size_t const count = added.size();
  auto changes = late_changes(services.judge, timeline, late.observed, std::move(added), asked.now);
  if (!changes) return changes.error();
  changes->batch.changes.emplace_back(records::AuditEntry{asked.now, people::who(asked.principal()), "interaction.late", "interaction:" + timeline.row.id,
                                                          timeline.row.brand, asked.request.remote_address, json::serialize(detail)});
  return Attempt{std::move(changes->batch), told(timeline, count, late.events.size() - count, changes->score)};
}

Attempt try_late(Services& services, Asked const& asked) {
  auto timeline = find_interaction(services, asked, people::may_write);
  if (!timeline) return {{}, timeline.error().response()};
  if (!timeline->row.closed_at) return {{}, conflict("not_closed", "it is live: its events come as they happen").response()};
  if (timeline->erased) return {{}, conflict("erased", "its customer was erased: it cannot be judged again").response()};
  Body body{asked.request.body};
  if (!body.is_json()) return {{}, malformed(*body.problem()).response()};
  Late const late = read_late(body, *timeline, asked.now);
  if (auto refused = wrong(body)) return {{}, std::move(*refused)};
  auto added = new_ones(late, *timeline);
  if (!added) return {{}, added.error().response()};
  if (added->empty()) return {{}, told(*timeline, 0, late.events.size(), timeline->row.score)};
  if (timeline->events.size() + added->size() > limits::events_max) return {{}, problem_of(centre::refusal(centre::refused::too_many, "events_max")).response()};
  auto made = added_to(services, asked, *timeline, late, std::move(*added));
  if (!made) return {{}, made.error().response()};
  return std::move(*made);
}

}  // namespace

base::Result<LateChanges, http::Problem> late_changes(centre::Judge const& judge, StoredTimeline timeline, domain::SourceSet observed,
                                                      std::vector<domain::Event> added, base::Instant now) {
  LateChanges made{{{}, now, false}, timeline.row.score, timeline.last_number};
  if (!observed.empty() && timeline.head.observed && !timeline.head.observed->contains(observed)) {
    timeline.head.observed->add(observed);
    made.batch.changes.emplace_back(records::AmendInteraction{timeline.row.id, ++made.number, centre::encode(centre::LateSources{observed}), {}});
  }
  for (domain::Event& event : added) {
    event.seq = ++made.number;
    event.recorded_at = now;
    std::string words = event.text.empty() ? std::string{event.text_of("comment")} : event.text;
    made.batch.changes.emplace_back(records::AmendInteraction{timeline.row.id, made.number, centre::encode(event, timeline.head), std::move(words)});
    timeline.events.push_back(std::move(event));
  }
  auto const whole = timeline::Timeline::build(timeline.head, timeline.events);
  if (!whole) return problem_of(centre::refusal(centre::refused::bad_event, whole.error().message));
  if (auto const plan = judge.plan_of(timeline.row.brand)) {
    records::LedgerRecord ledger = plan->judge(*whole, now);
    ledger.events = static_cast<std::uint32_t>(timeline.events.size());
    made.score = ledger.score;
    made.batch.changes.emplace_back(records::AddLedger{timeline.row.id, std::move(ledger), true});
  }
  return made;
}

void add_late_events(Gate& gate) {
  http::RouteOptions options;
  options.body_bytes_max = limits::late_body_bytes_max;
  gate.answer(Method::post, "/api/v1/interactions/{id}/late-events", {{people::Permission::interactions_write_any}}, [&gate](Asked const& asked) { return change_stored(gate.services().store, [&] { return try_late(gate.services(), asked); }); }, options);
}

}  // namespace rapport::server::api

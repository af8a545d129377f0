#include "server/api/trial_routes.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "server/api/body.hpp"
#include "server/api/paging.hpp"
#include "server/api/playbook_routes.hpp"
#include "server/api/problems.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using evaluation::Verdict;
using http::Method;
using http::Response;
namespace status = http::status;

Pass trying() { return {{people::Permission::playbooks_trial}}; }

json::value verdict_of(std::optional<Verdict> verdict) { return verdict ? json::value(evaluation::name(*verdict)) : json::value(nullptr); }
json::value score_of(std::optional<std::int32_t> score) { return score ? json::value(static_cast<double>(*score) / 1'000.0) : json::value(nullptr); }
/// The mean of `count` scores.
json::value mean_of(std::int64_t sum, std::size_t count) {
  if (count == 0) return nullptr;
  auto const many = static_cast<std::int64_t>(count);
  return static_cast<double>((2 * sum + many) / (2 * many)) / 1'000.0;
}

json::object counts(std::array<std::int64_t, 4> const& by_verdict) {
  json::object made;
  for (std::size_t verdict = 0; verdict < by_verdict.size(); ++verdict) made[evaluation::name(static_cast<Verdict>(verdict))] = by_verdict[verdict];
  return made;
}

json::object shown_trial(Trial const& trial) {
  TrialWanted const& wanted = trial.wanted;
  json::array practices;
  for (auto const& [practice, count] : trial.practices) {
    practices.push_back({{"practice", practice},
                         {"before", counts(count.before)},
                         {"after", counts(count.after)},
                         {"changed", count.changed},
                         {"reviewed", count.reviewed},
                         {"agreed_before", count.agreed_before},
                         {"agreed_after", count.agreed_after}});
  }
  return {{"id", wanted.id},
          {"brand", wanted.brand},
          {"playbook", wanted.playbook},
          {"preset", wanted.preset},
          {"by", wanted.by},
          {"at", base::format_rfc3339(wanted.at)},
          {"state", name(trial.state)},
          {"interactions", wanted.interactions},
          {"judged", trial.judged},
          {"skipped", trial.skipped},
          {"changed", trial.changed},
          {"left_out", trial.left_out},
          {"score_before", mean_of(trial.score_before, trial.scored)},
          {"score_after", mean_of(trial.score_after, trial.scored)},
          {"practices", std::move(practices)}};
}

json::object shown_trial(TrialResult const& result) {
  json::array changes;
  for (TrialChange const& change : result.changes) {
    changes.push_back({{"practice", change.practice}, {"before", verdict_of(change.before)}, {"after", verdict_of(change.after)}, {"person", verdict_of(change.person)}});
  }
  return {{"interaction", result.interaction},
          {"started_at", base::format_rfc3339(result.started_at)},
          {"score_before", score_of(result.before)},
          {"score_after", score_of(result.after)},
          {"changes", std::move(changes)}};
}

std::optional<std::string> text_if(Body& body, std::string_view field) {
  std::string text = body.text_or(field, {}, limits::name_bytes_max);
  if (text.empty()) return std::nullopt;
  return text;
}

records::InteractionQuery read_query(Body& body) {
  records::InteractionQuery query;
  query.queue = text_if(body, "queue");
  query.agent = text_if(body, "agent");
  query.disposition = text_if(body, "disposition");
  query.outcome = text_if(body, "outcome");
  query.missed = text_if(body, "missed");
  query.words = body.text_or("words", {}, 1'000);
  query.from = body.instant("from");
  query.to = body.instant("to");
  if (body.has("channel")) query.channel = domain::parse_channel(body.one_of("channel", {"voice", "chat", "email", "message"}));
  if (auto const below = body.whole("score_below", 0, 100)) query.score_below = static_cast<std::int32_t>(*below * 1'000);
  return query;
}

Response start(Gate& gate, Playbooks& playbooks, Trials& trials, Asked const& asked) {
  std::string const& id = asked.request.parameter("id");
  if (auto const version = find_version(gate.services(), asked, id); !version) return version.error().response();
  return with_body(asked.request.body, [&](Body& body) -> Response {
    TrialWanted wanted;
    wanted.id = people::make_id(asked.now);
    wanted.brand = body.text("brand", 64);
    wanted.playbook = id;
    wanted.preset = body.text_or("preset", {}, limits::name_bytes_max);
    wanted.query = read_query(body);
    wanted.query.brands = {wanted.brand};
    wanted.interactions = static_cast<std::size_t>(body.whole("interactions", 1, limits::trial_interactions_max).value_or(200));
    wanted.by = asked.principal().user;
    wanted.at = asked.now;
    if (auto refused = wrong(body)) return std::move(*refused);
    if (!asked.principal().brands.has(wanted.brand)) return forbidden("brand: not one of yours").response();
    auto const plan = playbooks.plan(id, wanted.preset, wanted.brand);
    if (!plan) return invalid(plan.error().message).response();
    wanted.plan = *plan;
    json::object const detail{{"playbook", id}, {"preset", wanted.preset}, {"interactions", wanted.interactions}};
    records::AuditEntry const audit{asked.now, people::who(asked.principal()), "playbook.trial", "trial:" + wanted.id, wanted.brand, asked.request.remote_address, json::serialize(detail)};
    std::string const trial = wanted.id;
    if (!trials.start(std::move(wanted))) return conflict("too_many", "trials_waiting_max: try again when one is over").response();
    if (auto const done = gate.services().store.commit({{audit}, asked.now, false}); !done) {
      trials.cancel(trial);  // nobody would know who began it
      return problem_of(done.error()).response();
    }
    auto const made = trials.find(trial);
    return made ? Response::json(json::serialize(shown_trial(*made)), status::accepted) : not_found().response();
  });
}

/// The trial of the path, of one of the asker's brands.
std::optional<Trial> find_trial(Trials const& trials, Asked const& asked) {
  auto trial = trials.find(asked.request.parameter("id"));
  if (!trial || !asked.principal().brands.has(trial->wanted.brand)) return std::nullopt;
  return trial;
}

Response list_trials(Trials const& trials, Asked const& asked) {
  json::array items;
  for (Trial const& trial : trials.all()) {
    if (asked.principal().brands.has(trial.wanted.brand)) items.push_back(shown_trial(trial));
  }
  return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Response results(Trials const& trials, Asked const& asked) {
  auto const trial = find_trial(trials, asked);
  if (!trial) return not_found().response();
  auto const page = page_asked(asked.request);
  std::size_t from = 0;
  bool good = page.has_value();
  if (good && !page->after.empty()) {
    auto const [end, failed] = std::from_chars(page->after.data(), page->after.data() + page->after.size(), from);
    good = failed == std::errc{} && end == page->after.data() + page->after.size();
  }
  if (!good) return malformed("limit, after: malformed").response();
  auto const found = trials.results(trial->wanted.id, from, page->limit);
  json::array items;
  for (TrialResult const& result : found) items.push_back(shown_trial(result));
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (from + found.size() < trial->changed - trial->left_out) answer["next"] = cursor_of(fmt::to_string(from + found.size()));
  return Response::json(json::serialize(answer));
}

Response cancel(Trials& trials, Asked const& asked) {
  auto const trial = find_trial(trials, asked);
  if (!trial) return not_found().response();
  trials.cancel(trial->wanted.id);
  auto const now = trials.find(trial->wanted.id);
  return Response::json(json::serialize(shown_trial(now ? *now : *trial)));
}

}  // namespace

void add_trials(Gate& gate, Playbooks& playbooks, Trials& trials) {
  gate.answer(Method::post, "/api/v1/playbooks/{id}/trials", trying(), [&gate, &playbooks, &trials](Asked const& asked) { return start(gate, playbooks, trials, asked); });
  gate.answer(Method::get, "/api/v1/trials", trying(), [&trials](Asked const& asked) { return list_trials(trials, asked); });
  gate.answer(Method::get, "/api/v1/trials/{id}", trying(), [&trials](Asked const& asked) {
    auto const trial = find_trial(trials, asked);
    return trial ? Response::json(json::serialize(shown_trial(*trial))) : not_found().response();
  });
  gate.answer(Method::get, "/api/v1/trials/{id}/results", trying(), [&trials](Asked const& asked) { return results(trials, asked); });
  gate.answer(Method::post, "/api/v1/trials/{id}/cancel", trying(), [&trials](Asked const& asked) { return cancel(trials, asked); });
}

}  // namespace rapport::server::api

#include "server/api/reviews.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "evaluation/statistics.hpp"
#include "records/newest_first.hpp"
#include "server/api/amend.hpp"
#include "server/api/body.hpp"
#include "server/api/document_body.hpp"
#include "server/api/ledger_view.hpp"
#include "server/api/problems.hpp"
#include "server/api/scan.hpp"
#include "server/api/stored.hpp"
#include "server/api/with_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

using evaluation::Verdict;
using http::Method;
using http::Response;
using people::Permission;

constexpr std::size_t verdicts = 4;

/// Counters of reviews: a day of interactions, one number for each pair (machine's verdict, person's).
std::string counter_key(std::string_view brand, std::string_view practice) { return fmt::format("review/{}/{}", brand, practice); }
std::size_t cell(Verdict machine, Verdict person) { return static_cast<std::size_t>(machine) * verdicts + static_cast<std::size_t>(person); }
base::Instant day_of(base::Instant at) { return {at.since_epoch - at.since_epoch % base::day}; }

/// What somebody wants to say of one practice.
struct Asking {
  std::string practice;
  Verdict verdict = Verdict::met;
  std::string reason;
};

Asking read_asking(Body& body) {
  Asking asking;
  asking.practice = body.text("practice", limits::name_bytes_max);
  auto const verdict = evaluation::parse_verdict(body.one_of("verdict", {"met", "missed", "not_applicable", "not_assessed"}));
  asking.verdict = verdict.value_or(Verdict::met);
  asking.reason = body.words_or("reason", {}, limits::reason_bytes_max);
  return asking;
}

centre::VerdictReview const* last_of(StoredTimeline const& timeline, std::string_view practice) {
  auto const last = std::ranges::find(timeline.reviews.rbegin(), timeline.reviews.rend(), practice, &centre::VerdictReview::practice);
  return last == timeline.reviews.rend() ? nullptr : &*last;
}

/// One more review, and one less where it takes another's place.
records::AddCounters count_of(StoredTimeline const& timeline, centre::VerdictReview const& review, centre::VerdictReview const* before) {
  records::AddCounters count{counter_key(timeline.row.brand, review.practice), day_of(timeline.row.started_at), std::vector<std::int64_t>(verdicts * verdicts, 0)};
  ++count.values[cell(review.machine, review.verdict)];
  if (before != nullptr) --count.values[cell(before->machine, before->verdict)];
  return count;
}

records::PutDocument listed(StoredTimeline const& timeline, centre::VerdictReview const& review, std::int64_t version) {
  json::object body = render(review);
  body.erase("reason");  // personal: it stays with the interaction
  body["interaction"] = timeline.row.id;
  json::array agents;
  for (std::string const& agent : timeline.row.agents) agents.emplace_back(agent);
  body["agents"] = std::move(agents);
  records::PutDocument document;
  document.kind = review_kind;
  document.id = records::newest_first_id(timeline.row.started_at, timeline.row.id + "-" + review.practice);
  document.brand = timeline.row.brand;
  document.body = json::serialize(body);
  document.expected = version;
  return document;
}

records::AuditEntry audit_of(Asked const& asked, StoredTimeline const& timeline, centre::VerdictReview const& review) {
  json::object const detail{{"practice", review.practice}, {"machine", evaluation::name(review.machine)}, {"verdict", evaluation::name(review.verdict)}};
  return {asked.now, people::who(asked.principal()), review.agrees() ? "verdict.agree" : "verdict.override", "interaction:" + timeline.row.id,
          timeline.row.brand, asked.request.remote_address, json::serialize(detail)};
}

/// The review as it would stand, or why not.
base::Result<centre::VerdictReview, http::Problem> review_of(Services& services, Asked const& asked, StoredTimeline const& timeline, Asking const& asking) {
  if (!timeline.row.closed_at) return conflict("not_closed", "its ledger is not there yet");
  auto const kept = services.store.ledgers(timeline.row.id);
  if (!kept) return problem_of(kept.error());
  if (kept->empty()) return conflict("not_judged", "it has no ledger");
  auto const machine = verdict_in(kept->front(), asking.practice);
  if (!machine) return invalid(fmt::format("practice: found \"{}\", expected one that the ledger judges", asking.practice));
  if (*machine != asking.verdict && asking.reason.empty()) return invalid("reason: missing, expected why the verdict is another one");
  if (timeline.reviews.size() >= limits::reviews_max) return conflict("too_many", "reviews_max");
  return centre::VerdictReview{asking.practice, asking.verdict, *machine, asked.principal().user, asked.now, asking.reason};
}

Attempt try_review(Services& services, Asked const& asked) {
  auto const timeline = find_interaction(services, asked);
  if (!timeline) return {{}, timeline.error().response()};
  Body body{asked.request.body};
  if (!body.is_json()) return {{}, malformed(*body.problem()).response()};
  Asking const asking = read_asking(body);
  if (auto refused = wrong(body)) return {{}, std::move(*refused)};
  auto const review = review_of(services, asked, *timeline, asking);
  if (!review) return {{}, review.error().response()};
  auto const* const before = last_of(*timeline, asking.practice);
  bool const said = before != nullptr && before->verdict == review->verdict && before->machine == review->machine && before->by == review->by && before->reason == review->reason;
  if (said) return {{}, Response::json(json::serialize(render(*before))).with("Idempotent-Replayed", "true")};
  std::string const id = records::newest_first_id(timeline->row.started_at, timeline->row.id + "-" + review->practice);
  auto const document = services.store.document(review_kind, id);
  if (!document) return {{}, problem_of(document.error()).response()};
  std::int64_t const version = *document ? (**document).version : 0;
  records::Batch batch{{}, asked.now, false};
  batch.changes.emplace_back(records::AmendInteraction{timeline->row.id, timeline->last_number + 1, centre::encode(*review), {}});
  batch.changes.emplace_back(listed(*timeline, *review, version));
  batch.changes.emplace_back(count_of(*timeline, *review, before));
  batch.changes.emplace_back(audit_of(asked, *timeline, *review));
  return {std::move(batch), Response::json(json::serialize(render(*review)))};
}

/// What was said of one interaction, in the order of saying.
Response of_interaction(Services& services, Asked const& asked) {
  auto const timeline = find_interaction(services, asked);
  if (!timeline) return timeline.error().response();
  if (!people::may_read_scorecard(asked.principal(), ground_of(services, asked.principal(), timeline->row).facts())) return forbidden("needs scorecards").response();
  json::array items;
  for (centre::VerdictReview const& review : timeline->reviews) items.push_back(render(review));
  return Response::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Response list_reviews(Services& services, Asked const& asked) {
  auto const page = page_asked(asked.request);
  auto const agrees = asked.request.query.find("agrees");
  if (!page || (agrees && *agrees != "true" && *agrees != "false")) return malformed("a query parameter is malformed").response();
  auto const brands = brands_asked(asked);
  if (!brands) return brands.error().response();
  auto const by = query_text(asked.request, "by");
  auto const practice = query_text(asked.request, "practice");
  std::vector<json::object> kept;
  auto const found = scan(services.store, review_kind, *brands, *page, [&](records::Document const& document) {
    auto body = body_of(document);
    if (!body || (by && text_or(*body, "by", {}) != *by) || (practice && text_or(*body, "practice", {}) != *practice)) return false;
    json::value const* const agreed = body->if_contains("agrees");
    if (agrees && (agreed == nullptr || *agreed != json::value(*agrees == "true"))) return false;
    (*body)["brand"] = document.brand;
    kept.push_back(std::move(*body));
    return true;
  });
  if (!found) return problem_of(found.error()).response();
  json::array items;
  for (json::object& one : kept) items.push_back(std::move(one));
  json::object answer{{"items", std::move(items)}, {"next", nullptr}};
  if (!found->next.empty()) answer["next"] = cursor_of(found->next);
  return Response::json(json::serialize(answer));
}

using Cells = std::vector<std::int64_t>;

json::object agreement_of(std::string const& practice, Cells const& cells) {
  std::int64_t reviewed = 0;
  std::int64_t agreed = 0;
  json::array said;
  for (std::size_t machine = 0; machine < verdicts; ++machine) {
    for (std::size_t person = 0; person < verdicts; ++person) {
      std::int64_t const count = cells[machine * verdicts + person];
      reviewed += count;
      if (machine == person) agreed += count;
      if (count != 0) said.push_back({{"machine", evaluation::name(static_cast<Verdict>(machine))}, {"verdict", evaluation::name(static_cast<Verdict>(person))}, {"count", count}});
    }
  }
  json::object made{{"practice", practice}, {"reviewed", reviewed}, {"agreed", agreed}, {"overridden", reviewed - agreed}, {"agreement", nullptr}, {"verdicts", std::move(said)}};
  evaluation::Estimate const share = evaluation::proportion(agreed, reviewed);
  if (share.value && share.interval) made["agreement"] = {{"value", *share.value}, {"low", share.interval->low}, {"high", share.interval->high}};
  return made;
}

/// How often people agreed with the machine, by practice, of interactions that began within the bounds.
Response agreement(Services& services, Asked const& asked) {
  auto const brand = query_text(asked.request, "brand");
  if (!brand) return malformed("brand: missing").response();
  if (!asked.principal().brands.has(*brand)) return forbidden("brand: not one of yours").response();
  auto const from = base::parse_rfc3339(query_text(asked.request, "from").value_or("1970-01-01T00:00:00Z"));
  auto const to = base::parse_rfc3339(query_text(asked.request, "to").value_or("9999-01-01T00:00:00Z"));
  if (!from || !to) return malformed("from, to: expected RFC 3339 moments").response();
  std::string const prefix = counter_key(*brand, {});
  auto const rows = services.store.counters(prefix, day_of(*from), *to);
  if (!rows) return problem_of(rows.error()).response();
  std::map<std::string, Cells> by_practice;
  Cells overall(verdicts * verdicts, 0);
  for (records::CounterRow const& row : *rows) {
    auto& cells = by_practice.try_emplace(row.key.substr(prefix.size()), Cells(verdicts * verdicts, 0)).first->second;
    for (std::size_t at = 0; at < std::min(cells.size(), row.values.size()); ++at) {
      cells[at] += row.values[at];
      overall[at] += row.values[at];
    }
  }
  json::array practices;
  for (auto const& [practice, cells] : by_practice) practices.push_back(agreement_of(practice, cells));
  json::object whole = agreement_of("", overall);
  whole.erase("practice");
  return Response::json(json::serialize(json::object{{"brand", *brand}, {"overall", std::move(whole)}, {"practices", std::move(practices)}}));
}

}  // namespace

void add_reviews(Gate& gate) {
  Pass const reading{{Permission::scorecards_read_own, Permission::scorecards_read_all}};
  Pass const listing{{Permission::scorecards_read_all, Permission::verdicts_override}};
  gate.answer(Method::post, "/api/v1/interactions/{id}/verdicts", {{Permission::verdicts_override}}, [&gate](Asked const& asked) {
    return change_stored(gate.services().store, [&] { return try_review(gate.services(), asked); });
  });
  gate.answer(Method::get, "/api/v1/interactions/{id}/verdicts", reading, [&gate](Asked const& asked) { return of_interaction(gate.services(), asked); });
  gate.answer(Method::get, "/api/v1/verdict-reviews", listing, [&gate](Asked const& asked) { return list_reviews(gate.services(), asked); });
  gate.answer(Method::get, "/api/v1/verdict-agreement", {{Permission::verdicts_calibrate}}, [&gate](Asked const& asked) { return agreement(gate.services(), asked); });
}

}  // namespace rapport::server::api

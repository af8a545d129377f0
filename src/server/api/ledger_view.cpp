#include "server/api/ledger_view.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "evaluation/scoring.hpp"
#include "people/json_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// The part of a UTF-8 text from one character to another, in code points.
std::string_view part(std::string_view text, std::int64_t from, std::int64_t to) {
  std::size_t begin = text.size();
  std::size_t end = text.size();
  std::int64_t count = 0;
  for (std::size_t place = 0; place < text.size(); ++place) {
    if ((static_cast<unsigned char>(text[place]) & 0xC0U) == 0x80U) continue;
    if (count == from) begin = place;
    if (count == to) end = place;
    ++count;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view{};
}

void quote(json::object& evidence, std::vector<domain::Event> const& events) {
  json::value const* const id = evidence.if_contains("event");
  if (id == nullptr || !id->is_string()) return;
  auto const event = std::ranges::find_if(events, [&](domain::Event const& one) { return one.id == id->get_string(); });
  if (event == events.end() || event->text.empty()) return;
  json::value const* const range = evidence.if_contains("range");
  std::string_view text = event->text;
  if (range != nullptr && range->is_array() && range->get_array().size() == 2) {
    text = part(text, range->get_array()[0].to_number<std::int64_t>(), range->get_array()[1].to_number<std::int64_t>());
  }
  if (!text.empty()) evidence["text"] = text;
}

/// What the last review of the practice says; null: nobody reviewed it.
centre::VerdictReview const* review_of(std::vector<centre::VerdictReview> const& reviews, std::string_view practice) {
  auto const last = std::ranges::find(reviews.rbegin(), reviews.rend(), practice, &centre::VerdictReview::practice);
  return last == reviews.rend() ? nullptr : &*last;
}

json::object parsed(records::LedgerRecord const& ledger) {
  boost::system::error_code failed;
  json::value made = json::parse(ledger.body, failed);
  return !failed && made.is_object() ? std::move(made.get_object()) : json::object{};
}

std::int32_t whole_in(json::object const& object, std::string_view field) { return static_cast<std::int32_t>(people::number_of(object, field).value_or(0)); }

/// What the practice brings to the score with `verdict` in place of the machine's: a fraction that the
/// machine saw stands where they agree, else it is all or nothing.
std::optional<evaluation::Share> share_of(json::object const& practice, evaluation::Verdict verdict) {
  using evaluation::Verdict;
  if (verdict != Verdict::met && verdict != Verdict::missed) return std::nullopt;
  evaluation::Share share{whole_in(practice, "weight"), whole_in(practice, "met"), whole_in(practice, "occasions")};
  bool const agrees = evaluation::parse_verdict(people::text_of(practice, "verdict")) == verdict;
  if (!agrees || share.occasions == 0) share = {share.weight, verdict == Verdict::met ? 1 : 0, 1};
  return share;
}

}  // namespace

json::object render(centre::VerdictReview const& review) {
  return {{"practice", review.practice},
          {"verdict", evaluation::name(review.verdict)},
          {"machine", evaluation::name(review.machine)},
          {"agrees", review.agrees()},
          {"by", review.by},
          {"at", base::format_rfc3339(review.at)},
          {"reason", review.reason}};
}

json::object ledger_view(records::LedgerRecord const& ledger, StoredTimeline const& timeline) {
  json::object made = parsed(ledger);
  made["made_at"] = base::format_rfc3339(ledger.made_at);
  made["events"] = ledger.events;
  json::value* const practices = made.if_contains("practices");
  if (practices == nullptr || !practices->is_array()) return made;
  std::vector<evaluation::Share> shares;
  for (json::value& one : practices->get_array()) {
    if (!one.is_object()) continue;
    json::object& practice = one.get_object();
    if (json::value* const evidence = practice.if_contains("evidence"); evidence != nullptr && evidence->is_array()) {
      for (json::value& found : evidence->get_array()) {
        if (found.is_object()) quote(found.get_object(), timeline.events);
      }
    }
    auto verdict = evaluation::parse_verdict(people::text_of(practice, "verdict")).value_or(evaluation::Verdict::not_assessed);
    if (auto const* const review = review_of(timeline.reviews, people::text_of(practice, "id"))) {
      json::object shown = render(*review);
      shown["agrees"] = review->verdict == verdict;  // with this ledger, not with the one that they saw
      practice["review"] = std::move(shown);
      verdict = review->verdict;
    }
    if (auto const share = share_of(practice, verdict)) shares.push_back(*share);
  }
  auto const score = evaluation::score_of(shares);
  made["reviewed_score"] = score ? json::value(static_cast<double>(*score) / 1'000.0) : json::value(nullptr);
  return made;
}

std::vector<JudgedPractice> practices_in(records::LedgerRecord const& ledger) {
  std::vector<JudgedPractice> found;
  json::object const body = parsed(ledger);
  json::value const* const practices = body.if_contains("practices");
  if (practices == nullptr || !practices->is_array()) return found;
  for (json::value const& one : practices->get_array()) {
    if (!one.is_object()) continue;
    json::object const& practice = one.get_object();
    auto const verdict = evaluation::parse_verdict(people::text_of(practice, "verdict"));
    if (verdict) found.push_back({people::text_of(practice, "id"), *verdict, people::text_of(practice, "why") == "off"});
  }
  return found;
}

std::optional<evaluation::Verdict> verdict_in(records::LedgerRecord const& ledger, std::string_view practice) {
  auto const all = practices_in(ledger);
  auto const found = std::ranges::find(all, practice, &JudgedPractice::id);
  if (found == all.end() || found->off) return std::nullopt;
  return found->verdict;
}

}  // namespace rapport::server::api

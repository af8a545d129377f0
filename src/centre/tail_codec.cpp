#include "centre/tail_codec.hpp"

#include "centre/event_codec.hpp"
#include "centre/json_reading.hpp"

namespace rapport::centre {
namespace {

/// The one member by which a skeleton is told from an event's.
constexpr std::string_view review_field = "review";
constexpr std::string_view sources_field = "observed";

bool read_verdict(Trouble& trouble, Place const& place, json::value const& value, evaluation::Verdict& verdict) {
  std::string text;
  if (!read_text(trouble, place, value, text)) return false;
  auto const known = evaluation::parse_verdict(text);
  if (!known) return trouble.wrong(place, value, "a verdict");
  verdict = *known;
  return true;
}

bool read_moment(Trouble& trouble, Place const& place, json::value const& value, base::Instant& at) {
  std::string text;
  if (!read_text(trouble, place, value, text)) return false;
  auto const moment = base::parse_rfc3339(text);
  if (!moment) return trouble.wrong(place, value, "an RFC 3339 moment");
  at = *moment;
  return true;
}

bool read_review(Trouble& trouble, Place const& place, json::value const& value, VerdictReview& review) {
  ObjectReader object{trouble, place};
  if (!object.open(value)) return false;
  auto const field = [&](std::string_view name, auto read, auto& out) {
    json::value const* const found = object.need(name);
    return found != nullptr && read(trouble, object.at(name), *found, out);
  };
  return field("practice", read_text, review.practice) && field("verdict", read_verdict, review.verdict) &&
         field("machine", read_verdict, review.machine) && field("by", read_text, review.by) &&
         field("at", read_moment, review.at) && object.close();
}

bool read_sources(Trouble& trouble, Place const& place, json::value const& value, LateSources& sources) {
  if (!value.is_array()) return trouble.wrong(place, value, "a list of sources");
  for (json::value const& one : value.get_array()) {
    auto const source = one.is_string() ? domain::parse_source(one.get_string()) : std::nullopt;
    if (!source) return trouble.wrong(place, one, "a source");
    sources.observed.add(*source);
  }
  return true;
}

base::Result<std::string> reason_of(std::string const& personal) {
  if (personal.empty()) return std::string{};  // erased
  auto const parsed = parse_json(personal, "reason");
  if (!parsed) return parsed.error();
  Trouble trouble;
  Place const root;
  std::string reason;
  json::object const* const object = (*parsed).if_object();
  json::value const* const found = object == nullptr ? nullptr : object->if_contains("reason");
  if (found != nullptr && !read_text(trouble, root.field("reason"), *found, reason)) return trouble.error();
  return reason;
}

}  // namespace

records::Content encode(VerdictReview const& review) {
  json::object kept{{"practice", review.practice},
                    {"verdict", evaluation::name(review.verdict)},
                    {"machine", evaluation::name(review.machine)},
                    {"by", review.by},
                    {"at", base::format_rfc3339(review.at)}};
  return {json::serialize(json::object{{review_field, std::move(kept)}}), json::serialize(json::object{{"reason", review.reason}})};
}

records::Content encode(LateSources const& sources) {
  json::array names;
  for (std::size_t number = 0; number < domain::source_count; ++number) {
    auto const source = static_cast<domain::Source>(number);
    if (sources.observed.has(source)) names.emplace_back(domain::name(source));
  }
  return {json::serialize(json::object{{sources_field, std::move(names)}}), {}};
}

base::Result<TailEntry> decode_tail(records::Content const& content, domain::Interaction const& head) {
  auto const skeleton = parse_json(content.skeleton, "tail");
  if (!skeleton) return skeleton.error();
  json::object const* const object = (*skeleton).if_object();
  if (object == nullptr) return base::Error{"stored tail: no JSON object"};
  Trouble trouble;
  Place const root;
  if (json::value const* const review = object->if_contains(review_field)) {
    VerdictReview made;
    if (!read_review(trouble, root.field(review_field), *review, made)) return trouble.error();
    auto reason = reason_of(content.personal);
    if (!reason) return reason.error();
    made.reason = std::move(*reason);
    return TailEntry{std::move(made)};
  }
  if (json::value const* const sources = object->if_contains(sources_field)) {
    LateSources made;
    if (!read_sources(trouble, root.field(sources_field), *sources, made)) return trouble.error();
    return TailEntry{made};
  }
  auto event = decode_event(content, head);
  if (!event) return event.error();
  return TailEntry{std::move(*event)};
}

}  // namespace rapport::centre

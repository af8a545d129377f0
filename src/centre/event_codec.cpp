#include "centre/event_codec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/limits.hpp"
#include "base/time.hpp"
#include "timeline/formats/interaction_json.hpp"

namespace rapport::centre {
namespace {

namespace formats = timeline::formats;
using domain::Event;
using domain::EventKind;
using domain::Interaction;
using domain::Value;

/// An attribute that is nobody's: of this kind, in this group; no name stands for every one of the group.
struct KeptField {
  EventKind kind;
  std::string_view group;
  std::string_view name;
};

constexpr auto kept_fields = std::to_array<KeptField>({
    {EventKind::transfer, "", "mode"},
    {EventKind::transfer, "", "context_acknowledged"},
    {EventKind::guide_step, "", "guide"},
    {EventKind::guide_step, "", "step"},
    {EventKind::article_opened, "", "article"},
    {EventKind::field_captured, "", "name"},
    {EventKind::fact_known, "", "name"},
    {EventKind::remedy, "", "what"},
    {EventKind::remedy, "", "amount"},
    {EventKind::remedy, "", "currency"},
    {EventKind::remedy, "", "limit"},
    {EventKind::approval_requested, "", "what"},
    {EventKind::approval_requested, "", "amount"},
    {EventKind::approval_requested, "", "limit"},
    {EventKind::promise, "", "due"},
    {EventKind::followup_scheduled, "", "due"},
    {EventKind::disposition, "", "reason"},
    {EventKind::disposition, "", "outcome"},
    {EventKind::verified, "", "method"},
    {EventKind::consent, "", "given"},
    {EventKind::promise_kept, "", "promise"},
    {EventKind::contact_repeated, "", "days"},
    {EventKind::survey, "", "csat"},
    {EventKind::survey, "", "resolved"},
    {EventKind::context, "", "brand"},
    {EventKind::context, "", "framework"},
    {EventKind::context, "", "priority"},
    {EventKind::context, "", "attempt"},
    {EventKind::context, "", "consent_required"},
    {EventKind::context, "limits", ""},
});

bool is_word(std::string_view text) {
  return text.size() <= limits::name_bytes_max && std::ranges::all_of(text, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                  c == '-' || c == '.' || c == '/';
         });
}

bool is_kept(EventKind kind, domain::Attribute const& attribute) {
  auto const field = std::ranges::find_if(kept_fields, [&](KeptField const& kept) {
    return kept.kind == kind && kept.group == attribute.group &&
           (kept.name == attribute.name || kept.name.empty());
  });
  if (field == kept_fields.end()) return false;
  switch (attribute.value.kind) {
    case Value::Kind::number:
    case Value::Kind::boolean:
      return true;
    case Value::Kind::text:
      if (field->name.empty()) return false;
      return is_word(attribute.value.text) || static_cast<bool>(base::parse_rfc3339(attribute.value.text));
    case Value::Kind::json:
      return false;
  }
  return false;
}

Event skeleton_of(Event const& event) {
  Event bare = event;
  bare.text.clear();
  bare.source.clear();
  std::erase_if(bare.attributes, [&](auto const& attribute) { return !is_kept(event.kind, attribute); });
  return bare;
}

/// The head with its participants named by place: what skeletons of events refer to.
Interaction named_by_place(Interaction const& head) {
  Interaction bare;
  for (std::size_t place = 0; place < head.participants.size(); ++place) {
    domain::Participant& participant = bare.participants.emplace_back();
    participant.id = fmt::format("p{}", place + 1);
    participant.role = head.participants[place].role;
  }
  return bare;
}

Interaction skeleton_of(Interaction const& head) {
  Interaction bare = head;
  bare.history.clear();
  bare.extra.clear();
  bare.participants = named_by_place(head).participants;
  for (std::size_t place = 0; place < head.participants.size(); ++place) {
    domain::Participant const& whole = head.participants[place];
    if (whole.role != domain::Role::customer) bare.participants[place].person = whole.person;
  }
  return bare;
}

std::string head_text(Interaction const& head) {
  std::string out;
  formats::ObjectWriter object{out};
  formats::append_head(object, head);
  object.close();
  return out;
}

/// Parses `text` and lets `read` look at it; what it refuses is told.
template <typename Read>
std::optional<base::Error> parse(std::string const& text, std::string_view what, Read&& read) {
  simdjson::dom::parser parser;
  formats::JsonElement element;
  auto code = parser.allocate(std::max<std::size_t>(text.size(), 64), limits::json_depth_max);
  if (code == simdjson::SUCCESS) code = parser.parse(text).get(element);
  if (code != simdjson::SUCCESS)
    return base::Error{fmt::format("stored {}: not valid JSON: {}", what, simdjson::error_message(code))};
  formats::Findings findings;
  if (read(findings, element)) return std::nullopt;
  return base::Error{fmt::format("stored {}: {}", what, findings.error())};
}

}  // namespace

std::string event_json(Event const& event, Interaction const& head) {
  std::string out;
  formats::append_event(out, event, head, true);
  return out;
}

records::Content encode(Event const& event, Interaction const& head) {
  return {event_json(skeleton_of(event), named_by_place(head)), event_json(event, head)};
}

records::Content encode(Interaction const& head) { return {head_text(skeleton_of(head)), head_text(head)}; }

records::Content encode_block(Interaction const& head, std::vector<Event> const& events) {
  std::vector<Event> bare;
  bare.reserve(events.size());
  for (Event const& event : events) bare.push_back(skeleton_of(event));
  return {formats::write_interaction(skeleton_of(head), bare), formats::write_interaction(head, events)};
}

base::Result<Event> decode_event(records::Content const& content, Interaction const& head) {
  bool const erased = content.personal.empty();
  Interaction const places = erased ? named_by_place(head) : Interaction{};
  Event event;
  auto const error =
      parse(erased ? content.skeleton : content.personal, "event", [&](auto& findings, auto element) {
        return formats::read_event(findings, {}, element, erased ? places : head, event);
      });
  if (error) return *error;
  return event;
}

base::Result<Interaction> decode_head(records::Content const& content) {
  Interaction head;
  auto const error = parse(content.personal.empty() ? content.skeleton : content.personal, "head",
                           [&](auto& findings, auto element) {
                             formats::JsonObject object;
                             std::optional<formats::JsonElement> events;
                             return formats::read_object(findings, {}, element, object) &&
                                    formats::read_head(findings, {}, object, true, head, events);
                           });
  if (error) return *error;
  return head;
}

base::Result<Block> decode_block(records::Content const& content) {
  Block block;
  auto const error = parse(content.personal.empty() ? content.skeleton : content.personal, "interaction",
                           [&](auto& findings, auto element) {
                             return formats::read_interaction(findings, {}, element, block.head, block.events);
                           });
  if (error) return *error;
  return block;
}

}  // namespace rapport::centre

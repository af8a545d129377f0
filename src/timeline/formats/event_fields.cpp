#include "timeline/formats/event_fields.hpp"

#include <array>

#include "base/assert.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::EventKind;

struct FieldRule {
  EventKind kind;
  std::string_view name;
  FieldType type;
};

constexpr auto rules = std::to_array<FieldRule>({
    {EventKind::offered, "to", FieldType::text},
    {EventKind::message, "attachments", FieldType::any},
    {EventKind::transfer, "to", FieldType::text},
    {EventKind::transfer, "mode", FieldType::transfer_mode},
    {EventKind::transfer, "context_acknowledged", FieldType::boolean},
    {EventKind::conference, "with", FieldType::any},
    {EventKind::context, "brand", FieldType::text},
    {EventKind::context, "known", FieldType::object},
    {EventKind::context, "limits", FieldType::any},
    {EventKind::context, "consent_required", FieldType::any},
    {EventKind::context, "framework", FieldType::text},
    {EventKind::context, "baselines", FieldType::any},
    {EventKind::context, "priority", FieldType::any},
    {EventKind::context, "preferred_channel", FieldType::text},
    {EventKind::article_opened, "title", FieldType::text},
    {EventKind::guide_step, "guide", FieldType::text},
    {EventKind::guide_step, "step", FieldType::any},
    {EventKind::guide_step, "reason", FieldType::text},
    {EventKind::field_captured, "name", FieldType::text},
    {EventKind::field_captured, "value", FieldType::any},
    {EventKind::remedy, "what", FieldType::text},
    {EventKind::remedy, "amount", FieldType::number},
    {EventKind::remedy, "currency", FieldType::text},
    {EventKind::remedy, "limit", FieldType::number},
    {EventKind::approval_requested, "what", FieldType::text},
    {EventKind::approval_requested, "amount", FieldType::number},
    {EventKind::approval_requested, "limit", FieldType::number},
    {EventKind::help_requested, "of", FieldType::text},
    {EventKind::promise, "due", FieldType::text},
    {EventKind::followup_scheduled, "due", FieldType::text},
    {EventKind::followup_scheduled, "owner", FieldType::text},
    {EventKind::followup_scheduled, "what", FieldType::text},
    {EventKind::flagged, "reason", FieldType::text},
    {EventKind::disposition, "reason", FieldType::text},
    {EventKind::disposition, "outcome", FieldType::outcome},
    {EventKind::disposition, "root_cause", FieldType::text},
    {EventKind::verified, "method", FieldType::text},
    {EventKind::consent, "given", FieldType::boolean},
    {EventKind::fact_known, "name", FieldType::text},
    {EventKind::fact_known, "value", FieldType::any},
    {EventKind::promise_kept, "promise", FieldType::text},
    {EventKind::contact_repeated, "reason", FieldType::text},
    {EventKind::contact_repeated, "days", FieldType::number},
    {EventKind::survey, "csat", FieldType::number},
    {EventKind::survey, "resolved", FieldType::any},
    {EventKind::survey, "comment", FieldType::text},
});

}  // namespace

std::optional<FieldType> field_type(EventKind kind, std::string_view name) {
  for (FieldRule const& rule : rules) {
    if (rule.kind == kind && rule.name == name) return rule.type;
  }
  return std::nullopt;
}

std::string_view expected_of(FieldType type) {
  switch (type) {
    case FieldType::text:
      return "text";
    case FieldType::number:
      return "a number";
    case FieldType::boolean:
      return "true or false";
    case FieldType::object:
      return "an object";
    case FieldType::transfer_mode:
      return "cold or warm";
    case FieldType::outcome:
      return "resolved, unresolved or follow_up";
    case FieldType::any:
      return "a value";
  }
  RAPPORT_ASSERT(false);
}

}  // namespace rapport::timeline::formats

#include "customers/journey.hpp"

#include <algorithm>
#include <string>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::customers {
namespace {

using domain::Attribute;
using domain::Value;

void say(std::vector<Attribute>& fields, std::string group, std::string name, std::string text) {
  if (!text.empty()) fields.push_back({std::move(group), std::move(name), Value::of_text(std::move(text))});
}

domain::HistoryEntry entry_of(PastContact const& contact) {
  domain::HistoryEntry entry{contact.at, std::string{domain::name(contact.channel)}, contact.summary, {}};
  say(entry.extra, {}, "interaction", contact.interaction);
  say(entry.extra, {}, "reason", contact.reason);
  say(entry.extra, {}, "outcome", contact.outcome);
  say(entry.extra, {}, "case", contact.case_id);
  return entry;
}

/// "call back about the meter (due 2026-03-03T10:00:00Z, broken)".
std::string told(Promise const& promise, base::Instant now) {
  bool const broken = promise.state_at(now) == PromiseState::broken;
  if (!promise.due) return promise.text + (broken ? " (broken)" : "");
  return promise.text + " (due " + base::format_rfc3339(*promise.due) + (broken ? ", broken)" : ")");
}

}  // namespace

std::vector<domain::HistoryEntry> history(std::span<PastContact const> past, base::Instant now) {
  std::vector<PastContact const*> before;
  for (PastContact const& contact : past) {
    if (contact.at < now) before.push_back(&contact);
  }
  std::ranges::sort(before, {}, [](PastContact const* contact) { return std::tie(contact->at, contact->interaction); });
  std::size_t const skipped = before.size() - std::min(before.size(), limits::context_history_max);
  std::vector<domain::HistoryEntry> entries;
  for (PastContact const* const contact : std::span{before}.subspan(skipped)) entries.push_back(entry_of(*contact));
  return entries;
}

domain::Participant participant(Profile const& profile, std::string participant_id) {
  domain::Participant customer;
  customer.id = std::move(participant_id);
  customer.role = domain::Role::customer;
  customer.person = profile.id;
  customer.name = full_name(profile);
  customer.preferred_channel = preferred_channel(profile);
  customer.identifiers = identifiers(profile);
  for (Fact& fact : facts(profile)) customer.known.push_back({{}, std::move(fact.name), std::move(fact.value)});
  return customer;
}

std::vector<Attribute> context_fields(Profile const& profile, std::span<Promise const> promises, base::Instant now) {
  std::vector<Attribute> fields;
  say(fields, {}, "brand", profile.brand);
  say(fields, {}, "preferred_channel", preferred_channel(profile));
  auto const known = facts(profile);
  if (std::ranges::find(known, "name", &Fact::name) == known.end()) say(fields, "known", "name", full_name(profile));
  for (Fact const& fact : known) fields.push_back({"known", fact.name, fact.value});
  for (Promise const& promise : promises) {
    if (is_owed(promise)) say(fields, "promises", promise.id, told(promise, now));
  }
  return fields;
}

std::optional<Repeat> repeats(std::span<PastContact const> past, std::string_view reason, std::string_view case_id,
                              base::Instant at, std::int32_t days) {
  RAPPORT_ASSERT(days >= 1 && days <= limits::repeat_days_max);
  PastContact const* latest = nullptr;
  for (PastContact const& contact : past) {
    bool const same_matter = (!reason.empty() && contact.reason == reason) || (!case_id.empty() && contact.case_id == case_id);
    bool const in_time = contact.at < at && at - contact.at <= days * base::day;
    if (!same_matter || !in_time) continue;
    if (latest == nullptr || std::tie(contact.at, contact.interaction) > std::tie(latest->at, latest->interaction)) latest = &contact;
  }
  if (latest == nullptr) return std::nullopt;
  return Repeat{latest->interaction, latest->reason, static_cast<std::int32_t>((at - latest->at) / base::day)};
}

domain::Event contact_repeated(Repeat const& repeat, base::Millis at_ms) {
  domain::Event event;
  event.kind = domain::EventKind::contact_repeated;
  event.at_ms = at_ms;
  say(event.attributes, {}, "reason", repeat.reason);
  event.attributes.push_back({{}, "days", Value::of_thousandths(repeat.days * std::int64_t{1'000})});
  say(event.attributes, {}, "interaction", repeat.interaction);
  return event;
}

}  // namespace rapport::customers

#include "signals/event_rule.hpp"

#include <algorithm>
#include <functional>
#include <iterator>

#include "base/decimal.hpp"
#include "base/time.hpp"

namespace rapport::signals {
namespace {

using domain::Event;
using domain::EventKind;
using domain::Value;

bool equals(Value const& value, std::string_view wanted) {
  switch (value.kind) {
    case Value::Kind::text:
    case Value::Kind::json:
      return value.text == wanted;
    case Value::Kind::number:
      return base::parse_thousandths(wanted) == value.number;
    case Value::Kind::boolean:
      return wanted == (value.number != 0 ? "true" : "false");
  }
  return false;
}

/// A field that events have in members of their own, as text; nothing if it is no such field.
std::optional<std::string_view> own_field(FieldTest const& test, Event const& event) {
  if (!test.group.empty()) return std::nullopt;
  if (test.field == "by") return event.by ? domain::name(*event.by) : std::string_view{};
  if (test.field == "text") return event.text;
  if (test.field == "source") return event.source;
  if (test.field == "leg") return event.leg;
  return std::nullopt;
}

}  // namespace

bool passes(FieldTest const& test, Event const& event) {
  auto const any_equals = [&](auto const& equal) { return std::ranges::any_of(test.values, equal); };
  bool passed = false;
  if (std::optional<std::string_view> const own = own_field(test, event)) {
    passed = test.values.empty() ? !own->empty() : any_equals([&](std::string const& value) { return value == *own; });
  } else if (Value const* const value = event.find(test.group, test.field)) {
    passed = test.values.empty() || any_equals([&](std::string const& wanted) { return equals(*value, wanted); });
  }
  return passed != test.negated;
}

EventRule::EventRule(SignalId fires, EventSource const& source) : signal(fires), at_end(source.at_end) {
  auto const asks_who = [](FieldTest const& test) { return test.group.empty() && test.field == "by"; };
  std::ranges::copy_if(source.where, std::back_inserter(tests_), std::not_fn(asks_who));
  for (std::size_t who = 0; who <= domain::role_count; ++who) {
    Event event;
    if (who < domain::role_count) event.by = static_cast<domain::Role>(who);
    bool const passed = std::ranges::all_of(source.where, [&](FieldTest const& test) { return !asks_who(test) || passes(test, event); });
    if (passed) doers_ |= 1U << who;
  }
}

bool EventRule::passes_tests(Event const& event) const {
  return std::ranges::all_of(tests_, [&](FieldTest const& test) { return passes(test, event); });
}

domain::Role doer_of(Event const& event, domain::Interaction const& head) {
  if (event.by) return *event.by;
  if (event.participant < head.participants.size()) return head.participants[event.participant].role;
  bool const customers = event.kind == EventKind::consent || event.kind == EventKind::escalation_requested ||
                         event.kind == EventKind::contact_repeated || event.kind == EventKind::survey;
  return customers ? domain::Role::customer : domain::Role::agent;
}

base::Millis due_of(Event const& event, domain::Interaction const& head) {
  std::string_view const written = event.text_of("due");
  if (written.empty() || !head.has_date()) return -1;
  auto const due = base::parse_rfc3339(written);
  return due ? std::max<base::Millis>(*due - head.started_at, -1) : -1;
}

}  // namespace rapport::signals

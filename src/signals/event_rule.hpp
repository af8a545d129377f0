#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "signals/occurrence.hpp"
#include "signals/spec.hpp"

namespace rapport::signals {

/// A signal that fires on events of a kind whose fields pass all tests.
struct EventRule {
  SignalId signal = no_signal;
  bool at_end = false;
  std::vector<FieldTest> tests;

  bool matches(domain::Event const& event) const;
};

/// Whether the event's field is there (no values given) or equals one of the values; `by`, `text`,
/// `source` and `leg` are fields too. Numbers are compared as numbers, text to the letter.
bool passes(FieldTest const& test, domain::Event const& event);

/// Who did it: as the event says; else its participant's role; else the customer for consent, an
/// escalation asked for, a repeated contact and a survey, and the agent for all others.
domain::Role doer_of(domain::Event const& event, domain::Interaction const& head);

}  // namespace rapport::signals

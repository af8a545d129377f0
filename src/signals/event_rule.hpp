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
class EventRule {
 public:
  EventRule(SignalId signal, EventSource const& source);

  SignalId signal = no_signal;
  bool at_end = false;

  bool matches(domain::Event const& event) const {
    return (doers_ >> (event.by ? static_cast<std::size_t>(*event.by) : domain::role_count) & 1U) != 0 && passes_tests(event);
  }

 private:
  bool passes_tests(domain::Event const& event) const;

  unsigned doers_ = 0;            ///< of whom the tests of `by` approve, as bits; the last: of an event that names nobody
  std::vector<FieldTest> tests_;  ///< the others
};

/// Whether the event's field is there (no values given) or equals one of the values; `by`, `text`,
/// `source` and `leg` are fields too. Numbers are compared as numbers, text to the letter.
bool passes(FieldTest const& test, domain::Event const& event);

/// Who did it: as the event says; else its participant's role; else the customer for consent, an
/// escalation asked for, a repeated contact and a survey, and the agent for all others.
domain::Role doer_of(domain::Event const& event, domain::Interaction const& head);

/// The time that the event itself carries in its field `due` (RFC 3339), in milliseconds from the interaction's
/// start; -1 where there is none, it is no moment, it lies before the start, or the interaction has no date.
base::Millis due_of(domain::Event const& event, domain::Interaction const& head);

}  // namespace rapport::signals

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "customers/profile.hpp"
#include "customers/promise.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"

/// What an interaction is told of the customer's past, at its start: all that its evaluation may know.
namespace rapport::customers {

/// One earlier interaction of the customer, as the store remembers it.
struct PastContact {
  std::string interaction;
  base::Instant at;  ///< its start
  domain::Channel channel = domain::Channel::voice;
  std::string summary;  ///< a line for a person; may be empty
  std::string reason;   ///< code of the reason for contact; empty: none was given
  std::string outcome;  ///< resolved, unresolved, follow_up, or empty
  std::string case_id;

  bool operator==(PastContact const&) const = default;
};

/// The head's history: the contacts before `now`, oldest first, the latest context_history_max of them.
/// Interaction, reason, outcome and case go along as `extra`, those that are not empty.
std::vector<domain::HistoryEntry> history(std::span<PastContact const> past, base::Instant now);

/// The customer as a participant: name, identifiers, facts, preferred channel over all parts.
/// `participant_id` is its id within the interaction; `person` is the profile's.
domain::Participant participant(Profile const& profile, std::string participant_id);

/// Fields of the `context` event: brand, preferred_channel, name, facts as "known", and under "promises"
/// each promise by its id that is owed (is_owed): its text, with due time and "broken" where they apply.
/// Of a part without a value there is no field.
std::vector<domain::Attribute> context_fields(Profile const& profile, std::span<Promise const> promises, base::Instant now);

/// The last contact that this one repeats.
struct Repeat {
  std::string interaction;
  std::string reason;
  std::int32_t days = 0;  ///< full days since it began

  bool operator==(Repeat const&) const = default;
};

/// The matching rule of repeated contact, one for cues, reports and first-contact resolution: the same
/// customer within `days` before (to the millisecond, the bound included), for the same reason, or on the
/// same case. An empty reason, an empty case matches nothing. The latest such contact. REQUIRES: days
/// from 1 to repeat_days_max.
std::optional<Repeat> repeats(std::span<PastContact const> past, std::string_view reason, std::string_view case_id,
                              base::Instant at, std::int32_t days);

/// The event that tells the interaction so.
domain::Event contact_repeated(Repeat const& repeat, base::Millis at_ms);

}  // namespace rapport::customers

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.hpp"
#include "base/time.hpp"
#include "routing/ids.hpp"

/// What the numbers of the floor are counted from beside the floor's own events. Kept in the floor's log,
/// in order with these, so that the next process counts on where this one fell.
namespace rapport::centre {

struct HoldStarted {
  base::Instant at;
  routing::ContactId contact;
  bool operator==(HoldStarted const&) const = default;
};
struct HoldEnded {
  base::Instant at;
  routing::ContactId contact;
  bool operator==(HoldEnded const&) const = default;
};
/// The time that agents have spent so far was counted: of those above `after` up to `until` (nil: from the
/// first, to the last).
struct TimeCounted {
  base::Instant at;
  routing::AgentId after;
  routing::AgentId until;
  bool operator==(TimeCounted const&) const = default;
};
/// The server was away: what was spent until `last` was counted, and nothing is from there to `at`.
struct TimeResumed {
  base::Instant last;
  base::Instant at;
  bool operator==(TimeResumed const&) const = default;
};
using NumbersEvent = std::variant<HoldStarted, HoldEnded, TimeCounted, TimeResumed>;

std::string encode(NumbersEvent const& event);
/// Whether an entry of the floor's log is one of these; else it is a routing::Event.
bool is_numbers_event(std::string_view text);
/// REQUIRES nothing. Error: what is wrong with it.
base::Result<NumbersEvent> decode_numbers_event(std::string_view text);

}  // namespace rapport::centre

#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "routing/event.hpp"
#include "routing/snapshot.hpp"

/// The floor's log and snapshot as text. Pure; any thread. Decoding is strict: a field that is missing,
/// unknown, of another type or beyond its limits is an error that names it; nothing is guessed. The
/// text holds no personal content: contacts and agents are ids, a reason is that of an agent's break.
namespace rapport::centre {

/// One event: `[1772442000000,"offered",{"contact":"…","agent":"…","until":…}]`, no line's end.
std::string encode(routing::Event const& event);
base::Result<routing::Event> decode_floor_event(std::string_view text);

/// A snapshot, with its format's number; each version of a queue's rules stands in it once.
std::string encode(routing::Snapshot const& snapshot);
/// Also an error: records that contradict each other, on which no floor could stand.
base::Result<routing::Snapshot> decode_snapshot(std::string_view text);

}  // namespace rapport::centre

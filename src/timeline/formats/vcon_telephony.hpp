#pragma once

#include <vector>

#include "domain/event.hpp"
#include "timeline/formats/vcon_parts.hpp"

namespace rapport::timeline::formats {

/// What a dialog tells of the call itself: joins, drops, holds and mutes of its party history, a
/// transfer, a call that did not come about. `parties` have their roles. Times from `origin`.
std::vector<domain::Event> telephony_of(VconDialog const& dialog, std::vector<VconParty> const& parties, base::Instant origin);

}  // namespace rapport::timeline::formats

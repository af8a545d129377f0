#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "server/api/gate.hpp"
#include "server/api/stored.hpp"

namespace rapport::server::api {

/// What comes of an interaction after it closed: surveys, late and corrected transcripts. They are added
/// to it, and it is judged again by its brand's playbook of now.
void add_late_events(Gate& gate);

/// What events change that come after closing: each takes its place behind everything else, and the ledger
/// that follows from all of them becomes the current one.
struct LateChanges {
  records::Batch batch;               ///< conflicts where somebody else was first: read and make it again
  std::optional<std::int32_t> score;  ///< from then on, thousandths
  std::uint32_t number = 0;           ///< of the last event
};
/// `added`: with ids that the timeline does not have, in order, and no card numbers; seq and recorded_at
/// are set here. `observed`: sources that were recorded after all. Problem `bad_event`: they make no
/// timeline. REQUIRES: it is closed, its customer was not erased.
base::Result<LateChanges, http::Problem> late_changes(centre::Judge const& judge, StoredTimeline timeline, domain::SourceSet observed,
                                                      std::vector<domain::Event> added, base::Instant now);

}  // namespace rapport::server::api

#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "timeline/attribution.hpp"
#include "timeline/timeline.hpp"

namespace rapport::timeline {

/// A timeline that still grows: events in any order of arrival, again, revised, partial and then
/// final. At every moment its events are those of Timeline::build over all that arrived. An event
/// that comes last and is new costs its own length; any other one costs the whole timeline. The
/// head keeps its address. One thread at a time; movable, not copyable.
class GrowingTimeline {
 public:
  explicit GrowingTimeline(domain::Interaction head);

  /// Takes an event; answers the place of the first event that is now another one than before (the
  /// old size where one was added at the end, the size where nothing changed). Errors: as
  /// Timeline::build; the event is then not taken and nothing changes.
  base::Result<std::size_t> add(domain::Event event);

  domain::Interaction const& head() const { return *head_; }
  std::vector<domain::Event> const& events() const { return events_; }
  base::Millis end_ms() const { return end_ms_; }

 private:
  bool comes_last(domain::Event const& event) const;
  base::Result<std::size_t> append(domain::Event event);
  base::Result<std::size_t> rebuild(domain::Event event);

  domain::Interaction given_;                  ///< the head as it was given
  std::unique_ptr<domain::Interaction> head_;  ///< with the participants that events brought
  Attribution attribution_;
  std::vector<domain::Event> arrived_;  ///< as given, in order of arrival
  std::vector<domain::Event> events_;
  std::set<std::string> ids_;
  std::set<std::string> revised_;  ///< ids that an event corrects, arrived or not
  base::Millis end_ms_ = 0;
};

}  // namespace rapport::timeline

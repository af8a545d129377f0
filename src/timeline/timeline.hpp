#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::timeline {

/// The append-only history of one interaction in order of time: by at_ms, then seq, then arrival.
/// Corrections are applied: `events()` holds the effective version of every event, `superseded()`
/// the versions that were corrected since. A plain value; immutable once built, so any thread may
/// read it.
class Timeline {
 public:
  /// Sorts, drops repeats (same id, equal content), applies `revises` (the last revision by
  /// recorded_at, then seq, then arrival, wins, and its own revisions after it; a revision of an
  /// unknown id stands as an event of its own), resolves who did each event, and checks the limits.
  /// Who: `by` from the participant's role; the participant from `by`: the one of that role who was
  /// last named, else the first, else one that is added to the head with the role's name as its id.
  /// An inbound contact that is `answered` by nobody named was answered by the agent.
  /// Errors: the same id with different content, events that revise each other, end before start,
  /// negative or absurd times, too many events. What was mended is said in `warnings()`.
  static base::Result<Timeline> build(domain::Interaction head, std::vector<domain::Event> events);

  domain::Interaction const& head() const { return head_; }
  std::vector<domain::Event> const& events() const { return events_; }
  /// Events that a later one revised, in order of arrival.
  std::vector<domain::Event> const& superseded() const { return superseded_; }
  std::vector<std::string> const& warnings() const { return warnings_; }

  /// The last moment that anything on the timeline reaches.
  base::Millis end_ms() const { return end_ms_; }
  /// What was observed: the head's list or, where it names none, every source of which at least
  /// one event (for timing: a message, speech, or an utterance with an end) is present.
  domain::SourceSet observed() const { return observed_; }

 private:
  Timeline() = default;

  domain::Interaction head_;
  std::vector<domain::Event> events_;
  std::vector<domain::Event> superseded_;
  std::vector<std::string> warnings_;
  base::Millis end_ms_ = 0;
  domain::SourceSet observed_;
};

/// The order of a timeline's events, but for arrival.
bool is_before(domain::Event const& left, domain::Event const& right);

/// Whether the event's times can be; `position` is its place among those that arrived, for the message.
base::Result<void> check_times(domain::Event const& event, std::size_t position);

/// The sources that this one event shows to have been observed; none for the kinds that any source
/// may write (docs/interaction-format.md).
domain::SourceSet sources_shown_by(domain::Event const& event);

}  // namespace rapport::timeline

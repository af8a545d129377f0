#include "timeline/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/limits.hpp"
#include "timeline/attribution.hpp"
#include "timeline/revisions.hpp"

namespace rapport::timeline {

using domain::Event;
using domain::EventKind;
using domain::Source;
using domain::SourceSet;

base::Result<void> check_times(Event const& event, std::size_t position) {
  auto const refused = [&](std::string_view what) {
    return base::Error{fmt::format("event {} ({}{}{}): {}", position + 1, name(event.kind),
                                   event.id.empty() ? "" : ", id ", event.id, what)};
  };
  if (event.at_ms < 0) return refused(fmt::format("at_ms is {}; expected 0 or more", event.at_ms));
  if (event.end() < event.at_ms) {
    return refused(fmt::format("end_ms {} is before at_ms {}", event.end(), event.at_ms));
  }
  if (event.end() > limits::interaction_span_max) {
    return refused(fmt::format("{} ms is past interaction_span_max, {} ms", event.end(), limits::interaction_span_max));
  }
  return {};
}

bool is_before(Event const& left, Event const& right) {
  return left.at_ms != right.at_ms ? left.at_ms < right.at_ms : left.seq < right.seq;
}

base::Result<Timeline> Timeline::build(domain::Interaction head, std::vector<Event> events) {
  if (events.size() > limits::events_max) {
    return base::Error{fmt::format("{} events are more than events_max, {}", events.size(), limits::events_max)};
  }
  for (std::size_t index = 0; index < events.size(); ++index) {
    if (auto checked = check_times(events[index], index); !checked) return checked.error();
  }
  Timeline timeline;
  timeline.head_ = std::move(head);
  if (!std::ranges::is_sorted(events, is_before)) timeline.warnings_.push_back("events were not in order of time; sorted");
  auto effective = apply_revisions(std::move(events));
  if (!effective) return effective.error();
  timeline.events_ = std::move(effective->events);
  timeline.superseded_ = std::move(effective->superseded);
  std::ranges::move(effective->warnings, std::back_inserter(timeline.warnings_));
  if (!std::ranges::is_sorted(timeline.events_, is_before)) std::ranges::stable_sort(timeline.events_, is_before);

  Attribution attribution{timeline.head_};
  SourceSet shown;
  if (!timeline.head_.history.empty()) shown.add(Source::journey);
  for (Event& event : timeline.events_) {
    if (auto resolved = attribution.resolve(event); !resolved) return resolved.error();
    shown.add(sources_shown_by(event));
    timeline.end_ms_ = std::max(timeline.end_ms_, event.end());
  }
  timeline.observed_ = timeline.head_.observed.value_or(shown);
  return timeline;
}

SourceSet sources_shown_by(Event const& event) {
  switch (event.kind) {
    case EventKind::utterance: {
      SourceSet shown{Source::words};
      if (event.end_ms) shown.add(Source::timing);
      return shown;
    }
    case EventKind::message:
      return {Source::words, Source::timing};
    case EventKind::recording_started:
    case EventKind::consent:
    case EventKind::escalation_requested:
    case EventKind::fact_known:
    case EventKind::promise_kept:
    case EventKind::contact_repeated:
    case EventKind::other:
      return {};
    default:
      return {source_of(event.kind)};
  }
}

}  // namespace rapport::timeline

#include "timeline/growing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/limits.hpp"

namespace rapport::timeline {

using domain::Event;

GrowingTimeline::GrowingTimeline(domain::Interaction head)
    : given_(head), head_(std::make_unique<domain::Interaction>(std::move(head))), attribution_(*head_) {}

base::Result<std::size_t> GrowingTimeline::add(Event event) {
  if (arrived_.size() >= limits::events_max) {
    return base::Error{fmt::format("more events than events_max, {}", limits::events_max)};
  }
  if (auto const checked = check_times(event, arrived_.size()); !checked) return checked.error();
  return comes_last(event) ? append(std::move(event)) : rebuild(std::move(event));
}

bool GrowingTimeline::comes_last(Event const& event) const {
  if (!event.revises.empty()) return false;
  if (!event.id.empty() && (ids_.contains(event.id) || revised_.contains(event.id))) return false;
  return events_.empty() || !is_before(event, events_.back());
}

base::Result<std::size_t> GrowingTimeline::append(Event event) {
  Event resolved = event;
  if (auto const done = attribution_.resolve(resolved); !done) return done.error();
  if (!event.id.empty()) ids_.insert(event.id);
  end_ms_ = std::max(end_ms_, resolved.end());
  arrived_.push_back(std::move(event));
  events_.push_back(std::move(resolved));
  return events_.size() - 1;
}

base::Result<std::size_t> GrowingTimeline::rebuild(Event event) {
  std::vector<Event> all = arrived_;
  all.push_back(event);
  auto const built = Timeline::build(given_, std::move(all));
  if (!built) return built.error();
  auto const [old_end, new_end] = std::ranges::mismatch(events_, built->events());
  auto first_changed = static_cast<std::size_t>(old_end - events_.begin());
  if (built->head().participants != head_->participants) first_changed = 0;
  *head_ = built->head();
  events_ = built->events();
  end_ms_ = built->end_ms();
  if (!event.id.empty()) ids_.insert(event.id);
  if (!event.revises.empty()) revised_.insert(event.revises);
  arrived_.push_back(std::move(event));
  attribution_ = Attribution{*head_};
  for (Event& known : events_) {
    [[maybe_unused]] auto const again = attribution_.resolve(known);  // resolved above: cannot fail
  }
  return std::min(first_changed, events_.size());
}

}  // namespace rapport::timeline

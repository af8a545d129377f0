#include "evaluation/live.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "base/limits.hpp"

namespace rapport::evaluation {

using base::Millis;
using domain::Event;

namespace {

constexpr std::size_t checkpoint_every = 16;   ///< events
static_assert(limits::checkpoints_max >= 4);

}  // namespace

LiveEvaluation::LiveEvaluation(Plan const& plan, domain::Interaction head)
    : plan_(plan),
      arrived_head_(std::move(head)),
      head_(std::make_unique<domain::Interaction>(arrived_head_)),
      evaluator_(plan, *head_, true) {
  keep_checkpoint();
}

base::Result<void> LiveEvaluation::take(Event event) {
  if (!comes_last(event)) {
    if (auto worked_in = work_in(std::move(event)); !worked_in) return worked_in.error();
    publish_differences();
    return {};
  }
  append(std::move(event));
  publish_changes();
  return {};
}

/// Whether the event simply goes on from what was taken: nothing before it changes, and a timeline
/// would take it as it is.
bool LiveEvaluation::comes_last(Event const& event) const {
  bool const known = !event.id.empty() && (ids_.contains(event.id) || revised_.contains(event.id));
  if (known || !event.revises.empty() || events_.size() >= limits::events_max) return false;
  if (event.at_ms <= passed_ms_ || event.at_ms < 0) return false;
  if (event.end() < event.at_ms || event.end() > limits::interaction_span_max) return false;
  bool const attributed = event.by && event.participant < head_->participants.size() &&
                          head_->participants[event.participant].role == *event.by;
  bool const nobodys = !event.by && event.participant == domain::nobody && event.kind != domain::EventKind::answered;
  if (!attributed && !nobodys) return false;
  if (events_.empty()) return true;
  Event const& last = events_.back();
  return event.at_ms != last.at_ms ? event.at_ms > last.at_ms : event.seq >= last.seq;
}

void LiveEvaluation::append(Event event) {
  if (!event.id.empty()) ids_.insert(event.id);
  end_ms_ = std::max(end_ms_, event.end());
  if (events_.size() >= checkpoints_.back().taken + checkpoint_every && passed_ms_ < 0) keep_checkpoint();
  passed_ms_ = -1;
  evaluator_.take(event, static_cast<std::uint32_t>(events_.size()));
  arrived_.push_back(event);
  events_.push_back(std::move(event));
}

/// Something that is late, said again or corrected: the timeline is put together anew, and what
/// follows the first difference is evaluated anew.
base::Result<void> LiveEvaluation::work_in(Event event) {
  arrived_.push_back(std::move(event));
  auto timeline = timeline::Timeline::build(arrived_head_, arrived_);
  if (!timeline) {
    arrived_.pop_back();
    return timeline.error();
  }
  Event const& newest = arrived_.back();
  if (!newest.id.empty()) ids_.insert(newest.id);
  if (!newest.revises.empty()) revised_.insert(newest.revises);
  bool const same_head = timeline->head() == *head_;
  auto const differs = std::ranges::mismatch(events_, timeline->events());
  auto const first = static_cast<std::size_t>(differs.in1 - events_.begin());
  bool const nothing_new = first == events_.size() && first == timeline->events().size();
  events_ = timeline->events();
  end_ms_ = timeline->end_ms();
  if (nothing_new && same_head) return {};
  if (!same_head) {
    *head_ = timeline->head();
    restart();
  } else {
    go_back_to(first);
  }
  for (std::size_t next = checkpoints_.back().taken; next < events_.size(); ++next) {
    if (next >= checkpoints_.back().taken + checkpoint_every) keep_checkpoint();
    evaluator_.take(events_[next], static_cast<std::uint32_t>(next));
    ++replayed_;
  }
  return {};
}

void LiveEvaluation::restart() {
  checkpoints_.clear();
  evaluator_ = Evaluator(plan_, *head_, true);
  passed_ms_ = -1;
  keep_checkpoint();
}

/// Back to the last checkpoint before which nothing changed.
void LiveEvaluation::go_back_to(std::size_t taken) {
  while (checkpoints_.back().taken > taken) checkpoints_.pop_back();
  evaluator_ = checkpoints_.back().evaluator;
  passed_ms_ = -1;
}

void LiveEvaluation::keep_checkpoint() {
  std::size_t const taken = checkpoints_.empty() ? 0 : std::max(events_.size(), checkpoints_.back().taken);
  checkpoints_.push_back({taken, evaluator_});
  if (checkpoints_.size() > limits::checkpoints_max) thin_checkpoints();
}

/// Drops every second of the older half, so that copies lie the farther apart the older they are.
void LiveEvaluation::thin_checkpoints() {
  std::size_t const older = checkpoints_.size() / 2;
  std::size_t place = 0;
  auto const thinned = std::ranges::remove_if(checkpoints_, [&](Checkpoint const&) {
    std::size_t const at = place++;
    return at < older && at % 2 == 1;
  });
  checkpoints_.erase(thinned.begin(), thinned.end());
}

void LiveEvaluation::pass_time(Millis now_ms) {
  bool const past = !events_.empty() && now_ms < events_.back().at_ms;
  if (past || now_ms <= passed_ms_) return;
  // An event may yet arrive that happened before now: then it goes on from here.
  if (passed_ms_ < 0 && checkpoints_.back().taken < events_.size()) keep_checkpoint();
  passed_ms_ = now_ms;
  evaluator_.pass_time(now_ms);
  publish_changes();
}

Ledger LiveEvaluation::ledger() const {
  if (passed_ms_ < 0) return evaluator_.ledger(end_ms_);
  return checkpoints_.back().evaluator.ledger(end_ms_);
}

timeline::Timeline LiveEvaluation::timeline() const {
  auto timeline = timeline::Timeline::build(arrived_head_, arrived_);
  RAPPORT_ASSERT(timeline);   // every event was accepted with those before it
  return std::move(*timeline);
}

Occasion const* LiveEvaluation::obligation(PublicId id) const {
  RAPPORT_ASSERT(id < published_.size());
  if (published_[id].withdrawn) return nullptr;
  return &evaluator_.obligation(published_[id].number);
}

}  // namespace rapport::evaluation

#include "evaluation/live.hpp"

#include <algorithm>
#include <iterator>

#include "base/limits.hpp"

namespace rapport::evaluation {
namespace {

constexpr std::size_t first_spacing = 16;

std::vector<Occasion> occasions_of(Evaluator const& evaluator) {
  std::vector<Occasion> occasions;
  for (std::size_t number = 0; number < evaluator.obligation_count(); ++number) {
    occasions.push_back(evaluator.obligation(static_cast<ObligationNumber>(number)));
  }
  return occasions;
}

}  // namespace

LiveEvaluation::LiveEvaluation(Plan const& plan, domain::Interaction head)
    : plan_(&plan), timeline_(std::move(head)), evaluator_(plan, timeline_.head(), true), spacing_(first_spacing) {}

base::Result<Update> LiveEvaluation::take(domain::Event event) {
  std::size_t const before = timeline_.events().size();
  auto const first_changed = timeline_.add(std::move(event));
  if (!first_changed) return first_changed.error();
  std::size_t const after = timeline_.events().size();
  if (*first_changed == after && after == before) return Update{{}, {}, obligation_count()};
  // An event that time has overtaken was not there when its deadlines were decided: again.
  bool const in_order = *first_changed == before && timeline_.events().back().at_ms > now_ms_;
  if (!in_order) return replay(*first_changed);
  go_on(before);
  return publish();
}

Update LiveEvaluation::pass_time(base::Millis now_ms) {
  if (now_ms <= now_ms_) return Update{{}, {}, obligation_count()};
  now_ms_ = now_ms;
  evaluator_.pass_time(now_ms);
  return publish();
}

/// Takes the events from that place on, with checkpoints on the way.
void LiveEvaluation::go_on(std::size_t from) {
  for (std::size_t index = from; index < timeline_.events().size(); ++index) {
    if (index % spacing_ == 0 && index > 0) {
      checkpoints_.push_back({index, now_ms_, evaluator_});
      if (checkpoints_.size() > limits::checkpoints_max) {
        for (std::size_t at = 0; at < checkpoints_.size() / 2; ++at) checkpoints_[at] = std::move(checkpoints_[2 * at + 1]);
        checkpoints_.erase(checkpoints_.begin() + static_cast<std::ptrdiff_t>(checkpoints_.size() / 2), checkpoints_.end());
        spacing_ *= 2;
      }
    }
    evaluator_.take(timeline_.events()[index], static_cast<std::uint32_t>(index));
  }
}

/// What the evaluator has to tell, cues only once.
Update LiveEvaluation::publish() {
  Update update;
  for (Change const& change : evaluator_.drain_changes()) {
    bool const cue = change.kind == Change::Kind::cue;
    if (cue && !cues_told_.emplace(change.practice, evaluator_.obligation(change.obligation).opened_ms).second) continue;
    update.changes.push_back(change);
  }
  update.count = obligation_count();
  return update;
}

/// Evaluates again from the last checkpoint before the first changed event.
Update LiveEvaluation::replay(std::size_t first_changed) {
  std::vector<Occasion> const published = occasions_of(evaluator_);
  auto const& events = timeline_.events();
  base::Millis const changed_ms = first_changed < events.size() ? events[first_changed].at_ms : timeline_.end_ms();
  auto const too_late = [&](Checkpoint const& checkpoint) {
    return checkpoint.events > first_changed || checkpoint.passed_ms >= changed_ms;
  };
  while (!checkpoints_.empty() && too_late(checkpoints_.back())) checkpoints_.pop_back();
  std::size_t from = 0;
  if (checkpoints_.empty()) {
    evaluator_ = Evaluator{*plan_, timeline_.head(), true};
  } else {
    evaluator_ = checkpoints_.back().evaluator;
    from = checkpoints_.back().events;
    checkpoints_.pop_back();
  }
  base::Millis const now_ms = std::exchange(now_ms_, -1);
  go_on(from);
  base::Millis const last = events.empty() ? -1 : events.back().at_ms;
  if (now_ms > last) {
    evaluator_.pass_time(now_ms);
    now_ms_ = now_ms;
  }
  Update update = publish();
  std::erase_if(update.changes, [&](Change const& change) {
    return change.kind != Change::Kind::cue && change.obligation < published.size();
  });
  for (std::size_t number = 0; number < published.size(); ++number) {
    bool const gone = number >= obligation_count();
    auto const at = static_cast<ObligationNumber>(number);
    if (gone || obligation(at) != published[number]) update.revised.push_back(at);
  }
  return update;
}

}  // namespace rapport::evaluation

#include "centre/judged_interaction.hpp"

#include <algorithm>
#include <utility>

namespace rapport::centre {
namespace {

/// What can be done, against what must only not happen: the latter is no item until it is broken.
bool is_to_do(playbook::PatternKind kind) {
  return kind == playbook::PatternKind::must || kind == playbook::PatternKind::each_then ||
         kind == playbook::PatternKind::each_with;
}

std::string_view state_name(evaluation::OccasionState state) {
  switch (state) {
    case evaluation::OccasionState::open:
      return "open";
    case evaluation::OccasionState::met:
      return "met";
    case evaluation::OccasionState::missed:
      return "missed";
    case evaluation::OccasionState::voided:
      return "void";
    case evaluation::OccasionState::unassessed:
      return "not_assessed";
  }
  return {};
}

}  // namespace

JudgedInteraction::JudgedInteraction(std::shared_ptr<JudgingPlan const> plan,
                                     std::shared_ptr<domain::Interaction const> head, std::vector<domain::Event> events)
    : plan_(std::move(plan)), head_(std::move(head)), events_(std::move(events)) {
  start();
}

void JudgedInteraction::start() {
  evaluation_.emplace(plan_->plan(), *head_);
  for (domain::Event const& event : events_) (void)evaluation_->take(event);
}

void JudgedInteraction::take(domain::Event const& event, std::vector<Publication>& told) {
  events_.push_back(event);
  if (auto const update = evaluation_->take(event)) tell(*update, told);
}

void JudgedInteraction::change(std::shared_ptr<domain::Interaction const> head, std::string agent,
                               std::vector<Publication>& told) {
  agent_ = std::move(agent);
  if (head->participants == head_->participants && head->observed == head_->observed) return;
  head_ = std::move(head);
  start();
  told.push_back(checklist());
}

void JudgedInteraction::pass_time(base::Instant now, std::vector<Publication>& told) {
  tell(evaluation_->pass_time(std::max<base::Millis>(now - head_->started_at, 0)), told);
}

void JudgedInteraction::tell(evaluation::Update const& update, std::vector<Publication>& told) {
  if (update.empty()) return;
  for (evaluation::Change const& change : update.changes) {
    if (change.kind == evaluation::Change::Kind::cue) tell_cue(change, told);
    if (change.kind == evaluation::Change::Kind::missed) note_miss(evaluation_->obligation(change.obligation));
  }
  for (evaluation::ObligationNumber const number : update.revised) {
    if (number < update.count) note_miss(evaluation_->obligation(number));
  }
  told.push_back(checklist());
}

void JudgedInteraction::note_miss(evaluation::Occasion const& occasion) {
  playbook::Practice const& practice = plan_->playbook().practices[occasion.practice];
  bool const sure = occasion.state == evaluation::OccasionState::missed && occasion.confidence >= practice.sure;
  if (agent_.empty() || !practice.critical || !sure || !misses_told_.insert(occasion.practice).second) return;
  misses_.push_back({practice.id, practice.say});
}

std::vector<CriticalMiss> JudgedInteraction::take_misses() { return std::exchange(misses_, {}); }

std::vector<CriticalMiss> JudgedInteraction::critical_of(records::LedgerRecord const& ledger) const {
  std::vector<CriticalMiss> found;
  for (playbook::Practice const& practice : plan_->playbook().practices) {
    if (practice.critical && std::ranges::find(ledger.missed, practice.id) != ledger.missed.end()) found.push_back({practice.id, practice.say});
  }
  return found;
}

void JudgedInteraction::tell_cue(evaluation::Change const& change, std::vector<Publication>& told) {
  playbook::Practice const& practice = plan_->playbook().practices[change.practice];
  evaluation::Occasion const& occasion = evaluation_->obligation(change.obligation);
  if (agent_.empty() || !practice.cue || !cues_told_.emplace(change.practice, occasion.opened_ms).second) return;
  told.push_back(Cue{head_->id, agent_, practice.id, practice.cue->text, practice.say, moment(change.at_ms)});
}

std::optional<ChecklistItem> JudgedInteraction::item(evaluation::Occasion const& occasion) const {
  using evaluation::OccasionState;
  playbook::Practice const& practice = plan_->playbook().practices[occasion.practice];
  bool const to_do = is_to_do(practice.patterns[occasion.pattern].kind);
  bool const decided = occasion.state == OccasionState::met || occasion.state == OccasionState::missed;
  if (!(to_do && (decided || occasion.state == OccasionState::open)) && occasion.state != OccasionState::missed) return std::nullopt;
  ChecklistItem shown;
  shown.practice = practice.id;
  shown.say = practice.say;
  shown.state = state_name(occasion.state);
  shown.opened_at = moment(occasion.opened_ms);
  if (occasion.due_ms) shown.due_at = moment(*occasion.due_ms);
  auto const& events = evaluation_->timeline().events();
  if (!occasion.evidence.empty() && occasion.evidence.front().event < events.size()) {
    shown.event = events[occasion.evidence.front().event].id;
  }
  shown.critical = practice.critical;
  shown.tip = practice.coach;
  return shown;
}

Checklist JudgedInteraction::checklist() const {
  Checklist list{head_->id, agent_, {}};
  for (evaluation::ObligationNumber number = 0; number < evaluation_->obligation_count(); ++number) {
    if (auto shown = item(evaluation_->obligation(number))) list.items.push_back(std::move(*shown));
  }
  return list;
}

/// Of what was evaluated while it ran, where that is just this timeline and no deadline was looked at beyond its
/// end: a whole evaluation again would say the same.
std::optional<records::LedgerRecord> JudgedInteraction::finish(base::Instant now) const {
  auto const timeline = timeline::Timeline::build(*head_, events_);
  if (!timeline) return std::nullopt;
  timeline::GrowingTimeline const& grown = evaluation_->timeline();
  bool const same = !evaluation_->is_ahead() && grown.events() == timeline->events() && grown.head() == timeline->head();
  auto ledger = same ? plan_->record_of(evaluation_->ledger(), *timeline, now) : plan_->judge(*timeline, now);
  ledger.events = static_cast<std::uint32_t>(events_.size());
  return ledger;
}

}  // namespace rapport::centre

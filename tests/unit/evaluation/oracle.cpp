#include "unit/evaluation/oracle_trial.hpp"

namespace rapport::evaluation::testing {

using base::Millis;
using domain::Source;
using domain::SourceSet;
using playbook::OnTransfer;
using playbook::Pattern;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::SignalId;

Trial::Trial(Layout const& layout, playbook::Practice const& owner, Pattern const& pattern, std::uint16_t practice,
             std::uint16_t index)
    : layout_(layout), scene_(layout.scene()), owner_(owner), pattern_(pattern), practice_(practice), index_(index) {
  find_stretches();
  for (Stretch const& stretch : stretches_) judge_stretch(stretch);
  for (Judgement& judgement : judgements_) {
    hand_over(judgement);
    assess(judgement);
  }
}

SourceSet Trial::unknown(SourceSet wanted) const {
  SourceSet rest = wanted.minus(observed());
  if (!scene_.head.observed) rest = rest.minus({Source::telephony, Source::desk, Source::journey, Source::survey});
  return rest;
}

bool Trial::void_between(Place since, Point until) const {
  return std::ranges::any_of(layout_.firings(), [&](Fired const& fired) {
    if (!is_voider(fired)) return false;
    return place_of(fired.occurrence) >= since && fired.point <= until;
  });
}

void Trial::miss(Judgement& judgement, Millis at, Point point, bool excused, std::int64_t words_from) {
  judgement.lapsed = true;
  judgement.occasion.decided_ms = at;
  judgement.decided = point;
  judgement.occasion.state = excused ? OccasionState::voided : OccasionState::missed;
  if (!excused) judgement.unreadable = layout_.unreadable(pattern_.signal, words_from, point);
}

void Trial::found(Judgement& judgement, Fired const& fired) const {
  signals::Occurrence const& o = fired.occurrence;
  Occasion& occasion = judgement.occasion;
  ++occasion.times;
  occasion.confidence = std::min(occasion.confidence, o.confidence);
  if (occasion.evidence.size() < 50) {
    occasion.evidence.push_back({o.event, o.range, o.at_ms, o.end_ms, o.by, o.participant});
  }
}

/// Where an obligation open since that point is dropped with the agent who goes.
Point Trial::drop_after(Point point) const {
  if (owner_.on_transfer != OnTransfer::drop) return Point::end();
  for (auto const& event : layout_.events()) {
    bool const handed_over = event.agent_before != domain::nobody && event.entry.current_agent != event.agent_before;
    Point const change{event.point.at, event.point.event, 0, 0};
    if (handed_over && change > point) return change;
  }
  return Point::end();
}

/// Whose an occasion is, and whether it goes with an agent who goes.
void Trial::hand_over(Judgement& judgement) const {
  Occasion& occasion = judgement.occasion;
  bool const part = pattern_.scope.kind == ScopeKind::agent_segment;
  Point const dropped = drop_after(judgement.opened);
  bool const decided_first = occasion.state != OccasionState::open && judgement.decided < dropped;
  if (dropped != Point::end() && !decided_first) {
    judgement.lapsed = judgement.cut_short = judgement.unreadable = false;
    occasion.state = OccasionState::voided;
    occasion.decided_ms = dropped.at;
    judgement.decided = dropped;
  }
  bool const from_start = judgement.opened.event == -1;
  bool const opens_a_part = judgement.opened.phase == 0;
  Point opened = judgement.opened;
  if (opens_a_part) opened.phase = 2;  // theirs whose part it is
  occasion.responsible = from_start ? domain::nobody : layout_.agent_at(opened);
  for (auto const& event : layout_.events()) {
    Point const change{event.point.at, event.point.event, 0, 0};
    bool const changed = event.entry.current_agent != event.agent_before;
    if (!changed || change <= judgement.opened || change >= judgement.decided) continue;
    bool const first = event.agent_before == domain::nobody;
    bool const inherits = owner_.on_transfer == OnTransfer::inherit && !part;
    if (first || inherits) occasion.responsible = event.entry.current_agent;
  }
}

/// What the end and what was not observed make of it.
void Trial::assess(Judgement& judgement) const {
  Occasion& occasion = judgement.occasion;
  auto const unassessed = [&](Why why, SourceSet missing = {}) {
    occasion.state = OccasionState::unassessed;
    occasion.why = why;
    occasion.missing = missing;
  };
  bool const void_at_end = std::ranges::any_of(scene_.last, [&](Scene::Firing const& firing) {
    return std::ranges::find(pattern_.void_if, firing.signal) != pattern_.void_if.end();
  });
  if (judgement.lapsed && void_at_end) occasion.state = OccasionState::voided;
  if (occasion.state == OccasionState::open) occasion.why = Why::not_due_yet;
  if (occasion.state == OccasionState::open) return;
  if (occasion.state == OccasionState::voided && !judgement.cut_short) return;
  bool const limit = pattern_.kind == PatternKind::never || pattern_.kind == PatternKind::at_most;
  auto const* last = layout_.before(Point::end());
  bool const no_turn = last == nullptr || last->agent_turns == 0;
  bool const turns_known = observed().has(Source::words) || observed().has(Source::timing);
  bool const unbroken = limit && occasion.state == OccasionState::met;
  if (unbroken && pattern_.scope.kind == ScopeKind::whole && no_turn && turns_known) {
    occasion.state = OccasionState::voided;
    return;
  }
  SourceSet const presumed = unknown(judgement.presumed);
  if (!presumed.empty() && !judgement.cut_short) return unassessed(Why::source_unobserved, presumed);
  bool const positive = limit ? !unbroken : occasion.state == OccasionState::met || pattern_.kind == PatternKind::within;
  if (positive) return;
  SourceSet const missing = needs(pattern_.signal).minus(observed());
  if (!missing.empty()) return unassessed(Why::source_unobserved, missing);
  if (judgement.cut_short) return;
  if (judgement.unreadable) return unassessed(Why::words_unreadable);
  if (judgement.no_date) unassessed(Why::no_date);
}

std::vector<Mark> Trial::marks() const {
  std::vector<Mark> marks;
  auto const source = [&](SourceSet missing) {
    if (!missing.empty()) marks.push_back({practice_, Why::source_unobserved, missing});
  };
  auto const words = [&](SignalId signal) {
    if (layout_.unreadable(signal, 0, Point::end())) marks.push_back({practice_, Why::words_unreadable, {}});
  };
  for (auto const& lacking : lacking_) {
    SourceSet missing;
    bool all_unknown = true;
    for (SourceSet const needed : lacking) {
      missing.add(unknown(needed));
      all_unknown = all_unknown && !unknown(needed).empty();
    }
    if (all_unknown) source(missing);
  }
  bool const by_signal = pattern_.scope.kind == ScopeKind::after || pattern_.scope.kind == ScopeKind::between;
  if (by_signal && !any_scope_ && certain_conditions(Point::end())) {
    source(unknown(needs(pattern_.scope.opens)));
    words(pattern_.scope.opens);
  }
  if (stretches_.empty()) return marks;
  bool const none = judgements_.empty();
  if (is_each(pattern_.kind)) {
    if (none) source(unknown(needs(pattern_.trigger)));
    words(pattern_.trigger);
  } else if (pattern_.kind == PatternKind::within && none) {
    source(unknown(needs(pattern_.signal)));
    words(pattern_.signal);
  }
  return marks;
}

namespace {

template <typename Visit>
void for_each_trial(Scene const& scene, Visit visit) {
  Layout const layout(scene);
  if (!layout.agent_took_part()) return;
  for (std::size_t i = 0; i < scene.playbook.practices.size(); ++i) {
    playbook::Practice const& practice = scene.playbook.practices[i];
    if (!practice.on) continue;
    for (std::size_t k = 0; k < practice.patterns.size(); ++k) {
      visit(Trial(layout, practice, practice.patterns[k], static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(k)));
    }
  }
}

}  // namespace

std::vector<Occasion> oracle_occasions(Scene const& scene) {
  std::vector<Occasion> occasions;
  for_each_trial(scene, [&](Trial const& trial) {
    for (Judgement const& judgement : trial.judgements()) occasions.push_back(judgement.occasion);
  });
  return occasions;
}

std::vector<Mark> oracle_marks(Scene const& scene) {
  std::vector<Mark> marks;
  for_each_trial(scene, [&](Trial const& trial) { std::ranges::move(trial.marks(), std::back_inserter(marks)); });
  return marks;
}

}  // namespace rapport::evaluation::testing

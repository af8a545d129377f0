#include "unit/evaluation/oracle_trial.hpp"

namespace rapport::evaluation::testing {

using domain::Role;
using domain::SourceSet;
using playbook::Condition;
using playbook::ScopeKind;
using signals::SignalId;

void Trial::find_stretches() {
  auto const* first = layout_.beginning();
  Stretch whole;
  whole.from = {-1, 0, 0, 0};
  whole.until_ms = scene_.end_ms;
  whole.opened_ms = first != nullptr ? first->point.at : scene_.end_ms;
  auto const listens = [](Fired const& fired, SignalId signal) { return fired.occurrence.signal == signal; };
  auto const close_at = [](Stretch& stretch, Fired const& closer) {
    stretch.until = closer.point;
    stretch.until_ms = closer.occurrence.at_ms;
    stretch.turns_complete = false;
  };
  auto const opened_by = [&](Fired const& opener) {
    Stretch stretch = whole;
    stretch.from = opener.point;
    stretch.opener = &opener;
    stretch.opened_ms = opener.occurrence.at_ms;
    stretch.event = opener.occurrence.event;
    stretch.agent_turns = opener.agent_turns;
    stretch.customer_turns = opener.customer_turns;
    stretch.speech = opener.speech;
    return stretch;
  };
  auto const& firings = layout_.firings();
  switch (pattern_.scope.kind) {
    case ScopeKind::whole:
      return admit(whole);
    case ScopeKind::before:
      for (Fired const& fired : firings) {
        if (!listens(fired, pattern_.scope.closes)) continue;
        close_at(whole, fired);
        break;
      }
      return admit(whole);
    case ScopeKind::after:
      for (Fired const& fired : firings) {
        if (listens(fired, pattern_.scope.opens)) return admit(opened_by(fired));
      }
      return;
    case ScopeKind::between: {
      Point after{-1, 0, 0, 0};
      for (Fired const& opener : firings) {
        if (!listens(opener, pattern_.scope.opens) || opener.point < after) continue;
        Stretch stretch = opened_by(opener);
        auto const closes = std::ranges::find_if(firings, [&](Fired const& fired) {
          return listens(fired, pattern_.scope.closes) && fired.point > opener.point;
        });
        if (closes != firings.end()) close_at(stretch, *closes);
        admit(stretch);
        after = stretch.until;
      }
      return;
    }
    case ScopeKind::agent_segment:
      for (auto const& event : layout_.events()) {
        if (event.entry.current_agent == event.agent_before) continue;
        Point const change{event.point.at, event.point.event, 0, 0};
        if (!stretches_.empty() && stretches_.back().until == Point::end()) {
          stretches_.back().until = change;
          stretches_.back().until_ms = change.at;
        }
        Stretch stretch = whole;
        stretch.from = change;
        stretch.opened_ms = change.at;
        stretch.event = change.event;
        bool const new_agent_turn = event.new_turn == Role::agent;
        stretch.agent_turns = event.agent_turns - (new_agent_turn ? 1 : 0);
        stretch.customer_turns = event.customer_turns - (event.new_turn == Role::customer ? 1 : 0);
        stretch.speech = event.speech_before;
        admit(stretch);
      }
      return;
  }
}

bool Trial::certain_conditions(Point point) const {
  return std::ranges::all_of(pattern_.when, [&](Condition const& condition) {
    if (condition.subject == Condition::Subject::signal) return true;
    bool const holds = condition.subject == Condition::Subject::context ? layout_.vip_at(point) : true;
    return holds != condition.negated;
  });
}

void Trial::admit(Stretch stretch) {
  any_scope_ = true;
  if (!certain_conditions(stretch.from)) return;
  std::vector<SourceSet> lacking;
  for (Condition const& condition : pattern_.when) {
    if (condition.subject != Condition::Subject::signal) continue;
    bool const seen = layout_.seen_at(condition.signal, stretch.from);
    if (seen && condition.negated) return;
    if (seen) continue;
    if (condition.negated) {
      stretch.presumed.add(needs(condition.signal));
    } else {
      lacking.push_back(needs(condition.signal));
    }
  }
  if (lacking.empty()) {
    stretches_.push_back(stretch);
  } else {
    lacking_.push_back(lacking);
  }
}

}  // namespace rapport::evaluation::testing

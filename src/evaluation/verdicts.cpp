#include <algorithm>

#include "base/assert.hpp"
#include "evaluation/obligations.hpp"

/// Obligations: what comes of them once it is known what was observed. Absent is not unobserved.
namespace rapport::evaluation {

using domain::Source;
using domain::SourceSet;
using playbook::Condition;
using playbook::Pattern;
using playbook::PatternKind;
using playbook::ScopeKind;

namespace {

bool is_limit(PatternKind kind) { return kind == PatternKind::never || kind == PatternKind::at_most; }

bool has_trigger(PatternKind kind) {
  return kind == PatternKind::each_then || kind == PatternKind::each_first || kind == PatternKind::each_with;
}

void cannot_tell(Occasion& occasion, Why why, SourceSet missing = {}) {
  occasion.state = OccasionState::unassessed;
  occasion.why = why;
  occasion.missing = missing;
}

/// Of the sources that a trigger needs, those whose want leaves open whether it came. Where the
/// head names no sources, an event of which nothing is present did not happen.
SourceSet unknown_to(SourceSet needs, SourceSet observed, bool listed) {
  SourceSet unknown = needs.minus(observed);
  if (listed) return unknown;
  SourceSet const events{Source::telephony, Source::desk, Source::journey, Source::survey};
  return unknown.minus(events);
}

}  // namespace

Ledger Obligations::ledger(SourceSet observed) const {
  RAPPORT_ASSERT(finished_);
  domain::Channel const channel = background_.head().channel;
  if (!agent_took_part()) {
    bool const listed = background_.head().observed.has_value();
    bool const would_not_show = listed && observed.minus(agent_sources) == observed;
    return make_ledger(plan_->playbook(), channel, would_not_show ? AgentPart::unknown : AgentPart::none, {}, {});
  }
  std::vector<Occasion> judged = occasions_;
  for (std::size_t i = 0; i < judged.size(); ++i) judge(judged[i], running_[i], observed);
  std::vector<Mark> marks;
  for (std::size_t i = 0; i < tracks_.size(); ++i) mark_unknown(static_cast<PatternNumber>(i), observed, marks);
  return make_ledger(plan_->playbook(), channel, AgentPart::took_part, std::move(judged), marks);
}

void Obligations::judge(Occasion& occasion, Running const& running, SourceSet observed) const {
  Pattern const& rule = pattern(running.pattern);
  bool const listed = background_.head().observed.has_value();
  if (occasion.state == OccasionState::open) {
    occasion.why = Why::not_due_yet;
    return;
  }
  if (occasion.state == OccasionState::voided && !running.cut_short) return;
  bool const turns_known = observed.has(Source::words) || observed.has(Source::timing);
  if (is_limit(rule.kind) && rule.scope.kind == ScopeKind::whole && occasion.state == OccasionState::met &&
      turns_known && counts_.agent_turns == 0) {
    occasion.state = OccasionState::voided;
    return;
  }
  SourceSet const presumed = unknown_to(running.presumed, observed, listed);
  if (!presumed.empty() && !running.cut_short) return cannot_tell(occasion, Why::source_unobserved, presumed);
  bool const met = occasion.state == OccasionState::met;
  bool const rests_on_absence = is_limit(rule.kind) ? met : rule.kind != PatternKind::within && !met;
  if (!rests_on_absence) return;
  SourceSet const missing = plan_->facts().needs(rule.signal).minus(observed);
  if (!missing.empty()) return cannot_tell(occasion, Why::source_unobserved, missing);
  if (running.cut_short) return;
  if (running.unreadable) return cannot_tell(occasion, Why::words_unreadable);
  if (running.no_date) cannot_tell(occasion, Why::no_date);
}

/// Marks a pattern that may have been called for without our knowing.
void Obligations::mark_unknown(PatternNumber number, SourceSet observed, std::vector<Mark>& marks) const {
  Track const& track = tracks_[number];
  Pattern const& rule = pattern(number);
  std::uint16_t const practice = plan_->patterns()[number].practice;
  bool const listed = background_.head().observed.has_value();
  auto const unknown = [&](signals::SignalId signal) {
    return unknown_to(plan_->facts().needs(signal), observed, listed);
  };
  auto const mark_source = [&](SourceSet missing) {
    if (!missing.empty()) marks.push_back({practice, Why::source_unobserved, missing});
  };
  auto const mark_words = [&](signals::SignalId signal) {
    if (legibility_.unreadable_since(plan_->facts(), signal, 0)) marks.push_back({practice, Why::words_unreadable, {}});
  };
  if (track.over_limit) marks.push_back({practice, Why::over_limit, {}});
  for (std::vector<SourceSet> const& lacking : track.unsure) {
    SourceSet missing;
    bool const any_known = std::ranges::any_of(lacking, [&](SourceSet needs) {
      missing.add(unknown_to(needs, observed, listed));
      return unknown_to(needs, observed, listed).empty();
    });
    if (!any_known) mark_source(missing);
  }
  if (!track.ever_open && may_have_opened(rule)) {
    mark_source(unknown(rule.scope.opens));
    mark_words(rule.scope.opens);
  }
  if (!track.ever_admitted) return;
  signals::SignalId const opener = has_trigger(rule.kind) ? rule.trigger : rule.signal;
  bool const opens_by_firing = has_trigger(rule.kind) || rule.kind == PatternKind::within;
  if (!opens_by_firing) return;
  if (!track.any_occasion) mark_source(unknown(opener));
  if (has_trigger(rule.kind) || !track.any_occasion) mark_words(opener);
}

/// Whether a scope that opens by a signal could have: nothing that we know of forbade it.
bool Obligations::may_have_opened(Pattern const& rule) const {
  if (rule.scope.kind != ScopeKind::after && rule.scope.kind != ScopeKind::between) return false;
  return std::ranges::all_of(rule.when, [&](Condition const& condition) {
    return condition.subject == Condition::Subject::signal || background_.holds(condition, agent_for_when_);
  });
}

}  // namespace rapport::evaluation

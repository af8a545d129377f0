#include "evaluation/plan.hpp"

#include <utility>

#include "base/assert.hpp"

namespace rapport::evaluation {

using playbook::Pattern;
using playbook::PatternKind;
using playbook::ScopeKind;
using signals::SignalId;

namespace {

bool remembers_signal(PatternKind kind) {
  return kind == PatternKind::each_first || kind == PatternKind::each_with;
}

/// Calls `listen(signal, use)` for everything that the pattern wants to hear of.
template <typename Listen>
void for_each_use(Pattern const& pattern, Listen listen) {
  for (SignalId const signal : pattern.void_if) listen(signal, Use::voids);
  bool const has_closing =
      pattern.scope.kind == ScopeKind::before || pattern.scope.kind == ScopeKind::between;
  bool const has_opening =
      pattern.scope.kind == ScopeKind::after || pattern.scope.kind == ScopeKind::between;
  if (has_closing) listen(pattern.scope.closes, Use::closes);
  if (has_opening) listen(pattern.scope.opens, Use::opens);
  switch (pattern.kind) {
    case PatternKind::must:
    case PatternKind::never:
    case PatternKind::at_most:
    case PatternKind::within:
      listen(pattern.signal, Use::answers);
      return;
    case PatternKind::each_then:
    case PatternKind::each_with:
      listen(pattern.signal, Use::answers);
      listen(pattern.trigger, Use::triggers);
      return;
    case PatternKind::each_first:
      listen(pattern.signal, Use::remembers);
      listen(pattern.trigger, Use::checks);
      return;
  }
  RAPPORT_ASSERT(false);
}

}  // namespace

Plan::Plan(playbook::Playbook const& playbook, std::shared_ptr<SignalFacts const> facts)
    : playbook_(playbook), facts_(std::move(facts)) {
  for (std::size_t i = 0; i < playbook.practices.size(); ++i) {
    if (playbook.practices[i].on) plan(playbook.practices[i], static_cast<std::uint16_t>(i));
  }
  RAPPORT_ASSERT(patterns_.size() < no_memory);
  index();
}

void Plan::plan(playbook::Practice const& practice, std::uint16_t position) {
  for (std::size_t i = 0; i < practice.patterns.size(); ++i) {
    Pattern const& pattern = practice.patterns[i];
    PlannedPattern planned{&pattern, &practice, position, static_cast<std::uint16_t>(i)};
    if (remembers_signal(pattern.kind)) {
      planned.memory = memories_++;
      if (!pattern.void_if.empty()) planned.void_memory = memories_++;
    }
    patterns_.push_back(planned);
  }
}

void Plan::index() {
  std::size_t const slots = facts_->size() * use_count;
  listens_.assign(facts_->size(), false);
  uses_.assign(facts_->size(), 0);
  std::vector<std::uint32_t> counts(slots + 1, 0);
  auto const slot_of = [&](SignalId signal, Use use) {
    RAPPORT_ASSERT(signal < facts_->size());
    return std::size_t{signal} * use_count + static_cast<std::size_t>(use);
  };
  for (PlannedPattern const& planned : patterns_) {
    for_each_use(*planned.pattern, [&](SignalId signal, Use use) {
      ++counts[slot_of(signal, use)];
      listens_[signal] = true;
      uses_[signal] = static_cast<std::uint8_t>(uses_[signal] | 1U << static_cast<unsigned>(use));
    });
    for (playbook::Condition const& condition : planned.pattern->when) {
      if (condition.subject == playbook::Condition::Subject::signal) listens_[condition.signal] = true;
    }
  }
  first_.assign(slots + 1, 0);
  for (std::size_t slot = 0; slot < slots; ++slot) first_[slot + 1] = first_[slot] + counts[slot];
  users_.resize(first_[slots]);
  std::vector<std::uint32_t> next(first_.begin(), first_.end());
  for (std::size_t i = 0; i < patterns_.size(); ++i) {
    for_each_use(*patterns_[i].pattern, [&](SignalId signal, Use use) {
      users_[next[slot_of(signal, use)]++] = static_cast<std::uint16_t>(i);
    });
  }
}

}  // namespace rapport::evaluation

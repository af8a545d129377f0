#pragma once

#include "playbook/playbook.hpp"

/// Short ways to write patterns down in tests.
namespace rapport::evaluation::testing {

inline playbook::Pattern must(signals::SignalId signal, playbook::Bound bound = {}) {
  playbook::Pattern pattern;
  pattern.kind = playbook::PatternKind::must;
  pattern.signal = signal;
  pattern.bound = bound;
  return pattern;
}

inline playbook::Pattern never(signals::SignalId signal) {
  playbook::Pattern pattern;
  pattern.kind = playbook::PatternKind::never;
  pattern.signal = signal;
  return pattern;
}

inline playbook::Pattern at_most(std::int32_t count, signals::SignalId signal) {
  playbook::Pattern pattern = never(signal);
  pattern.kind = playbook::PatternKind::at_most;
  pattern.count = count;
  return pattern;
}

inline playbook::Pattern each(playbook::PatternKind kind, signals::SignalId trigger, signals::SignalId signal,
                              playbook::Bound bound = {}) {
  playbook::Pattern pattern;
  pattern.kind = kind;
  pattern.trigger = trigger;
  pattern.signal = signal;
  pattern.bound = bound;
  return pattern;
}

inline playbook::Pattern then(signals::SignalId trigger, signals::SignalId signal, playbook::Bound bound = {}) {
  return each(playbook::PatternKind::each_then, trigger, signal, bound);
}

inline playbook::Pattern first(signals::SignalId trigger, signals::SignalId signal, playbook::Bound bound = {}) {
  return each(playbook::PatternKind::each_first, trigger, signal, bound);
}

inline playbook::Pattern with(signals::SignalId trigger, signals::SignalId signal, signals::Reach reach) {
  playbook::Pattern pattern = each(playbook::PatternKind::each_with, trigger, signal);
  pattern.reach = reach;
  return pattern;
}

inline playbook::Pattern band(signals::SignalId measure, std::int64_t low, std::int64_t high) {
  playbook::Pattern pattern;
  pattern.kind = playbook::PatternKind::within;
  pattern.signal = measure;
  pattern.low = low;
  pattern.high = high;
  return pattern;
}

inline playbook::Pattern in(playbook::Scope scope, playbook::Pattern pattern) {
  pattern.scope = scope;
  return pattern;
}

inline playbook::Bound seconds(base::Millis count) {
  playbook::Bound bound;
  bound.time_ms = 1'000 * count;
  return bound;
}

inline playbook::Bound agent_turns(std::int32_t count) {
  playbook::Bound bound;
  bound.agent_turns = count;
  return bound;
}

inline playbook::Bound customer_turns(std::int32_t count) {
  playbook::Bound bound;
  bound.customer_turns = count;
  return bound;
}

inline playbook::Bound speech_seconds(base::Millis count) {
  playbook::Bound bound;
  bound.speech_ms = 1'000 * count;
  return bound;
}

}  // namespace rapport::evaluation::testing

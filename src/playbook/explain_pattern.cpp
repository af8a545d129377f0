#include <fmt/format.h>

#include "playbook/explain_words.hpp"

namespace rapport::playbook {
namespace {

std::string const& meaning(Playbook const& playbook, SignalId signal) { return playbook.lexicon->spec(signal).meaning; }

std::string_view reach_name(signals::Reach reach) {
  switch (reach) {
    case signals::Reach::sentence:
      return "in the same sentence";
    case signals::Reach::event:
      return "in the same utterance or message";
    case signals::Reach::turn:
      return "in the same turn";
  }
  return {};
}

/// ", within 15 s"; empty without a bound.
std::string comma(Bound const& bound) { return bound.none() ? std::string() : ", " + described(bound); }

std::string quoted_list(std::vector<std::string> const& values) {
  std::vector<std::string> shown;
  for (std::string const& value : values) shown.push_back(fmt::format("\"{}\"", value));
  return joined(shown, "or");
}

std::string described_condition(Condition const& condition, Playbook const& playbook) {
  bool const no = condition.negated;
  auto const is = [&](std::string_view subject) { return fmt::format("the {} {} {}", subject, no ? "is not" : "is", joined(condition.values, "or")); };
  auto const known = [&](std::string_view what) { return fmt::format("{} {}", what, no ? "is not known" : "is known"); };
  switch (condition.subject) {
    case Condition::Subject::channel:
      return is("channel");
    case Condition::Subject::direction:
      return is("direction");
    case Condition::Subject::brand:
      return is("brand");
    case Condition::Subject::queue:
      return is("queue");
    case Condition::Subject::language:
      return is("language");
    case Condition::Subject::text_channel:
      return no ? "it is spoken" : "it is written (chat, e-mail or message)";
    case Condition::Subject::company:
      return known("the company");
    case Condition::Subject::customer_name:
      return known("the customer's name");
    case Condition::Subject::customer_known:
      return known("the customer");
    case Condition::Subject::agent_name:
      return known("the agent's name");
    case Condition::Subject::history:
      return known("an earlier contact");
    case Condition::Subject::preferred_channel:
      return known("the customer's preferred channel");
    case Condition::Subject::signal:
      return fmt::format("{}: {}", no ? "this has not happened before" : "this has happened before", meaning(playbook, condition.signal));
    case Condition::Subject::context:
      break;
  }
  std::string const field = condition.group.empty() ? condition.field : condition.group + "/" + condition.field;
  if (condition.values.empty()) return fmt::format("the context {} \"{}\"", no ? "does not give" : "gives", field);
  return fmt::format("the context's \"{}\" {} {}", field, no ? "is not" : "is", quoted_list(condition.values));
}

std::string described_scope(Scope const& scope, Playbook const& playbook) {
  auto const quote = [&](SignalId signal) { return fmt::format("\"{}\"", meaning(playbook, signal)); };
  switch (scope.kind) {
    case ScopeKind::whole:
      return {};
    case ScopeKind::agent_segment:
      return "It is asked of every agent who takes part, in their own part of the conversation.";
    case ScopeKind::after:
      return fmt::format("Only what comes after the first {} counts.", quote(scope.opens));
    case ScopeKind::before:
      return fmt::format("Only what comes before the first {} counts.", quote(scope.closes));
    case ScopeKind::between:
      return fmt::format("Only what comes between {} and the next {} counts, each time anew.", quote(scope.opens), quote(scope.closes));
  }
  return {};
}

}  // namespace

std::string described_pattern(Pattern const& pattern, Playbook const& playbook) {
  std::string const& signal = meaning(playbook, pattern.signal);
  std::string const trigger = pattern.trigger == signals::no_signal ? std::string() : meaning(playbook, pattern.trigger);
  std::string const every = fmt::format("{} {},", pattern.first_only ? "The first time" : "Every time", trigger);
  std::string const same = pattern.same_item ? " (about the same thing)" : "";
  switch (pattern.kind) {
    case PatternKind::must:
      return fmt::format("At least once{}: {}.", comma(pattern.bound), signal);
    case PatternKind::never:
      return fmt::format("Never: {}.", signal);
    case PatternKind::at_most:
      return fmt::format("At most {}: {}.", counted(pattern.count, "time"), signal);
    case PatternKind::each_then:
      return fmt::format("{} this must follow{}{}: {}.", every, same, comma(pattern.bound), signal);
    case PatternKind::each_first:
      return fmt::format("{} this must have come before{}{}: {}.", every, same, comma(pattern.bound), signal);
    case PatternKind::each_with:
      return fmt::format("{} this must come with it{}, {}: {}.", every, same, reach_name(pattern.reach), signal);
    case PatternKind::within:
      return fmt::format("This must stay {}: {}.", described_band(pattern.band), signal);
  }
  return {};
}

std::string described_frame(Pattern const& pattern, Playbook const& playbook) {
  std::vector<std::string> sentences;
  if (std::string scope = described_scope(pattern.scope, playbook); !scope.empty()) sentences.push_back(std::move(scope));
  std::vector<std::string> conditions;
  for (Condition const& condition : pattern.when) conditions.push_back(described_condition(condition, playbook));
  if (!conditions.empty()) sentences.push_back(fmt::format("It applies only where {}.", joined(conditions, "and")));
  std::vector<std::string> excuses;
  for (SignalId const signal : pattern.void_if) excuses.push_back(fmt::format("\"{}\"", meaning(playbook, signal)));
  if (!excuses.empty()) sentences.push_back(fmt::format("A miss does not count where meanwhile, or at the end, this holds: {}.", joined(excuses, "or")));
  std::string text;
  for (std::string const& sentence : sentences) text += (text.empty() ? "" : " ") + sentence;
  return text;
}

std::string described_absence(Pattern const& pattern, Playbook const& playbook) {
  auto const never = [&](SignalId signal) { return fmt::format("this never happens: {}", meaning(playbook, signal)); };
  if (pattern.trigger != signals::no_signal) return never(pattern.trigger);
  bool const opens = pattern.scope.kind == ScopeKind::after || pattern.scope.kind == ScopeKind::between;
  if (opens) return never(pattern.scope.opens);
  if (pattern.kind == PatternKind::within) return "there is nothing to measure";
  return "no agent takes part";
}

}  // namespace rapport::playbook

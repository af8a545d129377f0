#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "playbook/manifest.hpp"
#include "playbook/practice_file.hpp"
#include "playbook/sentence.hpp"

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, 3> framework_keys{"framework", "say", "steps"};
constexpr std::array<std::string_view, 2> step_keys{"until", "expects"};

/// One step: {NAME: {until: SIGNAL, expects: [PRACTICE…]}}.
std::optional<FrameworkStep> read_step(Node const& node, Reading const& reading) {
  if (!node.is_map() || node.entries.size() != 1 || !is_name(node.entries.front().key.text)) {
    tell_unexpected(node, "a step", "NAME: {until: SIGNAL, expects: [PRACTICE…]}", reading.problems);
    return std::nullopt;
  }
  Entry const& entry = node.entries.front();
  if (!check_map(entry.value, "a step", step_keys, reading.problems)) return std::nullopt;
  FrameworkStep step;
  step.id = entry.key.text;
  Node const* until = entry.value.find("until");
  if (until == nullptr) {
    reading.problems.add(entry.key.place(), fmt::format("the step {} has no \"until\"; expected the signal that ends it", in_quotes(step.id)));
    return std::nullopt;
  }
  Sentence sentence(*until, "\"until\"", reading);
  step.until = sentence.take_signal().value_or(signals::no_signal);
  sentence.finish("one signal");
  if (Node const* expects = entry.value.find("expects")) {
    for (std::uint16_t const practice : read_names(*expects, "\"expects\"", reading.practices, reading.problems)) {
      step.expects.push_back(reading.practices.name(practice));
    }
  }
  return step;
}

}  // namespace

void read_framework_file(Node const& root, Reading const& reading, std::vector<Framework>& frameworks) {
  if (root.is_map()) check_map(root, "a framework", framework_keys, reading.problems);
  Framework framework;
  Node const* name = root.find("framework");
  Node const* steps = root.find("steps");
  if (name == nullptr || steps == nullptr) {
    reading.problems.add(root.place(), fmt::format("the framework has no \"{}\"", name == nullptr ? "framework" : "steps"));
    return;
  }
  framework.name = read_text(*name, "\"framework\"", reading.problems).value_or("");
  if (Node const* say = root.find("say")) framework.say = read_text(*say, "\"say\"", reading.problems).value_or("");
  auto const twin = std::find_if(frameworks.begin(), frameworks.end(), [&](Framework const& one) { return one.name == framework.name; });
  if (twin != frameworks.end()) {
    reading.problems.add(name->place(), fmt::format("{} is already a framework; expected another name", in_quotes(framework.name)));
  }
  if (!steps->is_sequence() || steps->items.empty()) tell_unexpected(*steps, "\"steps\"", "a list of steps", reading.problems);
  for (Node const& item : steps->items) {
    auto step = read_step(item, reading);
    if (!step) continue;
    auto const same = std::find_if(framework.steps.begin(), framework.steps.end(), [&](FrameworkStep const& one) { return one.id == step->id; });
    if (same != framework.steps.end()) {
      reading.problems.add(item.place(), fmt::format("{} is already a step of this framework; expected another name", in_quotes(step->id)));
    }
    framework.steps.push_back(*std::move(step));
  }
  frameworks.push_back(std::move(framework));
}

std::vector<Pattern> framework_patterns(std::vector<Framework> const& frameworks, Pattern const& shared) {
  std::vector<Pattern> patterns;
  for (Framework const& framework : frameworks) {
    Condition named;
    named.subject = Condition::Subject::context;
    named.field = "framework";
    named.values = {framework.name};
    for (std::size_t step = 0; step < framework.steps.size(); ++step) {
      Pattern pattern = shared;
      pattern.kind = PatternKind::must;
      pattern.signal = framework.steps[step].until;
      pattern.when.push_back(named);
      if (step > 0) pattern.scope = {ScopeKind::after, framework.steps[step - 1].until, signals::no_signal};
      patterns.push_back(std::move(pattern));
    }
  }
  return patterns;
}

}  // namespace rapport::playbook

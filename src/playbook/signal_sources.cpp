#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "playbook/signal_file.hpp"
#include "signals/detector.hpp"
#include "signals/detectors/weighing.hpp"

namespace rapport::playbook {
namespace {

using signals::DetectorKind;
using signals::DetectorSource;
using signals::EventSource;
using signals::FieldTest;
using signals::Spec;

/// "limits/refund" is the field `refund` of the group `limits`.
FieldTest field_named(std::string_view path) {
  FieldTest test;
  std::size_t const slash = path.find('/');
  if (slash != std::string_view::npos) test.group = path.substr(0, slash);
  test.field = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return test;
}

void read_tests(Node const& node, Reading const& reading, std::vector<FieldTest>& tests) {
  if (!node.is_map()) {
    tell_unexpected(node, "\"where\"", "a map from fields to values", reading.problems);
    return;
  }
  for (Entry const& entry : node.entries) {
    FieldTest test = field_named(entry.key.text);
    Node const* value = &entry.value;
    if (Node const* negated = value->find("not")) {
      if (!check_map(*value, "a field's test", std::array<std::string_view, 1>{"not"}, reading.problems)) continue;
      test.negated = true;
      value = negated;
    }
    bool const any = value->is_scalar() && !value->quoted && value->text == "any";
    if (!any) test.values = read_texts(*value, fmt::format("the field {}", in_quotes(entry.key.text)), reading.problems);
    if (any || !test.values.empty()) tests.push_back(std::move(test));
  }
}

/// "hold" and "hold end".
bool read_event_kind(Node const& node, Reading const& reading, EventSource& source) {
  constexpr std::string_view ending = " end";
  Node kind = node;
  source.at_end = node.is_scalar() && node.text.ends_with(ending);
  if (source.at_end) kind.text.resize(kind.text.size() - ending.size());
  auto const word = read_word(kind, "\"events\"", event_words(), reading.problems);
  if (word) source.kind = static_cast<domain::EventKind>(*word);
  return word.has_value();
}

void read_event(Node const& node, Reading const& reading, Spec& spec) {
  EventSource source;
  if (!node.is_map()) {
    if (read_event_kind(node, reading, source)) spec.events.push_back(std::move(source));
    return;
  }
  constexpr std::array<std::string_view, 2> keys{"event", "where"};
  check_map(node, "an event", keys, reading.problems);
  Node const* kind = node.find("event");
  if (kind == nullptr) {
    reading.problems.add(node.place(), "an event without its kind; expected {event: KIND, where: {…}}");
    return;
  }
  bool const known = read_event_kind(*kind, reading, source);
  if (Node const* where = node.find("where")) read_tests(*where, reading, source.where);
  if (known) spec.events.push_back(std::move(source));
}

DetectorKind const* find_kind(Node const& name, Reading const& reading) {
  auto const& kinds = signals::detector_kinds();
  auto const kind = std::find_if(kinds.begin(), kinds.end(), [&](DetectorKind const& one) { return one.name == name.text; });
  if (name.is_scalar() && kind != kinds.end()) return &*kind;
  if (!name.is_scalar()) {
    tell_unexpected(name, "\"detector\"", "a detector's name, or {NAME: {PARAMETER: VALUE}}", reading.problems);
    return nullptr;
  }
  std::vector<std::string_view> names;
  for (DetectorKind const& one : kinds) names.push_back(one.name);
  auto const near = base::nearest(name.text, names);
  reading.problems.add(name.place(), fmt::format("{} is no detector; {}", in_quotes(name.text),
                                                 near ? fmt::format("did you mean \"{}\"?", *near) : fmt::format("expected {}", listed(names, "or"))));
  return nullptr;
}

/// Takes a map from signals to weights; false if it is wrong.
bool read_weights(Entry const& entry, Reading const& reading, DetectorSource& source) {
  std::string const what = fmt::format("the parameter {}", in_quotes(entry.key.text));
  if (!entry.value.is_map() || entry.value.entries.empty()) {
    tell_unexpected(entry.value, what, "a map from signals to weights", reading.problems);
    return false;
  }
  if (entry.value.entries.size() > limits::signs_max) {
    reading.problems.add(entry.value.place(), fmt::format("{} signs for {}; expected at most {}: signs_max", entry.value.entries.size(), what, limits::signs_max));
    return false;
  }
  constexpr std::int32_t most = limits::sign_weight_max;
  bool good = true;
  std::string weights;
  for (Entry const& sign : entry.value.entries) {
    bool const known = reading.signals.resolve(sign.key.text, sign.key, 0, reading.problems).has_value();
    auto const weight = read_integer(sign.value, fmt::format("the weight of {}", in_quotes(sign.key.text)), -most, most, reading.problems);
    if (weight == 0) reading.problems.add(sign.value.place(), fmt::format("the weight of {} is 0; expected one that counts", in_quotes(sign.key.text)));
    good = good && known && weight.value_or(0) != 0;
    if (good) weights += fmt::format("{}{} {}", weights.empty() ? "" : ", ", sign.key.text, *weight);
  }
  source.parameters.emplace(entry.key.text, std::move(weights));
  return good;
}

/// Takes one parameter; false if it is wrong.
bool read_parameter(Entry const& entry, DetectorKind const& kind, Reading const& reading, DetectorSource& source) {
  auto const& weights = kind.weight_parameters;
  if (std::find(weights.begin(), weights.end(), entry.key.text) != weights.end()) return read_weights(entry, reading, source);
  auto value = read_text(entry.value, fmt::format("the parameter {}", in_quotes(entry.key.text)), reading.problems);
  if (!value) return false;
  auto const& signals = kind.signal_parameters;
  bool const names_signal = std::find(signals.begin(), signals.end(), entry.key.text) != signals.end();
  if (names_signal && !reading.signals.resolve(*value, entry.value, 0, reading.problems)) return false;
  source.parameters.emplace(entry.key.text, *std::move(value));
  return true;
}

void add_detector(Node const& name, Node const* parameters, Reading const& reading, Spec& spec) {
  DetectorKind const* kind = find_kind(name, reading);
  if (kind == nullptr) return;
  DetectorSource source{std::string(kind->name), {}};
  bool good = true;
  if (parameters != nullptr && parameters->kind != Node::Kind::null) {
    if (kind->parameters.empty()) {
      reading.problems.add(parameters->place(), fmt::format("parameters for \"{}\"; expected none", kind->name));
      return;
    }
    good = check_map(*parameters, fmt::format("the detector \"{}\"", kind->name), kind->parameters, reading.problems);
    for (Entry const& entry : parameters->entries) {
      bool const known = std::find(kind->parameters.begin(), kind->parameters.end(), entry.key.text) != kind->parameters.end();
      good = known && read_parameter(entry, *kind, reading, source) && good;
    }
  }
  if (good) spec.detectors.push_back(std::move(source));
}

/// NAME, or {NAME: {PARAMETER: VALUE}}.
void read_detector(Node const& node, Reading const& reading, Spec& spec) {
  if (!node.is_map()) {
    add_detector(node, nullptr, reading, spec);
    return;
  }
  for (Entry const& entry : node.entries) add_detector(entry.key, &entry.value, reading, spec);
}

}  // namespace

void read_sources(Node const& signal, Reading const& reading, Spec& spec) {
  if (Node const* events = signal.find("events")) {
    if (events->is_map()) {
      read_event(*events, reading, spec);
    } else {
      for (Node const* event : one_or_many(*events, "\"events\"", "an event or a list of events", reading.problems)) {
        read_event(*event, reading, spec);
      }
    }
  }
  if (Node const* detector = signal.find("detector")) {
    if (detector->is_map()) {
      read_detector(*detector, reading, spec);
    } else {
      for (Node const* one : one_or_many(*detector, "\"detector\"", "a detector or a list of detectors", reading.problems)) {
        read_detector(*one, reading, spec);
      }
    }
  }
  if (Node const* any = signal.find("any")) {
    for (std::uint16_t const other : read_names(*any, "\"any\"", reading.signals, reading.problems)) {
      spec.any.push_back(reading.signals.name(other));
    }
  }
}

}  // namespace rapport::playbook

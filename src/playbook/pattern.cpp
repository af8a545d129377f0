#include "playbook/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "playbook/quantity.hpp"
#include "playbook/sentence.hpp"

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, 6> beginnings{"must", "never", "each", "each first", "at most", "measure"};
constexpr std::array<std::string_view, 3> responses{"then", "first", "with"};
constexpr std::array<std::string_view, 14> keys{"must", "never", "each", "each first", "at most", "measure", "then",
                                                "first", "with", "within", "same", "scope", "when", "void if"};
constexpr std::array<std::string_view, 3> reach_words{"sentence", "event", "turn"};  // in the order of Reach

std::string quoted(std::string_view key) { return fmt::format("\"{}\"", key); }

/// The first of the keys that the map has, or an empty one.
template <typename Keys>
std::string_view first_of(Node const& map, Keys const& some) {
  auto const key = std::find_if(some.begin(), some.end(), [&](std::string_view one) { return map.find(one) != nullptr; });
  return key == some.end() ? std::string_view() : *key;
}

Place key_place(Node const& map, std::string_view key) {
  auto const entry = std::find_if(map.entries.begin(), map.entries.end(), [&](Entry const& one) { return one.key.text == key; });
  return entry == map.entries.end() ? map.place() : entry->key.place();
}

}  // namespace

std::span<std::string_view const> pattern_keys() { return keys; }

bool PatternReader::begins(Node const& map) { return !first_of(map, beginnings).empty(); }

std::optional<Pattern> PatternReader::read(Node const& map, Pattern const& shared) const {
  std::string_view const begin = first_of(map, beginnings);
  Pattern pattern = shared;
  read_frame(map, pattern);
  if (!check_company(map, begin)) return std::nullopt;
  Node const& node = *map.find(begin);
  bool good = false;
  if (begin == "must" || begin == "never" || begin == "at most") {
    pattern.kind = begin == "must" ? PatternKind::must : begin == "never" ? PatternKind::never
                                                                          : PatternKind::at_most;
    good = read_single(node, pattern);
  } else if (begin == "measure") {
    good = read_measure(map, pattern);
  } else {
    pattern.first_only = begin == "each first";
    Sentence sentence(node, quoted(begin), reading_);
    auto const trigger = sentence.take_signal();
    sentence.finish("nothing more; bounds stand with then: and first:");
    pattern.trigger = trigger.value_or(signals::no_signal);
    good = read_each(map, pattern) && !sentence.failed();
  }
  return good ? std::optional(std::move(pattern)) : std::nullopt;
}

/// Every key of the map must go with the one that begins the pattern.
bool PatternReader::check_company(Node const& map, std::string_view begin) const {
  bool good = true;
  auto const tell = [&](std::string_view key, std::string_view expected) {
    reading_.problems.add(key_place(map, key), fmt::format("\"{}\" beside \"{}\"; expected {}", key, begin, expected));
    good = false;
  };
  for (std::string_view const key : beginnings) {
    if (key != begin && map.find(key) != nullptr) tell(key, "one of them (several patterns stand in a list under \"all of\")");
  }
  bool const each = begin == "each" || begin == "each first";
  std::string_view const response = first_of(map, responses);
  for (std::string_view const key : responses) {
    if (map.find(key) == nullptr) continue;
    if (!each) tell(key, "it with \"each\"");
    if (each && key != response) {
      reading_.problems.add(key_place(map, key), fmt::format("\"{}\" beside \"{}\"; expected one of them", key, response));
      good = false;
    }
  }
  if (each && response.empty()) {
    reading_.problems.add(key_place(map, begin), fmt::format("\"{}\" alone; expected then, first or with beside it", begin));
    good = false;
  }
  if (begin != "measure" && map.find("within") != nullptr) tell("within", "the bound in the signal's own line: SIGNAL within 20 s");
  if (map.find("same") != nullptr && !each) tell("same", "it with \"each\"");
  return good;
}

bool PatternReader::read_single(Node const& node, Pattern& pattern) const {
  bool const must = pattern.kind == PatternKind::must;
  bool const at_most = pattern.kind == PatternKind::at_most;
  Sentence sentence(node, must ? "\"must\"" : at_most ? "\"at most\""
                                                      : "\"never\"",
                    reading_);
  if (at_most) pattern.count = sentence.take_integer(1, 1'000'000).value_or(0);
  pattern.signal = sentence.take_signal().value_or(signals::no_signal);
  if (must) pattern.bound = sentence.take_bound();
  sentence.finish(must ? "nothing more, or within a bound" : "nothing more");
  if (pattern.bound.due_of_trigger) {
    reading_.problems.add(node.place(), "\"due\" in \"must\"; expected it with \"each\" and \"then\", whose trigger carries a time");
    return false;
  }
  return !sentence.failed();
}

bool PatternReader::read_each(Node const& map, Pattern& pattern) const {
  std::string_view const response = first_of(map, responses);
  Node const& node = *map.find(response);
  if (Node const* same = map.find("same")) {
    constexpr std::array<std::string_view, 1> words{"item"};
    pattern.same_item = read_word(*same, "\"same\"", words, reading_.problems).has_value();
  }
  if (response == "with") return read_with(node, pattern);
  pattern.kind = response == "then" ? PatternKind::each_then : PatternKind::each_first;
  Sentence sentence(node, quoted(response), reading_);
  pattern.signal = sentence.take_signal().value_or(signals::no_signal);
  pattern.bound = sentence.take_bound();
  sentence.finish("nothing more, or within a bound");
  if (pattern.bound.due_of_trigger && response == "first") {
    reading_.problems.add(node.place(), "\"due\" in \"first\"; expected it in \"then\": a trigger's own time lies after it");
    return false;
  }
  return !sentence.failed();
}

bool PatternReader::read_with(Node const& node, Pattern& pattern) const {
  pattern.kind = PatternKind::each_with;
  Node const* signal = &node;
  if (node.is_map()) {
    constexpr std::array<std::string_view, 2> with_keys{"signal", "in"};
    check_map(node, "\"with\"", with_keys, reading_.problems);
    Node const* in = node.find("in");
    if (in != nullptr) pattern.reach = static_cast<signals::Reach>(read_word(*in, "\"in\"", reach_words, reading_.problems).value_or(1));
    signal = node.find("signal");
    if (signal == nullptr) {
      reading_.problems.add(node.place(), "\"with\" without \"signal\"; expected the signal it means");
      return false;
    }
  }
  Sentence sentence(*signal, "\"with\"", reading_);
  pattern.signal = sentence.take_signal().value_or(signals::no_signal);
  sentence.finish("nothing more; a bound stands with then: or first:");
  return !sentence.failed();
}

bool PatternReader::read_measure(Node const& map, Pattern& pattern) const {
  pattern.kind = PatternKind::within;
  Node const& node = *map.find("measure");
  Sentence sentence(node, "\"measure\"", reading_);
  auto const signal = sentence.take_signal();
  sentence.finish("nothing more; the band stands under within:");
  pattern.signal = signal.value_or(signals::no_signal);
  bool good = !sentence.failed();
  if (good && !measures_[*signal]) {
    reading_.problems.add(node.place(), fmt::format("{} is no measure; expected a signal whose detector measures", in_quotes(reading_.signals.name(*signal))));
    good = false;
  }
  Node const* within = map.find("within");
  auto const band = within != nullptr && within->is_scalar() ? parse_band(within->text) : std::nullopt;
  if (within == nullptr) {
    reading_.problems.add(key_place(map, "measure"), "\"measure\" without \"within\"; expected the band it should stay in");
  } else if (!band) {
    tell_unexpected(*within, "\"within\"", "LOW..HIGH, either end open, in ms, s, min, h, %, words, wpm or no unit", reading_.problems);
  }
  if (!band) return false;
  pattern.low = band->low.value_or(std::numeric_limits<std::int64_t>::min());
  pattern.high = band->high.value_or(std::numeric_limits<std::int64_t>::max());
  pattern.band = within->text;
  return good;
}

void PatternReader::read_frame(Node const& map, Pattern& pattern) const {
  if (Node const* scope = map.find("scope")) read_scope(*scope, pattern);
  if (Node const* when = map.find("when")) read_conditions(*when, reading_, pattern.when);
  if (Node const* void_if = map.find("void if")) {
    auto const signals = read_names(*void_if, "\"void if\"", reading_.signals, reading_.problems);
    pattern.void_if.insert(pattern.void_if.end(), signals.begin(), signals.end());
  }
}

void PatternReader::read_scope(Node const& node, Pattern& pattern) const {
  Scope scope;
  Sentence sentence(node, "\"scope\"", reading_);
  auto const signal = [&] { return sentence.take_signal().value_or(signals::no_signal); };
  if (sentence.take("whole")) {
    scope.kind = ScopeKind::whole;
  } else if (sentence.take("each")) {
    scope.kind = ScopeKind::agent_segment;
    sentence.require("agent", "agent");
  } else if (sentence.take("after")) {
    scope.kind = ScopeKind::after;
    scope.opens = signal();
  } else if (sentence.take("before")) {
    scope.kind = ScopeKind::before;
    scope.closes = signal();
  } else if (sentence.take("between")) {
    scope.kind = ScopeKind::between;
    scope.opens = signal();
    sentence.require("and", "and");
    if (!sentence.failed()) scope.closes = signal();
  } else {
    sentence.finish("whole, each agent, after SIGNAL, before SIGNAL or between SIGNAL and SIGNAL");
  }
  sentence.finish();
  if (!sentence.failed()) pattern.scope = scope;
}

std::vector<bool> find_measures(std::vector<signals::Spec> const& signals, Names const& names) {
  // A signal is no measure if a source of its own is none, or if it takes in one that is none:
  // spread from the former over the latter.
  std::vector<bool> measures(signals.size(), true);
  std::vector<std::vector<std::uint16_t>> taken_by(signals.size());
  std::vector<std::uint16_t> spreading;
  for (std::uint16_t number = 0; number < signals.size(); ++number) {
    signals::Spec const& spec = signals[number];
    auto const& kinds = signals::Lexicon::detectors();
    bool const measuring = std::all_of(spec.detectors.begin(), spec.detectors.end(), [&](signals::DetectorSource const& source) {
      return std::any_of(kinds.begin(), kinds.end(), [&](auto const& kind) { return kind.name == source.name && kind.measure; });
    });
    measures[number] = spec.phrases.empty() && spec.events.empty() && measuring;
    if (!measures[number]) spreading.push_back(number);
    for (std::string const& other : spec.any) taken_by[*names.find(other)].push_back(number);
  }
  while (!spreading.empty()) {
    std::uint16_t const number = spreading.back();
    spreading.pop_back();
    for (std::uint16_t const taker : taken_by[number]) {
      if (!measures[taker]) continue;
      measures[taker] = false;
      spreading.push_back(taker);
    }
  }
  return measures;
}

}  // namespace rapport::playbook

#include <fmt/format.h>

#include <array>
#include <utility>

#include "playbook/quantity.hpp"
#include "playbook/sentence.hpp"
#include "playbook/signal_file.hpp"

namespace rapport::playbook {
namespace {

using signals::Filter;
using signals::Reach;
using signals::Spec;

constexpr std::array<std::string_view, 3> filter_reach_words{"sentence", "event", "turn"};  // in the order of Reach
constexpr std::int32_t filter_turns_max = 1'000;

std::vector<std::string> signals_named(Node const& node, std::string_view what, Reading const& reading) {
  std::vector<std::string> names;
  for (std::uint16_t const number : read_names(node, what, reading.signals, reading.problems)) names.push_back(reading.signals.name(number));
  return names;
}

/// "30 s", or "2 turns" of the speaker; "2 agent turns" where the speaker can be no one else.
void read_within(Node const& node, Reading const& reading, Spec const& spec, Filter& filter) {
  if (auto const span = node.is_scalar() ? parse_millis(node.text) : std::nullopt) {
    filter.within_ms = *span;
    return;
  }
  Sentence sentence(node, "\"within\"", reading);
  if (sentence.failed()) return;
  filter.turns = sentence.take_integer(1, filter_turns_max);
  if (!filter.turns) return;
  for (domain::Role const role : {domain::Role::agent, domain::Role::customer}) {
    if (!sentence.take(domain::name(role)) || spec.by == signals::Speakers{role}) continue;
    reading.problems.add(node.place(), fmt::format("turns of the {0} count only in a signal by the {0} alone; expected a time, or \"turns\" (the speaker's own)", domain::name(role)));
  }
  sentence.require("turns", "turn");
  sentence.finish();
}

/// One `with` or `after`: names, or a map with `signals` and how far they reach.
void read_one(Node const& node, std::string const& key, Filter filter, Reading const& reading, Spec& spec) {
  bool const with = filter.kind == Filter::Kind::with;
  if (!node.is_map()) {
    filter.signals = signals_named(node, key, reading);
  } else {
    std::array<std::string_view, 2> const keys{"signals", with ? "in" : "within"};
    check_map(node, key, keys, reading.problems);
    Node const* names = node.find("signals");
    if (names == nullptr) {
      reading.problems.add(node.place(), fmt::format("{} without \"signals\"; expected the signals it means", key));
      return;
    }
    filter.signals = signals_named(*names, key, reading);
    Node const* in = with ? node.find("in") : nullptr;
    if (in != nullptr) filter.reach = static_cast<Reach>(read_word(*in, "\"in\"", filter_reach_words, reading.problems).value_or(0));
    Node const* within = with ? nullptr : node.find("within");
    if (within != nullptr) read_within(*within, reading, spec, filter);
  }
  if (!filter.signals.empty()) spec.filters.push_back(std::move(filter));
}

/// Names, a map, or a list of maps that must all hold.
void read_reference(Node const& signal, std::string_view key, Filter::Kind kind, bool negated, Reading const& reading, Spec& spec) {
  Node const* node = signal.find(key);
  if (node == nullptr) return;
  Filter filter;
  filter.kind = kind;
  filter.negated = negated;
  std::string const what = fmt::format("\"{}\"", key);
  if (kind == Filter::Kind::reply_to) {
    filter.signals = signals_named(*node, what, reading);
    if (!filter.signals.empty()) spec.filters.push_back(std::move(filter));
  } else if (node->is_sequence() && !node->items.empty() && node->items.front().is_map()) {
    for (Node const& item : node->items) read_one(item, what, filter, reading, spec);
  } else {
    read_one(*node, what, filter, reading, spec);
  }
}

void read_question(Node const& node, Reading const& reading, Spec& spec) {
  auto const asks = read_bool(node, "\"question\"", reading.problems);
  if (!asks) return;
  Filter filter;
  filter.kind = Filter::Kind::question;
  filter.negated = !*asks;
  spec.filters.push_back(std::move(filter));
}

void read_in_first(Node const& node, Reading const& reading, Spec& spec) {
  Sentence sentence(node, "\"in first\"", reading);
  auto const turns = sentence.take_integer(1, filter_turns_max);
  sentence.require("turns", "turn");
  sentence.finish();
  if (!turns) return;
  Filter filter;
  filter.kind = Filter::Kind::in_turns;
  filter.turns = turns;
  spec.filters.push_back(std::move(filter));
}

void read_word_count(Node const& node, Reading const& reading, Spec& spec) {
  auto const band = node.is_scalar() ? parse_count_band(node.text) : std::nullopt;
  if (!band) {
    tell_unexpected(node, "\"words\"", "a number of words or LOW..HIGH, either end open", reading.problems);
    return;
  }
  Filter filter;
  filter.kind = Filter::Kind::word_count;
  if (band->low) filter.low = static_cast<std::int32_t>(*band->low);
  if (band->high) filter.high = static_cast<std::int32_t>(*band->high);
  spec.filters.push_back(std::move(filter));
}

void read_channel(Node const& node, Reading const& reading, Spec& spec) {
  Filter filter;
  filter.kind = Filter::Kind::channel;
  for (std::size_t const word : read_words(node, "\"channel\"", channel_words(), reading.problems)) {
    filter.signals.emplace_back(channel_words()[word]);
  }
  if (!filter.signals.empty()) spec.filters.push_back(std::move(filter));
}

}  // namespace

void read_filters(Node const& signal, Reading const& reading, Spec& spec) {
  read_reference(signal, "with", Filter::Kind::with, false, reading, spec);
  read_reference(signal, "not with", Filter::Kind::with, true, reading, spec);
  read_reference(signal, "after", Filter::Kind::after, false, reading, spec);
  read_reference(signal, "not after", Filter::Kind::after, true, reading, spec);
  read_reference(signal, "reply to", Filter::Kind::reply_to, false, reading, spec);
  read_reference(signal, "not reply to", Filter::Kind::reply_to, true, reading, spec);
  if (Node const* question = signal.find("question")) read_question(*question, reading, spec);
  if (Node const* in_first = signal.find("in first")) read_in_first(*in_first, reading, spec);
  if (Node const* words = signal.find("words")) read_word_count(*words, reading, spec);
  if (Node const* channel = signal.find("channel")) read_channel(*channel, reading, spec);
}

}  // namespace rapport::playbook

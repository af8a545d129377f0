#include "playbook/sentence.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/decimal.hpp"
#include "playbook/quantity.hpp"

namespace rapport::playbook {
namespace {

constexpr std::int32_t turns_max = 1'000;
constexpr std::string_view bound_forms = "a time (20 s), turns (2 agent turns), speech (90 s of speech) or due";

}  // namespace

Sentence::Sentence(Node const& node, std::string what, Reading const& reading)
    : node_(node), what_(std::move(what)), reading_(reading) {
  if (!node.is_scalar() || node.text.find_first_not_of(" \n") == std::string::npos) {
    tell_unexpected(node, what_, "a text", reading_.problems);
    failed_ = true;
    return;
  }
  std::string_view const text = node.text;
  for (std::size_t at = text.find_first_not_of(" \n"); at < text.size(); at = text.find_first_not_of(" \n", at)) {
    std::size_t const end = std::min(text.find_first_of(" \n", at), text.size());
    words_.push_back({text.substr(at, end - at), at});
    at = end;
  }
}

void Sentence::fail(std::string_view expected) {
  if (failed_) return;
  failed_ = true;
  bool const ended = next_ == words_.size();
  Place const place = ended ? node_.place() : node_.place_in_text(words_[next_].offset);
  std::string const here = ended ? fmt::format("{} ends too early", in_quotes(node_.text)) : in_quotes(words_[next_].text);
  reading_.problems.add(place, fmt::format("{} in {}; expected {}", here, what_, expected));
}

bool Sentence::take(std::string_view word) {
  if (at_end() || words_[next_].text != word) return false;
  ++next_;
  return true;
}

void Sentence::require(std::string_view word, std::string_view other_form) {
  if (!take(word) && !take(other_form)) fail(word);
}

std::optional<SignalId> Sentence::take_signal() {
  if (at_end()) {
    fail("the name of a signal");
    return std::nullopt;
  }
  Word const& word = words_[next_++];
  auto const signal = reading_.signals.resolve(word.text, node_, word.offset, reading_.problems);
  if (!signal) failed_ = true;
  return signal;
}

std::optional<std::int32_t> Sentence::take_integer(std::int32_t low, std::int32_t high) {
  if (failed_) return std::nullopt;
  auto const number = at_end() ? std::nullopt : base::parse_thousandths(words_[next_].text);
  if (!number || *number % 1'000 != 0 || *number / 1'000 < low || *number / 1'000 > high) {
    fail(fmt::format("a whole number from {} to {}", low, high));
    return std::nullopt;
  }
  ++next_;
  return static_cast<std::int32_t>(*number / 1'000);
}

Bound Sentence::take_bound() {
  Bound bound;
  if (!take("within")) return bound;
  do {
    if (!take_bound_member(bound)) break;
  } while (take("or"));
  return bound;
}

bool Sentence::take_bound_member(Bound& bound) {
  if (failed_) return false;
  if (take("due")) {
    bound.due_of_trigger = true;
    return true;
  }
  std::size_t const start = next_;
  auto quantity = at_end() ? std::nullopt : parse_quantity(words_[next_].text);
  if (!quantity) {
    fail(bound_forms);
    return false;
  }
  ++next_;
  bool const own_unit = quantity->unit.empty() && !at_end();
  if (own_unit && (words_[next_].text == "agent" || words_[next_].text == "customer")) {
    next_ = start;
    auto const count = take_integer(1, turns_max);
    return count && take_turns(bound, *count);
  }
  if (own_unit) quantity->unit = words_[next_++].text;
  auto const span = to_millis(*quantity);
  if (!span) {
    next_ = start;
    fail(is_time_unit(quantity->unit) ? "whole milliseconds, at most ten years (interaction_span_max)" : bound_forms);
    return false;
  }
  bool const of_speech = take("of");
  if (of_speech) require("speech", "speech");
  auto& member = of_speech ? bound.speech_ms : bound.time_ms;
  if (member) {
    next_ = start;
    fail("each way of bounding once");
  }
  member = *span;
  return !failed_;
}

bool Sentence::take_turns(Bound& bound, std::int32_t count) {
  auto& member = take("agent") ? bound.agent_turns : (++next_, bound.customer_turns);
  require("turns", "turn");
  if (member) fail("each way of bounding once");
  member = count;
  return !failed_;
}

void Sentence::finish(std::string_view expected) {
  if (!at_end()) fail(expected);
}

}  // namespace rapport::playbook

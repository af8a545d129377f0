#include "signals/detector.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/decimal.hpp"
#include "base/limits.hpp"
#include "signals/event_rule.hpp"

namespace rapport::signals {
namespace {

struct Unit {
  std::string_view name;
  base::Millis millis;
};
constexpr auto units = std::to_array<Unit>({{"ms", 1}, {"s", base::second}, {"min", base::minute}, {"h", base::hour}, {"", 1}});

base::Error expected(std::string_view name, std::string_view found, std::string_view what) {
  return {fmt::format("\"{}\" for \"{}\", expected {}", found, name, what)};
}

std::optional<base::Millis> parse_millis(std::string_view text) {
  std::size_t const digits = std::min(text.find_first_not_of("0123456789."), text.size());
  std::string_view unit = text.substr(digits);
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  auto const thousandths = base::parse_thousandths(text.substr(0, digits));
  for (Unit const& each : units) {
    if (each.name != unit || !thousandths || *thousandths > limits::interaction_span_max * 1'000 / each.millis) continue;
    base::Millis const millis = *thousandths * each.millis;
    if (millis % 1'000 == 0) return millis / 1'000;
  }
  return std::nullopt;
}

}  // namespace

Occurrence& Emitter::fire(Moment const& moment) {
  Occurrence occurrence;
  occurrence.signal = signal_;
  occurrence.by = moment.step.words ? moment.step.role : doer_of(moment.event, moment.head);
  occurrence.participant = moment.event.participant;
  occurrence.event = moment.index;
  occurrence.at_ms = moment.event.at_ms;
  occurrence.end_ms = moment.event.end();
  return out_.emplace_back(occurrence);
}

Occurrence& Emitter::fire(Moment const& moment, std::uint32_t first_token, std::uint32_t last_token) {
  RAPPORT_ASSERT(first_token <= last_token && last_token < moment.words.tokens.size());
  Occurrence& occurrence = fire(moment);
  occurrence.position = first_token;
  occurrence.sentence = moment.words.tokens[first_token].sentence;
  occurrence.range = {moment.words.tokens[first_token].begin, moment.words.tokens[last_token].end};
  return occurrence;
}

void Emitter::doubt(std::uint16_t sentence, std::int32_t confidence) {
  for (Occurrence& firing : out_) {
    bool const words_of_it = !firing.range.empty() && firing.sentence == sentence;
    if (words_of_it) firing.confidence = std::min(firing.confidence, confidence);
  }
}

Occurrence& Emitter::fire_at(base::Millis at_ms, base::Millis end_ms, domain::Role by, std::uint32_t event) {
  Occurrence occurrence;
  occurrence.signal = signal_;
  occurrence.by = by;
  occurrence.event = event;
  occurrence.at_ms = at_ms;
  occurrence.end_ms = end_ms;
  return out_.emplace_back(occurrence);
}

base::Result<base::Millis> Parameters::millis(std::string_view name, base::Millis otherwise) const {
  auto const found = values_.find(std::string{name});
  if (found == values_.end()) return otherwise;
  if (auto const millis = parse_millis(found->second)) return *millis;
  return expected(name, found->second, "a time such as 20 s, 500 ms or 2 min");
}

base::Result<std::int64_t> Parameters::number(std::string_view name, std::int64_t otherwise) const {
  auto const found = values_.find(std::string{name});
  if (found == values_.end()) return otherwise;
  auto const thousandths = base::parse_thousandths(found->second);
  if (thousandths && *thousandths % 1'000 == 0) return *thousandths / 1'000;
  return expected(name, found->second, "a whole number of at most 15 digits");
}

std::string Parameters::text(std::string_view name, std::string_view otherwise) const {
  auto const found = values_.find(std::string{name});
  return found == values_.end() ? std::string{otherwise} : found->second;
}

bool Parameters::has(std::string_view name) const { return values_.contains(std::string{name}); }

}  // namespace rapport::signals

#include "evaluation/why.hpp"

#include <optional>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "base/time.hpp"

namespace rapport::evaluation {
namespace {

/// A moment as a date where the interaction has one, else as minutes and seconds from its start.
std::string moment_text(base::Millis at_ms, domain::Interaction const& head) {
  return head.has_date() ? base::format_rfc3339(head.started_at + at_ms) : base::format_clock(at_ms);
}

std::string text_of(Why why, domain::SourceSet missing, std::optional<base::Millis> due_ms, domain::Interaction const& head) {
  switch (why) {
    case Why::none:
      return {};
    case Why::off:
      return "off";
    case Why::not_by_rule:
      return "no rule can judge it";
    case Why::source_unobserved:
      return "not recorded: " + list_sources(missing);
    case Why::words_unreadable:
      return "words that could not be read: no phrases for their language, or a poor transcript";
    case Why::no_date:
      return "due at a time of its own that cannot be placed: none could be read, or the interaction has no date";
    case Why::over_limit:
      return "more open at a time than open_obligations_max, " + std::to_string(limits::open_obligations_max);
    case Why::not_due_yet:
      return due_ms ? "due " + moment_text(*due_ms, head) : "not due yet";
    case Why::no_agent:
      return "no agent took part";
    case Why::no_occasion:
      return "nothing called for it";
    case Why::unsure:
      return "what was found is too unsure to judge by";
  }
  RAPPORT_ASSERT(false);
}

}  // namespace

std::string list_sources(domain::SourceSet sources) {
  std::string list;
  for (std::size_t i = 0; i < domain::source_count; ++i) {
    auto const source = static_cast<domain::Source>(i);
    if (!sources.has(source)) continue;
    if (!list.empty()) list += ", ";
    list += name(source);
  }
  return list;
}

std::string explain(PracticeResult const& result, playbook::Practice const& practice, domain::Interaction const& head) {
  if (result.why == Why::not_by_rule && !practice.not_assessed_why.empty()) return practice.not_assessed_why;
  return text_of(result.why, result.missing, result.due_ms, head);
}

std::string explain(Occasion const& occasion, domain::Interaction const& head) {
  return text_of(occasion.why, occasion.missing, occasion.due_ms, head);
}

}  // namespace rapport::evaluation

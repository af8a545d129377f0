#include "server/api/placed_recording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "server/api/document_body.hpp"
#include "server/http/text.hpp"

namespace rapport::server::api {
namespace {

using http::trimmed;

std::optional<PlacedRecording> recording_named(std::string_view word) {
  if (word == "record") return PlacedRecording::always;
  if (word == "ask") return PlacedRecording::asked;
  if (word == "prompt") return PlacedRecording::prompted;
  if (word == "never") return PlacedRecording::never;
  return std::nullopt;
}

bool is_country(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

base::Result<PlacedRecordingRule> PlacedRecordingRule::parse(std::string_view text) {
  PlacedRecordingRule rule;
  bool first = true;
  for (std::string_view rest = trimmed(text); !rest.empty(); first = false) {
    std::size_t const comma = std::min(rest.find(','), rest.size());
    std::string_view const part = trimmed(rest.substr(0, comma));
    rest = trimmed(rest.substr(std::min(comma + 1, rest.size())));
    auto const whole = recording_named(part);
    auto const exception = part.size() > 3 && part[2] == ' ' && is_country(part.substr(0, 2)) ? recording_named(trimmed(part.substr(3))) : std::nullopt;
    if (whole && first)
      rule.otherwise_ = *whole;
    else if (exception)
      rule.countries_.insert_or_assign(std::string{part.substr(0, 2)}, *exception);
    else
      return base::Error{fmt::format("found \"{}\", expected record, ask, prompt or never, then exceptions such as DE ask", part)};
  }
  return rule;
}

PlacedRecording PlacedRecordingRule::of(std::string_view country) const {
  auto const found = countries_.find(country);
  return found == countries_.end() ? otherwise_ : found->second;
}

std::string prompt_sound_of(records::Document const& brand) {
  auto const body = body_of(brand);
  return body ? text_or(*body, "placed_prompt_sound", {}) : std::string{};
}

ConsentPrompt consent_prompt(records::Store& store, std::string_view brand) {
  ConsentPrompt prompt;
  auto const found = store.document("brand", brand);
  auto const body = found && *found ? body_of(**found) : std::nullopt;
  if (!body) return prompt;
  prompt.text = text_or(*body, "placed_prompt", {});
  prompt.sound = prompt_sound_of(**found);
  return prompt;
}

PlacedRecording placed_recording(records::Store& store, std::string_view brand, std::string_view country) {
  auto const found = store.document("brand", brand);
  auto const body = found && *found ? body_of(**found) : std::nullopt;
  if (!body) return PlacedRecording::asked;
  auto const rule = PlacedRecordingRule::parse(text_or(*body, "placed_recording", {}));
  return rule ? rule->of(country) : PlacedRecording::asked;
}

}  // namespace rapport::server::api

#include "centre/document_fields.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rapport::centre {
namespace {

std::string_view view(json::string_view text) { return {text.data(), text.size()}; }

std::string seconds_text(base::Millis span) { return json::serialize(seconds_json(span)); }

/// Milliseconds of a number of seconds; nothing if it is none, or finer than they are.
std::optional<base::Millis> millis_of(json::value const& value) {
  constexpr double seconds_max = 1e12;
  if (!value.is_number()) return std::nullopt;
  double const seconds = value.to_number<double>();
  if (!(std::fabs(seconds) < seconds_max)) return std::nullopt;
  double const millis = std::round(seconds * 1'000.0);
  return std::fabs(millis - seconds * 1'000.0) < 1e-6 ? std::optional{static_cast<base::Millis>(millis)} : std::nullopt;
}

}  // namespace

bool is_slug(std::string_view text) {
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !text.empty() && text.size() <= limits::name_bytes_max && letter(text.front()) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || c == '-' || c == '.' || c == '_'; });
}

json::value seconds_json(base::Millis span) {
  if (span % base::second == 0) return span / base::second;
  return static_cast<double>(span) / 1'000.0;
}

DocumentFields::DocumentFields(Trouble& trouble, Place const& place, json::value const& document)
    : trouble_(trouble), object_(trouble, place), good_(object_.open(document)) {}

void DocumentFields::text(std::string_view name, std::size_t bytes_max, std::string& out) {
  other(name, [&](Place const& place, json::value const& value) {
    if (!read_text(trouble_, place, value, out)) return false;
    return out.size() <= bytes_max || trouble_.wrong(place, value, fmt::format("text of at most {} bytes", bytes_max));
  });
}

void DocumentFields::boolean(std::string_view name, bool& out) {
  other(name, [&](Place const& place, json::value const& value) { return read_boolean(trouble_, place, value, out); });
}

bool DocumentFields::whole_if_any(std::string_view name, std::int64_t low, std::int64_t high, std::int64_t& out) {
  json::value const* const value = find(name);
  if (value == nullptr) return false;
  good_ = read_whole(trouble_, object_.at(name), *value, low, high, out);
  return good_;
}

void DocumentFields::seconds(std::string_view name, base::Millis low, base::Millis high, bool or_off, base::Millis& out) {
  other(name, [&](Place const& place, json::value const& value) {
    auto const millis = millis_of(value);
    bool const fits = millis && ((or_off && *millis == 0) || (*millis >= low && *millis <= high));
    if (!fits) {
      return trouble_.wrong(place, value, fmt::format("{}seconds from {} to {}, with at most three decimals", or_off ? "0 or " : "", seconds_text(low), seconds_text(high)));
    }
    out = *millis;
    return true;
  });
}

void DocumentFields::needs(std::string_view name, Numbering const& numbering, routing::Requirement& out) {
  other(name, [&](Place const& place, json::value const& value) {
    std::vector<routing::SkillLevel> levels;
    if (!read_skill_levels(trouble_, place, value, numbering, levels)) return false;
    if (levels.size() > limits::needed_skills_max)
      return trouble_.fail(place, fmt::format("more than needed_skills_max, {}, skills", limits::needed_skills_max));
    out = {};
    return std::ranges::all_of(levels, [&](routing::SkillLevel level) { return out.add(level); });
  });
}

void DocumentFields::queue(std::string_view name, Numbering const& numbering, std::optional<routing::QueueId>& out) {
  other(name, [&](Place const& place, json::value const& value) {
    std::string slug;
    if (!read_text(trouble_, place, value, slug)) return false;
    out = numbering.queue_number(slug);
    return out.has_value() || trouble_.wrong(place, value, "the slug of a queue");
  });
}

bool read_skill(Trouble& trouble, Place const& place, json::value const& value, Numbering const& numbering, routing::SkillId& out) {
  std::string slug;
  if (!read_text(trouble, place, value, slug)) return false;
  auto const number = numbering.skill_number(slug);
  if (!number) return trouble.wrong(place, value, "the slug of a skill");
  out = *number;
  return true;
}

bool read_skill_levels(Trouble& trouble, Place const& place, json::value const& value, Numbering const& numbering,
                       std::vector<routing::SkillLevel>& out) {
  auto const* const object = value.if_object();
  if (object == nullptr) return trouble.wrong(place, value, "skills with levels such as {\"billing\": 3}");
  for (auto const& [key, level] : *object) {
    Place const at = place.field(view(key));
    auto const number = numbering.skill_number(view(key));
    if (!number) return trouble.fail(at, "unknown skill; expected the slug of a skill");
    std::int64_t proficiency = 0;
    if (!read_whole(trouble, at, level, 1, limits::proficiency_max, proficiency)) return false;
    out.push_back({*number, static_cast<std::uint8_t>(proficiency)});
  }
  return true;
}

}  // namespace rapport::centre

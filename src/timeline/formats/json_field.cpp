#include "timeline/formats/json_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "base/utf8.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Value;
using simdjson::SUCCESS;
using simdjson::dom::element_type;

std::string path_text(std::vector<PathStep> const& path) {
  std::string text;
  for (PathStep const& step : path) {
    if (step.index != Where::no_index) {
      text += fmt::format("[{}]", step.index);
    } else {
      if (!text.empty()) text += '.';
      text += shortened(step.key);
    }
  }
  return text;
}

/// The nearest whole number of thousandths, or nothing where 64 bits cannot hold it.
std::optional<std::int64_t> to_thousandths(JsonElement element) {
  constexpr std::int64_t whole_max = INT64_MAX / 1'000;
  if (std::int64_t whole = 0; element.get(whole) == SUCCESS) {
    if (whole > whole_max || whole < -whole_max) return std::nullopt;
    return whole * 1'000;
  }
  if (double number = 0; element.type() == element_type::DOUBLE && element.get(number) == SUCCESS) {
    if (!(std::fabs(number) < static_cast<double>(whole_max))) return std::nullopt;
    return std::llround(number * 1'000.0);
  }
  return std::nullopt;
}

bool text_fits(Findings& findings, Where const& where, std::string_view text) {
  if (text.size() <= limits::text_bytes_max) return true;
  return findings.fail(where, fmt::format("{} bytes of text are more than text_bytes_max, {}", text.size(), limits::text_bytes_max));
}

}  // namespace

bool Findings::fail(Where const& where, std::string_view message) {
  error_path_.clear();
  for (Where const* step = &where; step->parent != nullptr; step = step->parent) {
    error_path_.push_back({std::string{step->key}, step->index});
  }
  std::ranges::reverse(error_path_);
  std::string const path = path_text(error_path_);
  error_ = path.empty() ? std::string{message} : fmt::format("{}: {}", path, message);
  return false;
}

bool Findings::wrong(Where const& where, JsonElement found, std::string_view expected) {
  return fail(where, fmt::format("found {}; expected {}", describe(found), expected));
}

bool Findings::missing(Where const& object, std::string_view field, std::string_view expected) {
  fail(object, fmt::format("field \"{}\" is missing; expected {}", field, expected));
  return false;
}

void Findings::unknown(std::string_view place, std::string_view field) {
  for (Unknown& known : unknown_) {
    if (known.place == place && known.field == field) {
      ++known.count;
      return;
    }
  }
  constexpr std::size_t listed_max = 100;
  if (unknown_.size() < listed_max) unknown_.push_back({std::string{place}, std::string{shortened(field)}, 1});
}

namespace {

/// "; did you mean …?", where a kind that we know is near.
std::string near_kind(std::string_view kind) {
  std::array<std::string_view, domain::event_kind_count - 1> names;  // all but `other`
  for (std::size_t index = 0; index < names.size(); ++index) names[index] = domain::name(static_cast<domain::EventKind>(index));
  auto const near = base::nearest(kind, names);
  return near ? fmt::format("; did you mean \"{}\"?", *near) : std::string{};
}

}  // namespace

std::vector<std::string> Findings::take_warnings() {
  for (Unknown const& unknown : unknown_) {
    std::string const times = unknown.count == 1 ? std::string{} : fmt::format(", {} times", unknown.count);
    warnings_.push_back(unknown.place.empty() ? fmt::format("unknown event kind \"{}\" kept{}{}", unknown.field, times, near_kind(unknown.field))
                                              : fmt::format("unknown field \"{}\" in {} kept{}", unknown.field, unknown.place, times));
  }
  unknown_.clear();
  return std::move(warnings_);
}

std::string_view shortened(std::string_view text, std::size_t bytes_max) {
  return base::cut_utf8(text, bytes_max);
}

std::string describe(JsonElement element) {
  switch (element.type()) {
    case element_type::STRING: {
      std::string_view const text = element.get_string().value_unsafe();
      return fmt::format("\"{}\"{}", shortened(text), shortened(text).size() < text.size() ? "…" : "");
    }
    case element_type::ARRAY:
      return "a list";
    case element_type::OBJECT:
      return "an object";
    default:
      return simdjson::minify(element);
  }
}

bool is_null(JsonElement element) { return element.type() == element_type::NULL_VALUE; }

bool read_text(Findings& findings, Where const& where, JsonElement element, std::string& text) {
  std::string_view view;
  if (element.get(view) != SUCCESS) return findings.wrong(where, element, "text");
  if (!text_fits(findings, where, view)) return false;
  text.assign(view);
  return true;
}

bool read_name(Findings& findings, Where const& where, JsonElement element, std::string& text) {
  if (!read_text(findings, where, element, text)) return false;
  return !text.empty() || findings.wrong(where, element, "text that is not empty");
}

bool read_boolean(Findings& findings, Where const& where, JsonElement element, bool& value) {
  return element.get(value) == SUCCESS || findings.wrong(where, element, "true or false");
}

bool read_instant(Findings& findings, Where const& where, JsonElement element, base::Instant& instant) {
  constexpr std::string_view expected = "an RFC 3339 date and time such as 2026-03-02T09:15:00Z";
  std::string_view text;
  if (element.get(text) != SUCCESS) return findings.wrong(where, element, expected);
  auto const parsed = base::parse_rfc3339(text);
  if (!parsed) return findings.wrong(where, element, expected);
  instant = *parsed;
  return true;
}

bool read_object(Findings& findings, Where const& where, JsonElement element, JsonObject& object) {
  return element.get(object) == SUCCESS || findings.wrong(where, element, "an object");
}

bool read_list(Findings& findings, Where const& where, JsonElement element, std::size_t limit,
               std::string_view limit_name, JsonArray& array) {
  if (element.get(array) != SUCCESS) return findings.wrong(where, element, "a list");
  if (array.size() <= limit) return true;
  return findings.fail(where, fmt::format("more than {}, {}", limit_name, limit));
}

bool read_whole(Findings& findings, Where const& where, JsonElement element, std::int64_t low, std::int64_t high,
                std::string_view expected, std::int64_t& value) {
  if (element.get(value) != SUCCESS) {
    double number = 0;
    bool const whole = element.type() == element_type::DOUBLE && element.get(number) == SUCCESS &&
                       std::fabs(number) < 9e15 && number == std::floor(number);
    if (!whole) return findings.wrong(where, element, expected);
    value = static_cast<std::int64_t>(number);
  }
  return (value >= low && value <= high) || findings.wrong(where, element, expected);
}

bool read_thousandths(Findings& findings, Where const& where, JsonElement element, std::int64_t low,
                      std::int64_t high, std::string_view expected, std::int64_t& value) {
  auto const thousandths = to_thousandths(element);
  if (!thousandths || *thousandths < low || *thousandths > high) return findings.wrong(where, element, expected);
  value = *thousandths;
  return true;
}

bool read_value(Findings& findings, Where const& where, JsonElement element, Value& value) {
  switch (element.type()) {
    case element_type::STRING:
      value.kind = Value::Kind::text;
      return read_text(findings, where, element, value.text);
    case element_type::BOOL:
      value = Value::of_boolean(element.get_bool().value_unsafe());
      return true;
    case element_type::INT64:
    case element_type::DOUBLE: {
      auto const thousandths = to_thousandths(element);
      double const number = element.get_double().value_unsafe();
      if (thousandths && static_cast<double>(*thousandths) / 1'000.0 == number) {
        value = Value::of_thousandths(*thousandths);
        return true;
      }
      break;
    }
    default:
      break;
  }
  value = Value::of_json(simdjson::minify(element));
  return text_fits(findings, where, value.text);
}

bool append_attribute(Findings& findings, Where const& where, std::string_view name, JsonElement element,
                      std::vector<domain::Attribute>& attributes) {
  auto const append = [&](Where const& at, std::string_view group, std::string_view field, JsonElement value) {
    if (attributes.size() >= limits::attributes_max) {
      return findings.fail(at, fmt::format("more than attributes_max, {}, fields", limits::attributes_max));
    }
    attributes.push_back({std::string{group}, std::string{field}, {}});
    return read_value(findings, at, value, attributes.back().value);
  };
  JsonObject object;
  if (name.empty() || element.get(object) != SUCCESS || object.begin() == object.end()) return append(where, {}, name, element);
  for (auto const field : object) {
    if (!append(where.field(field.key), name, field.key, field.value)) return false;
  }
  return true;
}

}  // namespace rapport::timeline::formats

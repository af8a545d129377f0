#include "centre/hours_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "centre/zone_table.hpp"

namespace rapport::centre {
namespace {

using routing::OpenSpan;

constexpr std::array<std::string_view, 7> weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::int32_t minutes_a_day = 1'440;
constexpr std::string_view span_expected = "hours such as 09:00-17:00, the end after the beginning and at most 24:00";

std::optional<std::int32_t> two_digits(std::string_view text) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  return (text[0] - '0') * 10 + (text[1] - '0');
}

/// "09:30"; "24:00" is the end of the day.
std::optional<std::int32_t> minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  auto const hour = two_digits(text.substr(0, 2));
  auto const minute = two_digits(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour * 60 + *minute > minutes_a_day) return std::nullopt;
  return *hour * 60 + *minute;
}

bool read_span(Trouble& trouble, Place const& place, json::value const& value, std::int32_t day, std::vector<OpenSpan>& out) {
  std::string text;
  if (!read_text(trouble, place, value, text)) return false;
  if (text.size() != 11 || text[5] != '-') return trouble.wrong(place, value, span_expected);
  auto const from = minute_of_day(std::string_view{text}.substr(0, 5));
  auto const to = minute_of_day(std::string_view{text}.substr(6));
  if (!from || !to || *from >= *to) return trouble.wrong(place, value, span_expected);
  bool const overlaps = std::ranges::any_of(out, [&](OpenSpan const& other) {
    return other.day == day && *from < other.to_minute && other.from_minute < *to;
  });
  if (overlaps) return trouble.fail(place, fmt::format("{} overlaps with other hours of that day", text));
  if (out.size() >= limits::opening_spans_max) return trouble.fail(place, fmt::format("more than opening_spans_max, {}", limits::opening_spans_max));
  out.push_back({day, *from, *to});
  return true;
}

bool read_spans(Trouble& trouble, Place const& place, json::value const& value, std::int32_t day, std::vector<OpenSpan>& out) {
  auto const* const list = value.if_array();
  if (list == nullptr) return trouble.wrong(place, value, "a list of hours such as [\"09:00-17:00\"]");
  for (std::size_t index = 0; index < list->size(); ++index) {
    if (!read_span(trouble, place.item(index), (*list)[index], day, out)) return false;
  }
  return true;
}

bool read_week(Trouble& trouble, Place const& place, json::value const& value, std::vector<OpenSpan>& out) {
  ObjectReader object{trouble, place};
  if (!object.open(value)) return false;
  for (std::size_t day = 0; day < weekdays.size(); ++day) {
    json::value const* const spans = object.find(weekdays[day]);
    if (spans != nullptr && !read_spans(trouble, object.at(weekdays[day]), *spans, static_cast<std::int32_t>(day), out)) return false;
  }
  return object.close();
}

/// Days since 1970-01-01 of "2026-12-25".
std::optional<std::int32_t> day_of(std::string const& date) {
  auto const midnight = base::parse_rfc3339(date + "T00:00:00Z");
  if (!midnight || date.size() != 10) return std::nullopt;
  return static_cast<std::int32_t>(midnight->since_epoch / base::day - (midnight->since_epoch % base::day < 0 ? 1 : 0));
}

bool read_holiday(Trouble& trouble, Place const& place, json::value const& value, std::vector<OpenSpan>& out) {
  ObjectReader object{trouble, place};
  if (!object.open(value)) return false;
  json::value const* const date = object.need("date");
  std::string text;
  if (date == nullptr || !read_text(trouble, object.at("date"), *date, text)) return false;
  auto const day = day_of(text);
  if (!day) return trouble.wrong(object.at("date"), *date, "a date such as 2026-12-25");
  if (std::ranges::find(out, *day, &OpenSpan::day) != out.end()) return trouble.fail(object.at("date"), text + " stands in the list twice");
  std::size_t const before = out.size();
  if (json::value const* const open = object.find("open"); open != nullptr && !read_spans(trouble, object.at("open"), *open, *day, out)) return false;
  if (out.size() == before) out.push_back({*day, 0, 0});
  return object.close();
}

bool read_holidays(Trouble& trouble, Place const& place, json::value const& value, std::vector<OpenSpan>& out) {
  auto const* const list = value.if_array();
  if (list == nullptr) return trouble.wrong(place, value, "a list of days such as {\"date\": \"2026-12-25\"}");
  for (std::size_t index = 0; index < list->size(); ++index) {
    if (!read_holiday(trouble, place.item(index), (*list)[index], out)) return false;
  }
  bool const fits = out.size() <= limits::opening_spans_max;
  return fits || trouble.fail(place, fmt::format("more than opening_spans_max, {}", limits::opening_spans_max));
}

bool read_zone(Trouble& trouble, Place const& place, json::value const& value, base::Instant now, Hours& out) {
  if (!read_text(trouble, place, value, out.zone)) return false;
  auto table = zone_table(out.zone, now);
  if (!table) return trouble.wrong(place, value, "an IANA time zone such as Europe/London");
  out.hours.zone = *std::move(table);
  return true;
}

std::string clock_text(std::int32_t minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }
std::string span_text(OpenSpan const& span) { return clock_text(span.from_minute) + "-" + clock_text(span.to_minute); }

}  // namespace

bool read_hours(Trouble& trouble, Place const& place, json::value const& value, base::Instant now, Hours& out) {
  out = {};
  ObjectReader object{trouble, place};
  if (!object.open(value)) return false;
  json::value const* const zone = object.find("zone");
  if (zone != nullptr && !read_zone(trouble, object.at("zone"), *zone, now, out)) return false;
  json::value const* const week = object.find("week");
  if (week != nullptr && !read_week(trouble, object.at("week"), *week, out.hours.week)) return false;
  json::value const* const holidays = object.find("holidays");
  if (holidays != nullptr && !read_holidays(trouble, object.at("holidays"), *holidays, out.hours.holidays)) return false;
  if (!object.close()) return false;
  // A queue without any hours is open always: what looks like "never" must not mean that.
  return !out.hours.week.empty() || trouble.fail(place, "no day of the week has hours; leave the field out for a queue that is always open");
}

json::object hours_json(Hours const& hours) {
  json::object out;
  out["zone"] = hours.zone;
  json::object& week = out["week"].emplace_object();
  for (OpenSpan const& span : hours.hours.week) {
    std::string_view const day = weekdays[static_cast<std::size_t>(span.day)];
    json::value& spans = week[{day.data(), day.size()}];
    if (!spans.is_array()) spans.emplace_array();
    spans.get_array().emplace_back(span_text(span));
  }
  json::array& holidays = out["holidays"].emplace_array();
  std::optional<std::int32_t> last;
  for (OpenSpan const& span : hours.hours.holidays) {
    if (last != span.day) {
      std::string const date = base::format_rfc3339({span.day * base::day}).substr(0, 10);
      holidays.emplace_back(json::object{{"date", date}});
      if (span.from_minute < span.to_minute) holidays.back().get_object()["open"].emplace_array();
    }
    last = span.day;
    if (span.from_minute < span.to_minute) holidays.back().get_object()["open"].get_array().emplace_back(span_text(span));
  }
  return out;
}

}  // namespace rapport::centre

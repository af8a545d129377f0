#pragma once

#include <fmt/format.h>

#include <concepts>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/limits.hpp"
#include "centre/floor_fields.hpp"
#include "centre/ids.hpp"
#include "centre/json_reading.hpp"
#include "routing/requirement.hpp"
#include "timeline/formats/json_write.hpp"

/// From the floor's records to compact JSON and back, by their lists of fields; for floor_codec and numbers_codec.
/// Every field is written but an optional one without a value, and every field is asked for.
namespace rapport::centre::floor_fields {

template <typename T>
concept Worded = std::is_enum_v<T> && requires { words(Of<T>{}); };
template <typename T>
concept Listed = std::is_class_v<T> && requires { fields(Of<T>{}); };
template <typename T>
constexpr bool is_id = false;
template <typename Tag>
constexpr bool is_id<routing::Uuid<Tag>> = true;
template <typename T>
constexpr bool is_shared = false;
template <typename T>
constexpr bool is_shared<std::shared_ptr<T const>> = true;
template <typename T>
constexpr bool is_optional = false;
template <typename T>
constexpr bool is_optional<std::optional<T>> = true;
template <typename T>
constexpr bool is_array = false;
template <typename T, std::size_t size>
constexpr bool is_array<std::array<T, size>> = true;

template <typename T>
void write(std::string& out, T const& value);

template <typename Items>
void write_list(std::string& out, Items const& items) {
  timeline::formats::append_json_list(out, items, [&](auto const& item) { write(out, item); });
}

template <Listed T>
void write_fields(std::string& out, T const& value, bool& first) {
  auto const one = [&](auto const& field) {
    auto const& member = value.*field.member;
    if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>) {
      if (!member) return;
    }
    out += first ? "\"" : ",\"";
    first = false;
    out += field.name;
    out += "\":";
    if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>)
      write(out, *member);
    else
      write(out, member);
  };
  std::apply([&](auto const&... field) { (one(field), ...); }, fields(Of<T>{}));
}

/// Appends any of the floor's values.
template <typename T>
void write(std::string& out, T const& value) {
  if constexpr (std::same_as<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::integral<T>) {
    fmt::format_to(std::back_inserter(out), "{}", value);
  } else if constexpr (Worded<T>) {
    out += '"';
    out += words(Of<T>{})[static_cast<std::size_t>(value)];
    out += '"';
  } else if constexpr (std::is_enum_v<T>) {
    write(out, static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::same_as<T, base::Instant>) {
    write(out, value.since_epoch);
  } else if constexpr (std::same_as<T, std::string>) {
    timeline::formats::append_json_text(out, value);
  } else if constexpr (is_id<T>) {
    out += '"';
    if (!value.nil()) out += id_text(value);
    out += '"';
  } else if constexpr (std::same_as<T, routing::SkillLevel>) {
    out += '[';
    write(out, value.skill);
    out += ',';
    write(out, value.level);
    out += ']';
  } else if constexpr (std::same_as<T, routing::Requirement>) {
    write_list(out, value.skills());
  } else if constexpr (is_shared<T>) {
    write(out, *value);
  } else if constexpr (Listed<T>) {
    out += '{';
    bool first = true;
    write_fields(out, value, first);
    out += '}';
  } else {
    write_list(out, value);
  }
}

template <typename T>
bool read(Trouble& trouble, Place const& place, json::value const& value, T& out);

template <Listed T>
bool read_fields(Trouble& trouble, ObjectReader& object, T& out) {
  auto const one = [&](auto const& field) {
    auto& member = out.*field.member;
    Place const at = object.at(field.name);
    if constexpr (is_optional<std::remove_cvref_t<decltype(member)>>) {
      json::value const* const value = object.find(field.name);
      return value == nullptr || read(trouble, at, *value, member.emplace());
    } else {
      json::value const* const value = object.need(field.name);
      return value != nullptr && read(trouble, at, *value, member);
    }
  };
  return std::apply([&](auto const&... field) { return (one(field) && ...); }, fields(Of<T>{}));
}

/// What the rules of the floor ask of a value beyond its shape.
inline bool allowed(Trouble& trouble, Place const& place, routing::Queue const& queue) {
  return !routing::check(queue) || trouble.fail(place, "these rules of a queue are beyond the limits");
}
inline bool allowed(Trouble& trouble, Place const& place, routing::AgentProfile const& agent) {
  return !routing::check(agent) || trouble.fail(place, "this agent is beyond the limits");
}
template <typename T>
bool allowed(Trouble&, Place const&, T const&) {
  return true;
}

template <typename T>
bool read_number(Trouble& trouble, Place const& place, json::value const& value, T& out) {
  constexpr auto high = std::cmp_less(std::numeric_limits<std::int64_t>::max(), std::numeric_limits<T>::max())
                            ? std::numeric_limits<std::int64_t>::max()
                            : static_cast<std::int64_t>(std::numeric_limits<T>::max());
  std::int64_t number = 0;
  if (!read_whole(trouble, place, value, static_cast<std::int64_t>(std::numeric_limits<T>::min()), high, number)) return false;
  out = static_cast<T>(number);
  return true;
}

template <typename Enum>
bool read_word(Trouble& trouble, Place const& place, json::value const& value, Enum& out) {
  auto const all = words(Of<Enum>{});
  std::string text;
  if (!read_text(trouble, place, value, text)) return false;
  for (std::size_t index = 0; index < all.size(); ++index) {
    if (all[index] != text) continue;
    out = static_cast<Enum>(index);
    return true;
  }
  return trouble.wrong(place, value, fmt::format("one of {}", fmt::join(all, ", ")));
}

template <typename Id>
bool read_id(Trouble& trouble, Place const& place, json::value const& value, Id& out) {
  std::string text;
  if (!read_text(trouble, place, value, text)) return false;
  if (text.empty()) return out = Id{}, true;
  auto const id = parse_id<Id>(text);
  if (!id) return trouble.wrong(place, value, "a UUID or nothing");
  out = *id;
  return true;
}

inline bool read_skill(Trouble& trouble, Place const& place, json::value const& value, routing::SkillLevel& out) {
  auto const* const pair = value.if_array();
  if (pair == nullptr || pair->size() != 2) return trouble.wrong(place, value, "a skill's number and a level");
  std::int64_t skill = 0;
  std::int64_t level = 0;
  if (!read_whole(trouble, place.item(0), (*pair)[0], 0, static_cast<std::int64_t>(limits::skills_max) - 1, skill)) return false;
  if (!read_whole(trouble, place.item(1), (*pair)[1], 0, limits::proficiency_max, level)) return false;
  out = {static_cast<routing::SkillId>(skill), static_cast<std::uint8_t>(level)};
  return true;
}

inline bool read_needs(Trouble& trouble, Place const& place, json::value const& value, routing::Requirement& out) {
  auto const* const list = value.if_array();
  if (list == nullptr) return trouble.wrong(place, value, "a list of skills with levels");
  out = {};
  for (std::size_t index = 0; index < list->size(); ++index) {
    routing::SkillLevel skill;
    if (!read_skill(trouble, place.item(index), (*list)[index], skill)) return false;
    bool const later = index == 0 || out.skills().back().skill < skill.skill;
    if (skill.level == 0 || !later || !out.add(skill))
      return trouble.fail(place.item(index), "expected skills in order, each once, with a level of at least 1");
  }
  return true;
}

template <typename List>
bool read_list(Trouble& trouble, Place const& place, json::value const& value, List& out) {
  auto const* const list = value.if_array();
  if (list == nullptr) return trouble.wrong(place, value, "a list");
  if constexpr (is_array<List>) {
    if (list->size() != out.size()) return trouble.fail(place, fmt::format("found {} items; expected {}", list->size(), out.size()));
  } else {
    out.resize(list->size());
  }
  for (std::size_t index = 0; index < list->size(); ++index) {
    if (!read(trouble, place.item(index), (*list)[index], out[index])) return false;
  }
  return true;
}

/// Reads any of the floor's values.
template <typename T>
bool read(Trouble& trouble, Place const& place, json::value const& value, T& out) {
  if constexpr (std::same_as<T, bool>) {
    return read_boolean(trouble, place, value, out);
  } else if constexpr (std::integral<T>) {
    return read_number(trouble, place, value, out);
  } else if constexpr (Worded<T>) {
    return read_word(trouble, place, value, out);
  } else if constexpr (std::is_enum_v<T>) {
    std::underlying_type_t<T> number{};
    if (!read_number(trouble, place, value, number)) return false;
    out = static_cast<T>(number);
    return true;
  } else if constexpr (std::same_as<T, base::Instant>) {
    return read_number(trouble, place, value, out.since_epoch);
  } else if constexpr (std::same_as<T, std::string>) {
    return read_text(trouble, place, value, out);
  } else if constexpr (is_id<T>) {
    return read_id(trouble, place, value, out);
  } else if constexpr (std::same_as<T, routing::SkillLevel>) {
    return read_skill(trouble, place, value, out);
  } else if constexpr (std::same_as<T, routing::Requirement>) {
    return read_needs(trouble, place, value, out);
  } else if constexpr (is_shared<T>) {
    auto made = std::make_shared<std::remove_const_t<typename T::element_type>>();
    if (!read(trouble, place, value, *made)) return false;
    out = std::move(made);
    return true;
  } else if constexpr (Listed<T>) {
    ObjectReader object{trouble, place};
    return object.open(value) && read_fields(trouble, object, out) && object.close() && allowed(trouble, place, out);
  } else {
    return read_list(trouble, place, value, out);
  }
}

}  // namespace rapport::centre::floor_fields

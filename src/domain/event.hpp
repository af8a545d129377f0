#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"

namespace rapport::domain {

/// A field's value. Numbers are thousandths, so that no comparison ever touches a float.
struct Value {
  enum class Kind : std::uint8_t { text,
                                   number,
                                   boolean,
                                   json };

  Kind kind = Kind::text;
  std::int64_t number = 0;  ///< thousandths; 0 or 1 for a boolean
  std::string text;         ///< the text, or a nested value we do not read, as compact JSON

  static Value of_text(std::string text) { return {Kind::text, 0, std::move(text)}; }
  static Value of_thousandths(std::int64_t number) { return {Kind::number, number, {}}; }
  static Value of_boolean(bool value) { return {Kind::boolean, value ? 1 : 0, {}}; }
  static Value of_json(std::string json) { return {Kind::json, 0, std::move(json)}; }

  bool operator==(Value const&) const = default;
};

/// One named field of an event. `group` is empty, or the object it stands in: the context's
/// `{"known": {"account_number": "88123"}}` is {group "known", name "account_number", "88123"}.
struct Attribute {
  std::string group;
  std::string name;
  Value value;

  bool operator==(Attribute const&) const = default;
};

/// Position of a participant in the interaction's list; `nobody` where no one is named.
using ParticipantIndex = std::uint16_t;
inline constexpr ParticipantIndex nobody = 0xFFFF;

/// One thing that happened. Times are milliseconds from the interaction's start. A plain value;
/// what it means is read by timeline and signals.
struct Event {
  EventKind kind = EventKind::other;
  std::optional<Role> by;  ///< who did it, where the kind has a doer
  ParticipantIndex participant = nobody;
  base::Millis at_ms = 0;
  std::optional<base::Millis> end_ms;      ///< of a span; never before at_ms
  std::int64_t seq = 0;                    ///< order among events of one instant
  std::optional<std::int32_t> confidence;  ///< of the recogniser, thousandths
  std::optional<base::Instant> recorded_at;
  std::string id;        ///< empty where the file gives none
  std::string revises;   ///< the id of the event that this one corrects
  std::string text;      ///< of utterance, message, note, promise
  std::string language;  ///< overrides the interaction's
  std::string leg;
  std::string source;
  std::vector<Attribute> attributes;  ///< every other field, in the order of the file

  base::Millis end() const { return end_ms.value_or(at_ms); }
  /// The attribute of that group and name, or null.
  Value const* find(std::string_view group, std::string_view attribute) const;
  Value const* find(std::string_view attribute) const { return find({}, attribute); }
  /// The text of a text attribute; empty where there is none.
  std::string_view text_of(std::string_view attribute) const;

  bool operator==(Event const&) const = default;
};

}  // namespace rapport::domain

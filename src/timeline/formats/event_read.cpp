#include <fmt/format.h>

#include "base/limits.hpp"
#include "timeline/formats/event_fields.hpp"
#include "timeline/formats/interaction_json.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Event;
using domain::EventKind;
using simdjson::SUCCESS;

constexpr std::string_view milliseconds_expected = "a whole number of milliseconds from the start, up to interaction_span_max, 10 years";
constexpr std::string_view by_expected = "customer, agent, supervisor or bot";

/// Reads the fields of one event; those that only its kind explains wait until the kind is known.
class EventReader {
 public:
  EventReader(Findings& findings, Where const& where, domain::Interaction const& head, Event& event)
      : findings_(findings), where_(where), head_(head), event_(event) {}

  bool read(JsonObject object) {
    for (auto const field : object) {
      if (!read_field(field.key, field.value)) return false;
    }
    for (auto const& field : waiting_) {
      if (!read_attribute(field.key, field.value)) return false;
    }
    return check();
  }

 private:
  struct Field {
    std::string_view key;
    JsonElement value;
  };

  bool read_field(std::string_view key, JsonElement value) {
    Where const at = where_.field(key);
    if (key == "kind") return read_kind(at, value);
    if (key == "at_ms") return has_time_ = true, read_millis(at, value, event_.at_ms);
    if (key == "end_ms") return is_null(value) || read_millis(at, value, event_.end_ms.emplace());
    if (key == "by") return is_null(value) || read_word(findings_, at, value, domain::parse_role, by_expected, event_.by.emplace());
    if (key == "text") return has_text_ = true, read_text(findings_, at, value, event_.text);
    if (key == "id") return read_id(at, value, event_.id);
    if (key == "participant") return is_null(value) || read_participant(at, value);
    if (key == "seq") return is_null(value) || read_whole(findings_, at, value, INT64_MIN, INT64_MAX, "a whole number", event_.seq);
    if (key == "confidence") return is_null(value) || read_confidence(at, value);
    if (key == "recorded_at") return is_null(value) || read_instant(findings_, at, value, event_.recorded_at.emplace());
    if (key == "revises") return read_id(at, value, event_.revises);
    if (key == "language") return read_id(at, value, event_.language);
    if (key == "leg") return read_id(at, value, event_.leg);
    if (key == "source") return read_id(at, value, event_.source);
    waiting_.push_back({key, value});
    return true;
  }

  bool read_kind(Where const& at, JsonElement value) {
    std::string_view name;
    if (value.get(name) != SUCCESS || name.empty()) return findings_.wrong(at, value, "an event kind such as utterance");
    has_kind_ = true;
    event_.attributes.clear();  // of a kind named twice, the last counts
    if (auto const kind = domain::parse_event_kind(name)) {
      event_.kind = *kind;
      return true;
    }
    event_.kind = EventKind::other;
    findings_.unknown_kind(name);
    event_.attributes.push_back({{}, "kind", domain::Value::of_text(std::string{name})});
    return true;
  }

  bool read_millis(Where const& at, JsonElement value, base::Millis& millis) {
    return read_whole(findings_, at, value, 0, limits::interaction_span_max, milliseconds_expected, millis);
  }

  bool read_id(Where const& at, JsonElement value, std::string& text) {
    return is_null(value) || read_text(findings_, at, value, text);
  }

  bool read_confidence(Where const& at, JsonElement value) {
    std::int64_t thousandths = 0;
    if (!read_thousandths(findings_, at, value, 0, 1'000, "a number from 0 to 1", thousandths)) return false;
    event_.confidence = static_cast<std::int32_t>(thousandths);
    return true;
  }

  bool read_participant(Where const& at, JsonElement value) {
    std::string_view id;
    if (value.get(id) == SUCCESS) event_.participant = head_.find(id);
    return event_.participant != domain::nobody || findings_.wrong(at, value, "the id of one of the participants");
  }

  bool read_attribute(std::string_view key, JsonElement value) {
    Where const at = where_.field(key);
    auto const type = event_.kind == EventKind::other ? FieldType::any : field_type(event_.kind, key);
    if (!type) findings_.unknown(fmt::format("{} events", name(event_.kind)), key);
    if (type && *type != FieldType::any) {
      if (is_null(value)) return true;
      if (!fits(*type, value)) return findings_.wrong(at, value, expected_of(*type));
    }
    return append_attribute(findings_, at, key, value, event_.attributes);
  }

  static bool fits(FieldType type, JsonElement value) {
    std::string_view text;
    bool const is_text = value.get(text) == SUCCESS;
    switch (type) {
      case FieldType::text:
        return is_text;
      case FieldType::number:
        return value.is_number();
      case FieldType::boolean:
        return value.is_bool();
      case FieldType::object:
        return value.is_object();
      case FieldType::transfer_mode:
        return is_text && (text == "cold" || text == "warm");
      case FieldType::outcome:
        return is_text && (text == "resolved" || text == "unresolved" || text == "follow_up");
      case FieldType::any:
        return true;
    }
    return true;
  }

  bool check() {
    if (!has_kind_) return findings_.missing(where_, "kind", "an event kind such as utterance");
    if (!has_time_) return findings_.missing(where_, "at_ms", milliseconds_expected);
    if (event_.end_ms && *event_.end_ms < event_.at_ms) {
      return findings_.fail(where_.field("end_ms"), fmt::format("found {}; expected no less than at_ms, {}", *event_.end_ms, event_.at_ms));
    }
    bool const speaks = domain::carries_words(event_.kind) || event_.kind == EventKind::speech;
    if (speaks && !event_.by && event_.participant == domain::nobody) return findings_.missing(where_, "by", by_expected);
    if (domain::carries_words(event_.kind) && !has_text_) return findings_.missing(where_, "text", "what was said or written");
    if (event_.kind == EventKind::speech && !event_.end_ms) return findings_.missing(where_, "end_ms", milliseconds_expected);
    if (event_.by && event_.participant != domain::nobody && head_.participants[event_.participant].role != *event_.by) {
      findings_.warn(fmt::format("an event is by the {}, but its participant \"{}\" is a {}", name(*event_.by),
                                 head_.participants[event_.participant].id, name(head_.participants[event_.participant].role)));
    }
    return true;
  }

  Findings& findings_;
  Where const& where_;
  domain::Interaction const& head_;
  Event& event_;
  std::vector<Field> waiting_;
  bool has_kind_ = false;
  bool has_time_ = false;
  bool has_text_ = false;
};

}  // namespace

bool read_event(Findings& findings, Where const& where, JsonElement element, domain::Interaction const& head, Event& event) {
  JsonObject object;
  return read_object(findings, where, element, object) && EventReader{findings, where, head, event}.read(object);
}

bool read_events(Findings& findings, Where const& where, JsonElement element, domain::Interaction const& head,
                 std::vector<Event>& events) {
  JsonArray list;
  if (!read_list(findings, where, element, limits::events_max, "events_max", list)) return false;
  events.reserve(events.size() + list.size());
  std::size_t position = 0;
  for (JsonElement const item : list) {
    if (!read_event(findings, where.item(position++), item, head, events.emplace_back())) return false;
  }
  return true;
}

}  // namespace rapport::timeline::formats

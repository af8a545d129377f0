#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/limits.hpp"
#include "timeline/formats/interaction_json.hpp"
#include "timeline/formats/names.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Interaction;
using domain::Participant;
using domain::Role;

constexpr std::string_view channel_expected = "voice, chat, email or message";
constexpr std::string_view instant_expected = "an RFC 3339 date and time such as 2026-03-02T09:15:00Z";

/// Reads the fields of one head, whatever their order.
class HeadReader {
 public:
  HeadReader(Findings& findings, Where const& where, Interaction& head) : findings_(findings), where_(where), head_(head) {}

  bool read(JsonObject document, bool complete, std::optional<JsonElement>& events) {
    for (auto const field : document) {
      if (field.key == "events") {
        events = field.value;
      } else if (!read_field(field.key, field.value)) {
        return false;
      }
    }
    if (!complete) return true;
    if (head_.id.empty()) return findings_.missing(where_, "id", "the interaction's id");
    if (!has_channel_) return findings_.missing(where_, "channel", channel_expected);
    if (!has_start_) return findings_.missing(where_, "started_at", instant_expected);
    return true;
  }

 private:
  using Read = bool (HeadReader::*)(Where const&, JsonElement);
  struct Entry {
    std::string_view name;
    Read read;
  };

  bool read_field(std::string_view key, JsonElement value) {
    static constexpr std::array<Entry, 16> entries{{{"id", &HeadReader::id},
                                                    {"channel", &HeadReader::channel},
                                                    {"started_at", &HeadReader::started_at},
                                                    {"direction", &HeadReader::direction},
                                                    {"participants", &HeadReader::participants},
                                                    {"agent", &HeadReader::agent},
                                                    {"customer", &HeadReader::customer},
                                                    {"language", &HeadReader::language},
                                                    {"time_zone", &HeadReader::time_zone},
                                                    {"brand", &HeadReader::brand},
                                                    {"company", &HeadReader::company},
                                                    {"queue", &HeadReader::queue},
                                                    {"case", &HeadReader::case_id},
                                                    {"observed", &HeadReader::observed},
                                                    {"history", &HeadReader::history},
                                                    {"format", &HeadReader::format}}};
    Where const at = where_.field(key);
    for (Entry const& entry : entries) {
      if (entry.name != key) continue;
      bool const required = key == "id" || key == "channel" || key == "started_at";
      return (is_null(value) && !required) || (this->*entry.read)(at, value);
    }
    findings_.unknown("the head", key);
    return append_attribute(findings_, at, key, value, head_.extra);
  }

  bool id(Where const& at, JsonElement value) { return read_name(findings_, at, value, head_.id); }
  bool channel(Where const& at, JsonElement value) {
    has_channel_ = true;
    return read_word(findings_, at, value, domain::parse_channel, channel_expected, head_.channel);
  }
  bool direction(Where const& at, JsonElement value) {
    return read_word(findings_, at, value, domain::parse_direction, "inbound or outbound", head_.direction);
  }
  bool started_at(Where const& at, JsonElement value) {
    has_start_ = true;
    return read_instant(findings_, at, value, head_.started_at);
  }
  bool brand(Where const& at, JsonElement value) { return read_text(findings_, at, value, head_.brand); }
  bool company(Where const& at, JsonElement value) { return read_text(findings_, at, value, head_.company); }
  bool queue(Where const& at, JsonElement value) { return read_text(findings_, at, value, head_.queue); }
  bool case_id(Where const& at, JsonElement value) { return read_text(findings_, at, value, head_.case_id); }

  bool time_zone(Where const& at, JsonElement value) {
    if (!read_text(findings_, at, value, head_.time_zone)) return false;
    return is_time_zone(head_.time_zone) || findings_.wrong(at, value, "an IANA time zone such as Europe/London");
  }
  bool language(Where const& at, JsonElement value) {
    if (!read_text(findings_, at, value, head_.language)) return false;
    return is_language_tag(head_.language) || findings_.wrong(at, value, "a BCP 47 language such as en or de-AT");
  }

  bool format(Where const& at, JsonElement value) {
    std::int64_t version = 0;
    return read_whole(findings_, at, value, 1, 1, "1, the only version of this format", version);
  }

  bool observed(Where const& at, JsonElement value) {
    JsonArray list;
    if (!read_list(findings_, at, value, limits::attributes_max, "attributes_max", list)) return false;
    domain::SourceSet& sources = head_.observed.emplace();
    std::size_t position = 0;
    for (JsonElement const item : list) {
      domain::Source source{};
      if (!read_word(findings_, at.item(position++), item, domain::parse_source,
                     "words, timing, telephony, desk, journey, audio or survey", source)) {
        return false;
      }
      sources.add(source);
    }
    return true;
  }

  bool participants(Where const& at, JsonElement value) {
    JsonArray list;
    if (!read_list(findings_, at, value, limits::participants_max, "participants_max", list)) return false;
    std::size_t position = 0;
    for (JsonElement const item : list) {
      if (!participant(at.item(position++), item, std::nullopt)) return false;
    }
    return true;
  }

  bool agent(Where const& at, JsonElement value) { return participant(at, value, Role::agent); }
  bool customer(Where const& at, JsonElement value) { return participant(at, value, Role::customer); }

  /// `shorthand`: the role of "agent" or "customer" at the head, whose id is the person's, too.
  bool participant(Where const& at, JsonElement value, std::optional<Role> shorthand) {
    if (head_.participants.size() >= limits::participants_max) {
      return findings_.fail(at, fmt::format("more than participants_max, {}", limits::participants_max));
    }
    Participant added;
    std::optional<Role> role = shorthand;
    if (!read_participant(at, value, added, role)) return false;
    if (!role) return findings_.missing(at, "role", "customer, agent, supervisor or bot");
    added.role = *role;
    if (shorthand && added.person.empty()) added.person = added.id;
    if (added.id.empty()) added.id = shorthand ? std::string{name(*role)} : fmt::format("p{}", head_.participants.size() + 1);
    if (head_.find(added.id) != domain::nobody) {
      return findings_.fail(at, fmt::format("a second participant has the id \"{}\"; expected one each", added.id));
    }
    head_.participants.push_back(std::move(added));
    return true;
  }

  bool read_participant(Where const& where, JsonElement value, Participant& participant, std::optional<Role>& role) {
    JsonObject object;
    if (!read_object(findings_, where, value, object)) return false;
    for (auto const field : object) {
      Where const at = where.field(field.key);
      bool const absent = is_null(field.value);
      bool good = true;
      if (field.key == "role") {
        Role named{};
        good = read_word(findings_, at, field.value, domain::parse_role, "customer, agent, supervisor or bot", named);
        if (good && role && *role != named) return findings_.wrong(at, field.value, name(*role));
        role = named;
      } else if (field.key == "id") {
        good = absent || read_name(findings_, at, field.value, participant.id);
      } else if (field.key == "person") {
        good = absent || read_text(findings_, at, field.value, participant.person);
      } else if (field.key == "name") {
        good = absent || read_text(findings_, at, field.value, participant.name);
      } else if (field.key == "preferred_channel") {
        good = absent || read_text(findings_, at, field.value, participant.preferred_channel);
      } else if (field.key == "identifiers") {
        good = absent || identifiers(at, field.value, participant);
      } else if (field.key == "known") {
        good = absent || known(at, field.value, participant);
      } else {
        findings_.unknown("a participant", field.key);
        good = append_attribute(findings_, at, field.key, field.value, participant.extra);
      }
      if (!good) return false;
    }
    return true;
  }

  bool known(Where const& where, JsonElement value, Participant& participant) {
    JsonObject object;
    if (!read_object(findings_, where, value, object)) return false;
    for (auto const field : object) {
      Where const at = where.field(field.key);
      if (participant.known.size() >= limits::attributes_max) {
        return findings_.fail(at, fmt::format("more than attributes_max, {}, fields", limits::attributes_max));
      }
      participant.known.push_back({{}, std::string{field.key}, {}});
      if (!read_value(findings_, at, field.value, participant.known.back().value)) return false;
    }
    return true;
  }

  bool identifiers(Where const& where, JsonElement value, Participant& participant) {
    JsonArray list;
    if (!read_list(findings_, where, value, limits::attributes_max, "attributes_max", list)) return false;
    for (JsonElement const item : list) {
      Where const at = where.item(participant.identifiers.size());
      if (!read_identifier(findings_, at, item, participant.identifiers.emplace_back())) return false;
    }
    return true;
  }

  static bool read_identifier(Findings& findings, Where const& where, JsonElement value, domain::Identifier& identifier) {
    JsonObject object;
    if (!read_object(findings, where, value, object)) return false;
    for (auto const field : object) {
      Where const at = where.field(field.key);
      bool good = true;
      if (field.key == "type") {
        good = read_name(findings, at, field.value, identifier.type);
      } else if (field.key == "value") {
        good = read_name(findings, at, field.value, identifier.value);
      } else if (field.key == "verified") {
        good = is_null(field.value) || read_boolean(findings, at, field.value, identifier.verified);
      } else {
        findings.unknown("an identifier", field.key);
        good = append_attribute(findings, at, field.key, field.value, identifier.extra);
      }
      if (!good) return false;
    }
    if (identifier.type.empty()) return findings.missing(where, "type", "the identifier's type, such as tel or email");
    return !identifier.value.empty() || findings.missing(where, "value", "the identifier itself");
  }

  bool history(Where const& where, JsonElement value) {
    JsonArray list;
    if (!read_list(findings_, where, value, limits::history_max, "history_max", list)) return false;
    for (JsonElement const item : list) {
      Where const at = where.item(head_.history.size());
      if (!read_entry(at, item, head_.history.emplace_back())) return false;
    }
    return true;
  }

  bool read_entry(Where const& where, JsonElement value, domain::HistoryEntry& entry) {
    JsonObject object;
    if (!read_object(findings_, where, value, object)) return false;
    for (auto const field : object) {
      Where const at = where.field(field.key);
      bool good = true;
      if (field.key == "at") {
        good = is_null(field.value) || read_instant(findings_, at, field.value, entry.at.emplace());
      } else if (field.key == "channel") {
        good = is_null(field.value) || read_text(findings_, at, field.value, entry.channel);
      } else if (field.key == "summary") {
        good = is_null(field.value) || read_text(findings_, at, field.value, entry.summary);
      } else {
        findings_.unknown("the history", field.key);
        good = append_attribute(findings_, at, field.key, field.value, entry.extra);
      }
      if (!good) return false;
    }
    return true;
  }

  Findings& findings_;
  Where const& where_;
  Interaction& head_;
  bool has_channel_ = false;
  bool has_start_ = false;
};

}  // namespace

bool read_head(Findings& findings, Where const& where, JsonObject document, bool complete, Interaction& head,
               std::optional<JsonElement>& events) {
  return HeadReader{findings, where, head}.read(document, complete, events);
}

bool read_interaction(Findings& findings, Where const& where, JsonElement document, Interaction& head,
                      std::vector<domain::Event>& events) {
  JsonObject object;
  std::optional<JsonElement> list;
  if (!read_object(findings, where, document, object) || !read_head(findings, where, object, true, head, list)) return false;
  return !list || is_null(*list) || read_events(findings, where.field("events"), *list, head, events);
}

}  // namespace rapport::timeline::formats

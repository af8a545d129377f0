#include <fmt/format.h>

#include <algorithm>

#include "evaluation/scorecard.hpp"
#include "report/embed_json.hpp"
#include "report/parts.hpp"
#include "timeline/formats/json_write.hpp"
#include "timeline/readings.hpp"

namespace rapport::report {
namespace {

using base::Millis;
using domain::Event;
using domain::Role;
using evaluation::Evidence;
using evaluation::Ledger;
using evaluation::Occasion;
using evaluation::OccasionState;
using evaluation::PracticeResult;
using playbook::Playbook;
using timeline::Readings;
using timeline::Timeline;
using timeline::formats::append_json_list;
using timeline::formats::append_json_text;
using timeline::formats::ObjectWriter;

constexpr Millis silence_min_ms = 4 * base::second;  ///< shorter ones are no news to a reader
constexpr std::size_t field_characters = 200;
constexpr int backchannel_flag = 1;

/// [kind, role or -1, participant or -1, at, end, text, flags] and, where it differs, the language.
void write_row(std::string& out, Event const& event, bool backchannel) {
  int const by = event.by ? static_cast<int>(*event.by) : -1;
  int const person = event.participant == domain::nobody ? -1 : event.participant;
  out += fmt::format("[{},{},{},{},{},", static_cast<int>(event.kind), by, person, event.at_ms, event.end());
  append_json_text(out, domain::carries_words(event.kind) ? event.text : event_words(event));
  out += fmt::format(",{}", backchannel ? backchannel_flag : 0);
  if (!event.language.empty()) {
    out += ',';
    append_json_text(out, event.language);
  }
  out += ']';
}

void write_rows(std::string& out, Timeline const& timeline, Readings const& readings) {
  std::vector<bool> backchannel(timeline.events().size(), false);
  for (timeline::Row const& row : readings.transcript) backchannel[row.event] = row.step.backchannel;
  std::size_t index = 0;
  append_json_list(out, timeline.events(), [&](Event const& event) { write_row(out, event, backchannel[index++]); });
}

/// [row, first and last character, at, end, role].
void write_evidence(std::string& out, Evidence const& evidence, Timeline const& timeline) {
  std::string_view const text = evidence.event < timeline.events().size() ? timeline.events()[evidence.event].text : std::string_view{};
  std::string_view const apart = evaluation::is_of_its_event(timeline, evidence) ? "" : ",1";
  out += fmt::format("[{},{},{},{},{},{}{}]", evidence.event, utf16_offset(text, evidence.range.begin), utf16_offset(text, evidence.range.end),
                     evidence.at_ms, evidence.end_ms, static_cast<int>(evidence.by), apart);
}

/// [practice, pattern, state, opened, decided, due or -1, what opened it or 0, evidence, times] and,
/// of a measure, its value in words.
void write_occasion(std::string& out, Occasion const& occasion, Playbook const& playbook, Timeline const& timeline) {
  out += fmt::format("[{},{},{},{},{},{},", occasion.practice, occasion.pattern, static_cast<int>(occasion.state), occasion.opened_ms,
                     occasion.decided_ms, occasion.due_ms.value_or(-1));
  if (occasion.opened_by) {
    write_evidence(out, *occasion.opened_by, timeline);
  } else {
    out += '0';
  }
  out += ',';
  append_json_list(out, occasion.evidence, [&](Evidence const& evidence) { write_evidence(out, evidence, timeline); });
  out += fmt::format(",{}", occasion.times);
  if (occasion.measured) {
    out += ',';
    append_json_text(out, measure_words(*occasion.measured, playbook.practices[occasion.practice].patterns[occasion.pattern].band));
  }
  out += ']';
}

/// Those met and missed: of the others the verdicts tell.
void write_occasions(std::string& out, Playbook const& playbook, Timeline const& timeline, Ledger const& ledger) {
  std::vector<Occasion const*> telling;
  for (Occasion const& occasion : ledger.occasions) {
    if (occasion.state == OccasionState::met || occasion.state == OccasionState::missed) telling.push_back(&occasion);
  }
  append_json_list(out, telling, [&](Occasion const* occasion) { write_occasion(out, *occasion, playbook, timeline); });
}

/// [why, missing sources, occasions, met].
void write_result(std::string& out, PracticeResult const& result) {
  std::vector<int> missing;
  for (std::size_t source = 0; source < domain::source_count; ++source) {
    if (result.missing.has(static_cast<domain::Source>(source))) missing.push_back(static_cast<int>(source));
  }
  out += fmt::format("[{},[{}],{},{}]", static_cast<int>(result.why), fmt::join(missing, ","), result.occasions, result.met);
}

void write_spans(ObjectWriter& object, std::string& out, Readings const& readings) {
  auto const stretch = [&](timeline::Stretch const& one) { out += fmt::format("[{},{}]", one.at_ms, one.end_ms); };
  append_json_list(object.name("holds"), readings.holds, stretch);
  append_json_list(object.name("silences"), readings.silences, stretch);
  std::vector<timeline::TalkOver> overlaps;
  std::ranges::copy_if(readings.talk_overs, std::back_inserter(overlaps), [](timeline::TalkOver const& one) { return !one.backchannel; });
  append_json_list(object.name("overlaps"), overlaps, [&](timeline::TalkOver const& one) {
    out += fmt::format("[{},{},{},{}]", one.at_ms, one.at_ms + one.overlap_ms, static_cast<int>(one.by), one.other_yielded ? 1 : 0);
  });
}

}  // namespace

std::string event_words(Event const& event) {
  std::string words = shortened(event.text, field_characters);
  for (domain::Attribute const& attribute : event.attributes) {
    if (!words.empty()) words += " · ";
    if (!attribute.group.empty()) words += attribute.group + " ";
    words += attribute.name + ": ";
    std::string value;
    if (attribute.value.kind == domain::Value::Kind::text) {
      value = attribute.value.text;
    } else {
      timeline::formats::append_json_value(value, attribute.value);
    }
    words += shortened(value, field_characters);
  }
  return words;
}

std::string measure_words(std::int64_t thousandths, std::string_view band) {
  std::size_t const last = band.find_last_of("0123456789.");
  std::string_view unit = band.substr(last == std::string_view::npos ? 0 : last + 1);
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  std::int64_t const scaled = unit == "%" ? thousandths * 100 : unit == "ms" ? thousandths * 1'000
                                                            : unit == "min"  ? thousandths / 60
                                                                             : thousandths;
  std::string words;
  timeline::formats::append_thousandths(words, scaled / 100 * 100);  // a tenth is fine enough to read
  if (!unit.empty()) words.append(" ").append(unit);
  return words;
}

std::string details_json(Playbook const& playbook, Timeline const& timeline, Ledger const& ledger, std::vector<Mood> const& moods) {
  Readings const readings = timeline::read(timeline, silence_min_ms);
  std::string out;
  ObjectWriter object{out};
  append_json_list(object.name("people"), timeline.head().participants, [&](domain::Participant const& participant) {
    out += fmt::format("[{},", static_cast<int>(participant.role));
    append_json_text(out, participant.name);
    out += ']';
  });
  object.text("language", timeline.head().language);
  object.boolean("timed", timeline.observed().has(domain::Source::timing));
  write_rows(object.name("rows"), timeline, readings);
  write_spans(object, out, readings);
  append_json_list(object.name("mood"), moods, [&](Mood const& mood) { out += fmt::format("[{},{},{}]", mood.at_ms, mood.score, mood.event); });
  out += fmt::format(",\"talk\":[{},{}]", readings.share(Role::customer).speech_ms, readings.share(Role::agent).speech_ms);
  append_json_list(object.name("practices"), ledger.practices, [&](PracticeResult const& result) { write_result(out, result); });
  write_occasions(object.name("occasions"), playbook, timeline, ledger);
  object.close();
  return out;
}

}  // namespace rapport::report

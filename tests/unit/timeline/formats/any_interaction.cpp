#include "any_interaction.hpp"

#include <fmt/format.h>

namespace rapport::timeline::formats::test {
namespace {

using domain::Attribute;
using domain::EventKind;
using domain::Value;
using rc::gen::element;
using rc::gen::inRange;

bool sometimes() { return *inRange(0, 3) == 0; }

std::string any_text() {
  return *element<std::string>("", "hello", "Größe \"quoted\" \\ back", "line\nbreak\ttab", "[noise] ünïcödé 你好 👍", " padded ", "\x01 control", "a: b", "null");
}

std::string any_name() { return *element<std::string>("Dana", "Pat Brown", "", "Zoë", "O'Neil"); }

Value any_value() {
  switch (*inRange(0, 4)) {
    case 0:
      return Value::of_text(any_text());
    case 1:
      return Value::of_thousandths(*inRange<std::int64_t>(-5'000'000, 5'000'000));
    case 2:
      return Value::of_boolean(*rc::gen::arbitrary<bool>());
    default:
      return Value::of_json(*element<std::string>("null", "[]", "{}", "[1,\"x\",{\"a\":null}]", "3.14159", "123456789012345678"));
  }
}

/// A group never holds an object as JSON at its own level without fields of its own; names differ.
std::vector<Attribute> any_attributes() {
  std::vector<Attribute> attributes;
  int const count = *inRange(0, 3);
  for (int index = 0; index < count; ++index) {
    if (sometimes()) {
      attributes.push_back({fmt::format("group {}", index), "first", any_value()});
      attributes.push_back({fmt::format("group {}", index), "second \"", any_value()});
    } else {
      attributes.push_back({{}, fmt::format("field {}", index), any_value()});
    }
  }
  return attributes;
}

base::Instant any_instant() { return {*inRange<base::Millis>(1, 4'000'000'000'000)}; }

domain::Participant any_participant(int index) {
  domain::Participant participant;
  participant.id = fmt::format("p{}", index);
  participant.role = *element(domain::Role::agent, domain::Role::customer, domain::Role::supervisor, domain::Role::bot);
  participant.person = *element<std::string>("", "c-118", "a-dana");
  participant.name = any_name();
  participant.preferred_channel = *element<std::string>("", "chat");
  if (sometimes()) {
    participant.identifiers.push_back({*element<std::string>("tel", "email", "loyalty"), "+15550100", *rc::gen::arbitrary<bool>(), {}});
    participant.identifiers.back().extra = any_attributes();
  }
  if (sometimes()) participant.known.push_back({{}, "account_number", any_value()});
  participant.extra = any_attributes();
  return participant;
}

domain::Interaction any_head() {
  domain::Interaction head;
  head.id = *element<std::string>("i-001", "018f3f2a-0000-7000-8000-000000000001", "ümlaut \"id\"");
  head.channel = *element(domain::Channel::voice, domain::Channel::chat, domain::Channel::email, domain::Channel::message);
  head.direction = *element(domain::Direction::inbound, domain::Direction::outbound);
  head.started_at = any_instant();
  head.time_zone = *element<std::string>("UTC", "Europe/London", "America/New_York");
  head.language = *element<std::string>("en", "de-AT", "fr");
  head.brand = *element<std::string>("", "northwind");
  head.queue = *element<std::string>("", "billing");
  head.case_id = *element<std::string>("", "k-77");
  if (sometimes()) head.observed = domain::SourceSet{domain::Source::words, domain::Source::survey};
  int const count = *inRange(0, 4);
  for (int index = 0; index < count; ++index) head.participants.push_back(any_participant(index));
  if (sometimes()) head.history.push_back({any_instant(), "chat", any_text(), any_attributes()});
  head.extra = any_attributes();
  return head;
}

domain::Event any_event(domain::Interaction const& head) {
  domain::Event event;
  event.kind = *element(EventKind::utterance, EventKind::utterance, EventKind::message, EventKind::message, EventKind::hold, EventKind::note, EventKind::other);
  event.at_ms = *inRange<base::Millis>(0, 600'000);
  if (event.kind != EventKind::message && *rc::gen::arbitrary<bool>()) event.end_ms = event.at_ms + *inRange<base::Millis>(0, 60'000);
  bool const words = domain::carries_words(event.kind);
  if (!head.participants.empty() && *rc::gen::arbitrary<bool>()) event.participant = static_cast<domain::ParticipantIndex>(*inRange<std::size_t>(0, head.participants.size()));
  if (words || sometimes()) event.by = *element(domain::Role::agent, domain::Role::customer, domain::Role::bot);
  event.text = any_text();
  if (sometimes()) event.id = fmt::format("e{}", *inRange(0, 1'000'000));
  if (sometimes()) event.seq = *inRange<std::int64_t>(-5, 5);
  if (sometimes()) event.recorded_at = any_instant();
  if (sometimes()) event.confidence = *inRange(0, 1'001);
  if (sometimes()) event.revises = "e7";
  if (sometimes()) event.language = "de";
  if (sometimes()) event.leg = "leg a";
  if (sometimes()) event.source = "asr";
  if (event.kind == EventKind::other) event.attributes.push_back({{}, "kind", Value::of_text("mood_ring")});
  for (Attribute& attribute : any_attributes()) event.attributes.push_back(std::move(attribute));
  return event;
}

}  // namespace

AnyInteraction any_interaction() {
  AnyInteraction result;
  result.head = any_head();
  int const count = *inRange(0, 12);
  for (int index = 0; index < count; ++index) result.events.push_back(any_event(result.head));
  return result;
}

}  // namespace rapport::timeline::formats::test

#pragma once

#include <string>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

/// Short ways to write timelines in tests.
namespace rapport::test {

inline domain::Event make(domain::EventKind kind, base::Millis at_ms) {
  domain::Event event;
  event.kind = kind;
  event.at_ms = at_ms;
  return event;
}

inline domain::Event span(domain::EventKind kind, base::Millis at_ms, base::Millis end_ms) {
  domain::Event event = make(kind, at_ms);
  event.end_ms = end_ms;
  return event;
}

inline domain::Event says(domain::Role by, base::Millis at_ms, base::Millis end_ms, std::string text) {
  domain::Event event = span(domain::EventKind::utterance, at_ms, end_ms);
  event.by = by;
  event.participant = by == domain::Role::agent ? 0 : 1;
  event.text = std::move(text);
  return event;
}

inline domain::Event writes(domain::Role by, base::Millis at_ms, std::string text) {
  domain::Event event = make(domain::EventKind::message, at_ms);
  event.by = by;
  event.participant = by == domain::Role::agent ? 0 : 1;
  event.text = std::move(text);
  return event;
}

/// An agent, participant 0, and a customer, participant 1.
inline domain::Interaction call(domain::Channel channel = domain::Channel::voice) {
  domain::Interaction head;
  head.id = "i-1";
  head.channel = channel;
  head.participants.resize(2);
  head.participants[0].id = "p1";
  head.participants[0].role = domain::Role::agent;
  head.participants[1].id = "p2";
  head.participants[1].role = domain::Role::customer;
  return head;
}

}  // namespace rapport::test

#pragma once

#include <string>
#include <string_view>

#include "domain/event.hpp"

/// Events as the centre writes them on timelines. Pure.
namespace rapport::centre {

inline domain::Event event_of(domain::EventKind kind, base::Millis at_ms) {
  domain::Event event;
  event.kind = kind;
  event.at_ms = at_ms;
  return event;
}

inline domain::Attribute text_attribute(std::string_view name, std::string_view text) {
  return {{}, std::string{name}, domain::Value::of_text(std::string{text})};
}

}  // namespace rapport::centre

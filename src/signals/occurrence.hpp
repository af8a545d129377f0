#pragma once

#include <cstdint>

#include "domain/event.hpp"
#include "domain/words.hpp"

namespace rapport::signals {

/// Position of a signal in its playbook's list.
using SignalId = std::uint16_t;
inline constexpr SignalId no_signal = 0xFFFF;

/// A span of bytes in an event's text; empty where the evidence is the event itself.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool empty() const { return begin == end; }
  bool operator==(TextRange const&) const = default;
};

/// One firing of a signal: who, when, where in the text, and what values it carries.
struct Occurrence {
  SignalId signal = no_signal;
  domain::Role by = domain::Role::customer;
  domain::ParticipantIndex participant = domain::nobody;
  std::uint32_t event = 0;     ///< index of the event in the timeline
  std::uint32_t position = 0;  ///< order within the event (first token); 0 for the event itself
  base::Millis at_ms = 0;      ///< when it begins …
  base::Millis end_ms = 0;     ///< … and ends; a response is timed from here
  TextRange range;
  std::uint64_t item = 0;           ///< what it is about (data item, line, term), comparable; 0: nothing
  std::int64_t value = 0;           ///< a measure's reading in thousandths, or 0
  base::Millis due_ms = -1;         ///< a time of its own by which it is due, from the start; -1: none
  std::int32_t confidence = 1'000;  ///< thousandths; rules are sure
  std::uint16_t sentence = 0;       ///< of the event's words, where they were read

  bool operator==(Occurrence const&) const = default;
};

}  // namespace rapport::signals

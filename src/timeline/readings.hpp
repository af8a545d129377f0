#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "timeline/conversation.hpp"
#include "timeline/timeline.hpp"

namespace rapport::timeline {

/// A run of one side's words, as Conversation counts turns.
struct Turn {
  domain::Role role = domain::Role::customer;
  domain::ParticipantIndex participant = domain::nobody;  ///< who began it
  base::Millis at_ms = 0;
  base::Millis end_ms = 0;
  std::uint32_t first_event = 0;  ///< index in the timeline's events
  std::int64_t words = 0;
};

/// A stretch of time, and the event at whose onset it was found.
struct Stretch {
  base::Millis at_ms = 0;
  base::Millis end_ms = 0;
  std::uint32_t event = 0;
};

/// One side began while another was speaking.
struct TalkOver {
  domain::Role by = domain::Role::customer;  ///< who began
  base::Millis at_ms = 0;
  base::Millis overlap_ms = 0;
  bool other_yielded = false;
  bool backchannel = false;
  std::uint32_t event = 0;
};

/// How long a side took to answer the other: from the end of all speech to its turn, off hold;
/// 0 where it came without a pause.
struct Gap {
  domain::Role by = domain::Role::customer;  ///< who answered
  base::Millis at_ms = 0;                    ///< when the answer began
  base::Millis gap_ms = 0;
  std::uint32_t event = 0;
};

/// A line of the transcript: one utterance or message; its text stands in the event.
struct Row {
  std::uint32_t event = 0;
  Step step;
};

/// Everything a report tells of a timeline without judging it.
struct Readings {
  std::array<Share, domain::role_count> shares{};
  std::vector<Turn> turns;
  std::vector<Row> transcript;
  std::vector<Stretch> silences;  ///< off hold, no shorter than asked for; voice only
  std::vector<TalkOver> talk_overs;
  std::vector<Gap> gaps;
  std::vector<Stretch> holds;  ///< in order; `event` is the hold
  base::Millis hold_total_ms = 0;
  base::Millis hold_longest_ms = 0;
  base::Millis end_ms = 0;

  Share const& share(domain::Role role) const { return shares[static_cast<std::size_t>(role)]; }
  /// The agent's part of all time that agent and customer spoke, in thousandths; 0 if nobody did.
  std::int64_t agent_talk_share() const;
};

/// Reads a whole timeline. `silence_min_ms`: shorter silences are left out.
Readings read(Timeline const& timeline, base::Millis silence_min_ms);

}  // namespace rapport::timeline

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "centre/publication.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "routing/ids.hpp"

namespace rapport::centre {

/// An interaction that lives: its head, its events in order of arrival, who has it. A value of the core.
struct LiveInteraction {
  records::InteractionRow row;
  std::shared_ptr<domain::Interaction const> head;            ///< replaced, never changed: listeners hold it
  std::vector<domain::Event> events;                          ///< number n is at n - 1
  std::map<std::string, std::uint32_t, std::less<>> numbers;  ///< by event id
  std::size_t bytes = 0;                                      ///< of the events as they are kept
  std::uint32_t shown = 0;                                    ///< events that the customer sees
  std::uint32_t seen_by_customer = 0;                         ///< number of the last message that they have read
  std::uint32_t seen_by_agent = 0;                            ///< the same of whoever has it
  Stage stage = Stage::waiting;
  base::Instant since;                        ///< in this stage
  std::string agent;                          ///< who has it; empty: nobody
  std::set<std::string> wrapping;             ///< agents who wrap it up
  std::optional<base::Millis> hold_from;      ///< on hold since
  std::optional<base::Millis> mute_from;      ///< the agent is muted since
  std::vector<Party> parties;                 ///< of a call; gone with the process, as the call is
  std::optional<base::Millis> paused_from;    ///< the recording is paused since
  std::vector<LineReading> lines;             ///< of the legs that there are
  bool left_message = false;                  ///< spoken, in the caller's place
  std::string outside;                        ///< a number that the call is on its way to, or went to; gone with the process, as the call is
  bool went_outside = false;                  ///< somebody there has it
  std::optional<std::string> transfer;        ///< id of the cold transfer's event, until it is done
  std::set<std::string, std::less<>> raised;  ///< critical practices whose miss is in the inbox
  std::optional<domain::Role> ending;         ///< who ends it, while the floor is asked

  /// With somebody on a line: a message that was left is none.
  bool is_call() const { return row.channel == domain::Channel::voice && !left_message; }
  routing::ContactId contact() const;
  std::string const& person() const { return row.customer; }
  LiveSummary summary() const;
  /// The limit that its timeline has reached, by name; empty: it takes further events. What the floor and
  /// the end of something add is taken in any case.
  std::string_view full() const;
  base::Millis at(base::Instant now) const;
  /// The participant who is this person in this role, or `nobody`.
  domain::ParticipantIndex participant(std::string_view person, domain::Role role) const;
};

/// Whether the customer's own view shows the event: what was said to them, who joined, the end.
bool shown_to_customer(domain::Event const& event);

}  // namespace rapport::centre

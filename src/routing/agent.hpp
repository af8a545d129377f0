#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/limits.hpp"
#include "base/time.hpp"
#include "domain/words.hpp"
#include "routing/ids.hpp"
#include "routing/refusal.hpp"
#include "routing/requirement.hpp"

namespace rapport::routing {

inline constexpr std::size_t channel_count = 4;
using Capacities = std::array<std::uint8_t, channel_count>;  ///< by channel

/// What an agent can do, as configured.
struct AgentProfile {
  AgentId id;
  std::vector<SkillLevel> skills;  ///< each once; a level of at least 1
  Capacities capacity{};           ///< contacts of each channel at a time; 0: does not serve it
  bool mixes_channels = false;     ///< else those in hand are all of one channel: one call, or several chats

  bool operator==(AgentProfile const&) const = default;
};

/// Nothing if the profile is within the limits, else bad_agent.
std::optional<Refusal> check(AgentProfile const& profile);

/// What the agent chose.
enum class Presence : std::uint8_t { offline,
                                     on_break,
                                     available };

/// What the system sees of an agent and one contact. Each state is left by an action or a timer.
enum class SlotState : std::uint8_t {
  offered,    ///< until answered, refused, withdrawn, or its timer
  receiving,  ///< answered a hand-over; until acknowledged or its timer
  connected,  ///< until the contact ends, is transferred or put back
  wrap_up,    ///< until the agent's action or its timer
};

/// One contact in an agent's hands.
struct Slot {
  ContactId contact;
  domain::Channel channel = domain::Channel::voice;
  SlotState state = SlotState::offered;
  base::Instant until;      ///< of wrap-up
  bool consulting = false;  ///< a warm transfer of it is under way

  bool operator==(Slot const&) const = default;
};

/// What a desk or a wallboard shows of the agent as a whole, the most urgent first.
enum class WorkState : std::uint8_t { not_responding,
                                      offered,
                                      receiving,
                                      connected,
                                      wrap_up,
                                      idle };

/// An agent on the floor.
struct Agent {
  AgentId id;
  Capacities capacity{};
  bool mixes_channels = false;
  std::vector<std::uint8_t> levels;  ///< by skill number
  Presence presence = Presence::offline;
  std::string reason;                    ///< of the break
  std::optional<base::Instant> resumes;  ///< set: not responding, until then at the latest
  base::Instant idle_since;              ///< the last contact was finished or the agent came back
  std::vector<Slot> slots;               ///< in order of offer
  std::vector<ContactNumber> reserved;   ///< waiting contacts that this agent alone may have

  bool operator==(Agent const&) const = default;

  /// Whether another contact of this channel fits beside those in hand, whatever their presence.
  /// Not while an offer is open or a colleague is consulted.
  bool has_space(domain::Channel channel) const;
  /// Whether an offer on this channel may be made now. One offer is open at a time,
  /// and none comes while the agent consults a colleague.
  bool has_room(domain::Channel channel) const;
  /// The channels with room, as bits.
  unsigned room() const;
  std::uint8_t in_hand() const { return static_cast<std::uint8_t>(slots.size()); }
  /// The slot of a contact that is not wrapped up yet; a chat that came back may be in two slots.
  Slot* live_slot(ContactId contact);
  Slot const* live_slot(ContactId contact) const { return const_cast<Agent*>(this)->live_slot(contact); }
  /// The first slot in which this contact is wrapped up.
  Slot const* wrap_up_slot(ContactId contact) const;
  WorkState work_state() const;
  /// The earliest moment at which a wrap-up or the time of not responding runs out.
  std::optional<base::Instant> deadline() const;
};

}  // namespace rapport::routing

#pragma once

#include <cstdint>
#include <span>

#include "media/bridge.hpp"

namespace rapport::phone {

/// What somebody is in a call.
enum class Seat : std::uint8_t {
  caller,
  agent,       ///< who has the call
  consulted,   ///< a colleague whom the agent asks, unheard by the caller
  joined,      ///< a colleague who talks with the caller, too
  monitoring,  ///< hears what the agent says and hears; nobody hears them
  whispering,  ///< the same, and the agent alone hears them
  barging,     ///< talks with both
  resting      ///< the other line of an agent whose phone has two: nobody hears it, and it hears nobody
};

/// How a call stands: who has it is on the line; the caller is on hold.
struct Talk {
  bool connected = false;
  bool held = false;
};

// Who hears whom, by their seats alone. On hold the agents talk among themselves and the caller hears music;
// off hold the agent talks with the caller, and it is the colleague who is consulted that waits.

bool hears(Seat listener, Seat speaker, Talk talk);
/// Whether one of `others` is heard: who of callers and colleagues hears nobody hears music.
bool hears_any(Seat listener, std::span<Seat const> others, Talk talk);
/// Whether music is played where nobody is heard. Agents and listeners hear silence.
bool waits_to_music(Seat seat);
/// In which channel of the recording. What is said to the agent alone is not for the customer's recording.
media::Side side_of(Seat seat);

}  // namespace rapport::phone

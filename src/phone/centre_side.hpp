#pragma once

#include <cstdint>
#include <string>

#include "media/bridge.hpp"

namespace rapport::phone {

/// Somebody calls.
struct Arrival {
  std::string interaction;  ///< the id that the call will have
  std::string caller;       ///< their number or name as it came; "anonymous" where it was withheld
  std::string called;       ///< the user part of the address that they called
};

/// What the phone tells the centre. Called on the signalling thread: what takes time goes elsewhere.
class CentreSide {
 public:
  enum class Unreachable : std::uint8_t { busy,
                                          no_answer,
                                          no_phone  ///< none of theirs is logged in
  };
  /// Why a leg that nobody hung up is over.
  enum class Lost : std::uint8_t { no_sound,  ///< for limits::sound_away_ms
                                   expired    ///< its session timer: nobody said that it goes on
  };

  virtual ~CentreSide() = default;
  /// Answer by Phone::follow or Phone::refuse.
  virtual void arrived(Arrival arrival) = 0;
  virtual void caller_left(std::string const& interaction) = 0;
  /// The caller has heard all of it (Phone::announce).
  virtual void announced(std::string const& interaction, std::uint32_t ticket) = 0;
  /// Told several times a second.
  virtual void time_passed() = 0;
  virtual void agent_answered(std::string const& interaction, std::string const& agent) = 0;
  /// The agent's phone could not be reached, though the agent was offered the call or has it.
  virtual void agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable why) = 0;
  virtual void agent_left(std::string const& interaction, std::string const& agent) = 0;
  /// Told before what it comes to: `caller_left`, where `agent` is empty, or `agent_unreachable`.
  virtual void leg_lost(std::string const& interaction, std::string const& agent, Lost why) = 0;
  /// The agent holds the call by their phone's own key, or goes on.
  virtual void agent_holds(std::string const& interaction, std::string const& agent, bool holds) = 0;
  /// The agent's phone asks that the call goes to `target`, the user part of an address (REFER). Answer by
  /// Phone::referred.
  virtual void agent_refers(std::string const& interaction, std::string const& agent, std::string const& target) = 0;
  /// A key of who has the call; `agent` is empty for the caller's.
  virtual void key_pressed(std::string const& interaction, std::string const& agent, char key) = 0;
  /// How a leg's line is, every few seconds; `agent` is empty for the caller's.
  virtual void line_measured(std::string const& interaction, std::string const& agent, media::LineState const& line) = 0;
};

/// Where the centre has a call now; the phone makes it so.
struct Wanted {
  enum class Stage : std::uint8_t { menu,  ///< hears what is announced, and silence
                                    waiting,
                                    offered,    ///< to `agent`: ring their phone
                                    connected,  ///< `agent` has it
                                    over };
  Stage stage = Stage::waiting;
  std::string agent{};
  bool held = false;
  bool recorded = true;  ///< from the menu's end on; false: the caller did not agree

  bool operator==(Wanted const&) const = default;
};

}  // namespace rapport::phone

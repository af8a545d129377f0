#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "media/bridge.hpp"
#include "media/talk.hpp"
#include "phone/call_sound.hpp"

namespace rapport::phone {

/// Somebody calls.
struct Arrival {
  std::string interaction;  ///< the id that the call will have
  std::string caller;       ///< their number or name as it came; "anonymous" where it was withheld
  std::string called;       ///< the user part of the address that they called
  std::string queue{};      ///< of the trunk that it came by, for calls whose number names none; empty: none
};

/// What the phone tells the centre. Called on the signalling thread: what takes time goes elsewhere.
class CentreSide {
 public:
  enum class Unreachable : std::uint8_t { busy,
                                          no_answer,
                                          no_phone  ///< none of theirs is logged in
  };
  /// What a refusal of an INVITE says of a phone.
  static Unreachable reason_of(std::uint16_t status) {
    bool const busy = status == 486 || status == 600 || status == 603;
    return busy ? Unreachable::busy : Unreachable::no_answer;
  }
  /// Why a leg that nobody hung up is over.
  enum class Lost : std::uint8_t { no_sound,  ///< for limits::sound_away_ms
                                   expired    ///< its session timer: nobody said that it goes on
  };
  /// Why a call that we placed did not reach the customer.
  enum class NotReached : std::uint8_t { busy,
                                         no_answer,
                                         declined,
                                         no_such_number,
                                         refused,   ///< by the network
                                         no_trunk,  ///< none is up and has room, or all that are failed
                                         hung_up    ///< of a number outside: somebody answered, and did not stay
  };

  virtual ~CentreSide() = default;
  /// Answer by Phone::follow or Phone::refuse.
  virtual void arrived(Arrival arrival) = 0;
  virtual void caller_left(std::string const& interaction) = 0;
  /// The caller has heard all of it (Phone::announce).
  virtual void announced(std::string const& interaction, std::uint32_t ticket) = 0;
  /// Nothing was said for limits::message_silence_ms, where Wanted::Stage::message asks for what they say.
  virtual void fell_silent(std::string const& interaction) = 0;
  /// Told several times a second.
  virtual void time_passed() = 0;
  // `agent` is, from here on, whoever has the call, is offered it, or is another party to it.
  virtual void agent_answered(std::string const& interaction, std::string const& agent) = 0;
  /// The agent's phone could not be reached, though they were offered the call or are to be on it.
  virtual void agent_unreachable(std::string const& interaction, std::string const& agent, Unreachable why) = 0;
  virtual void agent_left(std::string const& interaction, std::string const& agent) = 0;
  /// Told before what it comes to: `caller_left`, where `agent` is empty, or `agent_unreachable`.
  virtual void leg_lost(std::string const& interaction, std::string const& agent, Lost why) = 0;
  /// The agent holds the call by their phone's own key, or goes on.
  virtual void agent_holds(std::string const& interaction, std::string const& agent, bool holds) = 0;
  /// The agent's phone asks that the call goes to `target`, the user part of an address (REFER). Answer by
  /// Phone::referred.
  virtual void agent_refers(std::string const& interaction, std::string const& agent, std::string const& target) = 0;
  /// An agent calls `to`, the user part of an address, by their own phone, and is on no call. It rings until it
  /// is answered by Phone::place of this interaction, or by Phone::refuse; `agent_left` before that: they hung up.
  virtual void agent_calls(std::string const& interaction, std::string const& agent, std::string const& to) = 0;
  /// An agent who has the call calls `whom` by a second call of their phone: somebody to be asked. It rings
  /// until the colleague is on the line, Wanted::asks ends, or Phone::refuse_second.
  /// `attempt`: which second call of this call's it is, for who hangs up may dial anew before the first is answered.
  virtual void agent_asks(std::string const& interaction, std::string const& agent, std::string const& whom, std::uint32_t attempt) = 0;
  /// They hung up on whom they asked, or do not wait any more.
  virtual void agent_asks_no_more(std::string const& interaction, std::string const& agent) = 0;
  /// The agent's phone joins its two calls (REFER with Replaces): whom they ask is to have it. Answer by
  /// Phone::referred.
  virtual void agent_hands_over(std::string const& interaction, std::string const& agent) = 0;
  /// A key of who has the call; `agent` is empty for the caller's.
  virtual void key_pressed(std::string const& interaction, std::string const& agent, char key) = 0;
  // Of a call that we place (Phone::place), once the agent's phone is lifted.
  /// By this trunk; again where another one takes it over.
  virtual void customer_dialled(std::string const& interaction, std::string const& trunk) = 0;
  virtual void customer_rings(std::string const& interaction) = 0;
  virtual void customer_answered(std::string const& interaction) = 0;
  /// `status`: what the network said, of SIP; 0: nothing.
  virtual void customer_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) = 0;
  // Of a call that is to leave for a number outside (Wanted::outside), whoever has it there.
  /// This trunk, by which the customer is with us, is asked to move them (REFER).
  virtual void outside_asked(std::string const& interaction, std::string const& trunk) = 0;
  /// A leg of ours goes there by this trunk; again where another one takes it over.
  virtual void outside_dialled(std::string const& interaction, std::string const& trunk) = 0;
  virtual void outside_rings(std::string const& interaction) = 0;
  /// Somebody has the customer there, or is to have them: let go of the call by Stage::outside, or Stage::over
  /// where no leg of ours went. Where the agent asks first: they talk with the agent.
  virtual void outside_reached(std::string const& interaction) = 0;
  virtual void outside_not_reached(std::string const& interaction, NotReached why, std::uint16_t status) = 0;
  /// A call in Stage::outside has ended.
  virtual void outside_over(std::string const& interaction) = 0;
  /// How a leg's line is, every few seconds; `agent` is empty for the caller's.
  virtual void line_measured(std::string const& interaction, std::string const& agent, media::LineState const& line) = 0;
  /// How long customer and agent have spoken with each other so far; about every second.
  virtual void talk_measured(std::string const& interaction, std::string const& agent, media::Talk const& talk) = 0;
};

/// Where the centre has a call now; the phone makes it so.
struct Wanted {
  enum class Stage : std::uint8_t { menu,  ///< hears what is announced, and silence
                                    waiting,
                                    offered,    ///< to `agent`: ring their phone
                                    connected,  ///< `agent` has it
                                    message,    ///< what the caller says is recorded; told of when they fall silent
                                    outside,    ///< the customer is with whoever was called in CentreSide::outside_reached; nothing more is told of it but its end
                                    over };
  Stage stage = Stage::waiting;
  std::string agent{};
  bool held = false;
  bool recorded = true;                             ///< from the menu's end on; false: nothing, or silence where a recording had begun
  bool paused = false;                              ///< the recording holds silence, for card data is said
  bool muted = false;                               ///< what the agent says reaches nobody
  bool prompted = false;                            ///< who was called is asked something first: until then they and the agent hear nobody
  bool asks = false;                                ///< the agent asks a colleague, who may not be there yet
  std::uint32_t attempt = 0;                        ///< of CentreSide::agent_asks, by which they ask; 0: by the desk
  std::shared_ptr<media::HoldMusic const> music{};  ///< for who waits; null: what every call has
  /// Whoever else is to be on the call; rung as the agent is.
  struct Party {
    std::string user{};
    Seat seat = Seat::consulted;  ///< neither the caller's nor the agent's
    bool offered = false;         ///< they have not answered: to be told when they lift
    bool operator==(Party const&) const = default;
  };
  std::vector<Party> parties{};  ///< the agent is none of them
  /// A number outside that the customer is to be with; the agent keeps them until somebody answers there.
  struct Outside {
    std::string to{};      ///< E.164; empty: none
    std::string caller{};  ///< that is shown there; empty: the trunk's
    bool asks = false;     ///< the agent talks with whoever answers, by the second call of their phone, until Stage::outside
    bool operator==(Outside const&) const = default;
  };
  Outside outside{};

  bool operator==(Wanted const&) const = default;
};

}  // namespace rapport::phone

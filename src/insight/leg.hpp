#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "domain/words.hpp"

/// The numbers of the floor. Pure: values in, values out; times are milliseconds, shares thousandths.
/// docs/numbers.md says in plain words what each number means.
namespace rapport::insight {

/// How a contact came to the queue or agent of a leg.
enum class Entry : std::uint8_t {
  arrived,      ///< came to the centre and waits
  transferred,  ///< cold: left its agent and waits
  overflowed,   ///< waited too long elsewhere and waits here
  put_back,     ///< taken from an agent who could not go on; waits again
  retried,      ///< a callback that did not reach the customer waits for the next attempt
  handed,       ///< warm: passed from agent to agent without waiting
  placed,       ///< the agent contacted the customer; nobody waited
};

/// How a leg ended. Whether somebody answered before is `Leg::answered_at`.
enum class LegEnd : std::uint8_t {
  ended,        ///< the conversation was over
  abandoned,    ///< the customer left while waiting
  overflowed,   ///< to another queue, or off the floor (voicemail)
  transferred,  ///< to another queue or agent
  put_back,     ///< taken from its agent, back in the queue
  not_reached,  ///< a callback's customer was not reached; another attempt follows
  unreachable,  ///< not reached at the last attempt
  interrupted,  ///< cut off by a failure of the system
};

/// What became of an offer that nobody answered.
enum class OfferEnd : std::uint8_t {
  refused,
  no_answer,
  not_acknowledged,  ///< the hand-over's context was not acknowledged in time
  withdrawn,         ///< the agent took a break or went, or the contact left
};

std::string_view name(Entry entry);
std::string_view name(LegEnd end);
std::string_view name(OfferEnd end);
std::optional<Entry> parse_entry(std::string_view text);
std::optional<LegEnd> parse_leg_end(std::string_view text);
std::optional<OfferEnd> parse_offer_end(std::string_view text);

/// An offer that came to nothing while the contact waited.
struct MissedOffer {
  std::string agent;
  base::Instant offered_at;
  base::Instant ended_at;
  OfferEnd why = OfferEnd::no_answer;

  bool operator==(MissedOffer const&) const = default;
};

/// One stay of an interaction with one queue and, once answered, one agent. Of a finished leg
/// wait + parked + talk + hold = left_at - entered_at, and the next leg of the interaction begins at
/// left_at: an interaction's milliseconds are exactly those of its legs. Wrap-up comes on top, for the
/// customer is elsewhere by then.
struct Leg {
  std::string interaction;
  std::string brand;
  domain::Channel channel = domain::Channel::voice;
  domain::Direction direction = domain::Direction::inbound;
  bool consult = false;      ///< between agents, about a customer's contact
  std::uint32_t number = 0;  ///< of the interaction's legs, from 0
  std::string queue;         ///< empty: none
  std::string agent;         ///< empty: nobody answered
  Entry entry = Entry::arrived;
  LegEnd end = LegEnd::ended;
  base::Instant entered_at;
  std::optional<base::Instant> answered_at;
  base::Instant left_at;
  base::Millis wait_ms = 0;     ///< in the queue, ringing and hand-over included
  base::Millis parked_ms = 0;   ///< until a callback's time came; the customer did not hold the line
  base::Millis talk_ms = 0;     ///< with the agent, muting included
  base::Millis hold_ms = 0;     ///< on hold
  base::Millis wrap_up_ms = 0;  ///< after-call work of the agent
  std::uint32_t holds = 0;
  bool callback = false;    ///< the customer asked to be called back while in this leg or before
  std::string disposition;  ///< code of the queue's disposition tree; empty: none given
  std::vector<MissedOffer> missed_offers;

  bool answered() const { return answered_at.has_value(); }
  /// False where nobody waited: the leg says nothing about the queue's speed.
  bool waited_in_queue() const { return entry != Entry::handed && entry != Entry::placed; }
  bool transferred_in() const { return entry == Entry::transferred || entry == Entry::handed; }
  bool transferred_out() const { return end == LegEnd::transferred; }
  base::Millis handle_ms() const { return talk_ms + hold_ms + wrap_up_ms; }

  bool operator==(Leg const&) const = default;
};

}  // namespace rapport::insight

#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "simulation/sip_phone.hpp"
#include "simulation/voice.hpp"
#include "simulation/world.hpp"

namespace rapport::simulation {

/// What simulated people need to call each other: where SIP is spoken, and who tells the server what they
/// say, as a recogniser would.
struct Telephone {
  Telephone(World& of, asio::ip::udp::endpoint where, std::string const& recogniser_token, std::function<base::Instant()> time_of_day)
      : world(of), server(std::move(where)), recogniser(bearer(recogniser_token)), clock(std::move(time_of_day)), sounds(std::make_shared<SoundClock>(of.context)), callers(new_phone()) {}

  std::shared_ptr<SipPhone> new_phone() { return std::make_shared<SipPhone>(world.context, server, sounds, world.random.next()); }

  World& world;
  asio::ip::udp::endpoint server;
  Credentials recogniser;
  std::function<base::Instant()> clock;
  std::shared_ptr<SoundClock> sounds;
  std::shared_ptr<SipPhone> callers;  ///< of all who call
};

/// When something was said, on the interaction's own clock; without a length it was not.
struct Span {
  base::Millis at_ms = 0;
  base::Millis end_ms = 0;
};

/// Says it aloud once the other side is silent, or does not stop, and returns when it is said.
asio::awaitable<Span> say_aloud(Telephone& telephone, std::shared_ptr<SipCall> call, Voice voice, std::string text, base::Instant started_at);

}  // namespace rapport::simulation

#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "base/random.hpp"
#include "media/wav.hpp"

namespace rapport::simulation {

namespace asio = boost::asio;

/// How somebody sounds.
struct Voice {
  std::string name;  ///< espeak-ng's, with its variant: "en-gb+f2"
  int words_per_minute = 160;
  int pitch = 50;
};

/// One of several voices; `times` as fast as people speak, within what espeak-ng can.
Voice draw_voice(base::Random& random, double times);

/// Has espeak-ng speak it, in a process of its own and without a file: what simulated people say is said
/// once. Null where it cannot be spoken. The io_context is run by one thread.
asio::awaitable<std::shared_ptr<media::Announcement const>> speak(asio::io_context& context, Voice const& voice, std::string text);

}  // namespace rapport::simulation

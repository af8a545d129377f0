#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "centre/command.hpp"
#include "media/bridge.hpp"
#include "media/talk.hpp"

namespace rapport::app {

/// How the lines of calls are, from what the phone measures every few seconds: when one becomes bad and good
/// again, without flickering, and what is to be said of it when its leg is over. One thread at a time.
class PhoneQuality {
 public:
  /// A mean opinion score, in hundredths, below which many are annoyed.
  static constexpr std::uint32_t bad_score = 300;

  /// What to tell the centre. `agent`: whose leg; empty: the customer's.
  centre::TellLine measured(std::string const& interaction, std::string const& agent, media::LineState const& line);
  /// How long agent and customer have spoken with each other so far.
  void talked(std::string const& interaction, std::string const& agent, media::Talk const& talk);
  /// The leg is over: its event for the timeline, told once; nothing where nothing was measured.
  std::optional<domain::Event> ended(std::string const& interaction, std::string const& agent, std::string const& reason);
  void forget(std::string const& interaction);

 private:
  struct Leg {
    centre::LineReading last;
    std::uint32_t worst_score = 0;
    std::uint64_t scores = 0;  ///< their sum
    std::uint64_t losses = 0;
    std::uint64_t reports = 0;
    std::uint32_t in_a_row = 0;  ///< that are on the other side of what it counts as
    std::int64_t lost = 0;
    std::uint64_t packets = 0;
    media::Talk talk{};  ///< of an agent's
  };

  std::map<std::pair<std::string, std::string>, Leg> legs_;  ///< by interaction and agent
};

}  // namespace rapport::app

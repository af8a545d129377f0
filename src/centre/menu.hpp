#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/phone_limits.hpp"
#include "base/time.hpp"
#include "centre/hours_document.hpp"

/// What callers hear and are asked before they come to a queue, as data. Values; how they are written:
/// menu_document.hpp, how a call goes through them: menu_run.hpp.
namespace rapport::centre {

enum class MenuAction : std::uint8_t {
  say,       ///< speaks, then `next`
  menu,      ///< speaks, then goes where the key says
  ask,       ///< speaks, then takes digits
  hours,     ///< `next` where it is open, else `otherwise`
  consent,   ///< speaks, then asks whether the call may be recorded: key 1 is yes
  queue,     ///< into a queue; `otherwise`: that is closed or full
  hang_up,   ///< speaks, then hangs up
  callback,  ///< speaks, then takes the number to call back: key 1 is the one that they call from
  message,   ///< speaks, then records what they say: it waits in a queue in their place
  transfer,  ///< speaks, then lets the call leave for a number outside; `otherwise`: nobody has them there
};

/// One step. Which fields matter is the action's; steps are named by their ids in the menu.
struct MenuStep {
  MenuAction action = MenuAction::say;
  std::string text;                  ///< spoken; empty: nothing
  std::string sound;                 ///< played in the place of `text`: an uploaded sound's id; empty: none
  std::string wrong;                 ///< menu, ask: spoken before `text` after a wrong answer
  std::map<char, std::string> keys;  ///< menu: where each key leads
  std::string next;
  std::string otherwise;  ///< menu, ask, callback: no good answer in so many tries; consent: it was not given
  std::uint8_t tries = 3;
  base::Millis patience_ms = 5 * base::second;  ///< menu: for a key; ask: for each digit
  std::string field;                            ///< ask: under what name the digits are told
  std::uint8_t digits_min = 1;
  std::uint8_t digits_max = 10;
  bool secret = false;                         ///< ask: the digits are told to nobody
  Hours hours;                                 ///< hours
  std::string queue;                           ///< queue, callback, message: its slug
  base::Millis longest_ms = 3 * base::minute;  ///< message
  std::string to;                              ///< transfer: a number, E.164

  bool operator==(MenuStep const&) const = default;
};

struct Menu {
  std::string label;
  std::vector<std::string> numbers;  ///< called numbers that lead here; none: all of the brand's that lead to no other
  std::string language;              ///< of what is spoken, BCP 47; empty: the brand's
  std::string start;
  std::string callback_key;  ///< that who waits afterwards presses to be called back; empty: that is not offered
  std::map<std::string, MenuStep, std::less<>> steps;

  bool operator==(Menu const&) const = default;
};

}  // namespace rapport::centre

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

/// Lists of numbers that agents call one after the other: what a list asks for, what becomes of an entry, and
/// who is next. Pure values; docs/calling-lists.md says it in plain words.
namespace rapport::calling {

/// What came of an entry at last.
enum class Came : std::uint8_t {
  nothing,    ///< nobody has called yet
  reached,    ///< somebody spoke with them
  voicemail,  ///< a machine answered: the agent says so
  busy,       ///< also: they declined
  no_answer,
  no_such_number,  ///< as the network says
  wrong_number,    ///< somebody else answered: the agent says so
  do_not_call,     ///< they are on the brand's list, or want to be
  later,           ///< they, or the agent, named a time
  skipped,         ///< the agent passed them over
  not_placed,      ///< no fault of theirs: no trunk, no phone of the agent's, over before it rang. No attempt
};
std::string_view name(Came came);
std::optional<Came> parse_came(std::string_view text);

enum class State : std::uint8_t {
  waiting,  ///< for its next attempt
  calling,  ///< an interaction is about it
  done,     ///< nobody calls any more; why, `came` says
};
std::string_view name(State state);
std::optional<State> parse_state(std::string_view text);

/// What a list asks for. Times are spans; the window is of the day where the callee is.
struct Rules {
  std::string id;
  std::string brand;
  std::string queue;
  bool active = true;
  std::int64_t priority = 0;      ///< the greatest first
  std::int64_t attempts_max = 3;  ///< REQUIRES: at least 1
  base::Millis after_busy = 15 * base::minute;
  base::Millis after_no_answer = 2 * base::hour;
  base::Millis after_voicemail = base::day;
  base::Millis after_skip = base::hour;
  base::Millis rest = base::day;  ///< nobody is called so soon after another list called them
  base::Millis from = 0;          ///< of the day
  base::Millis to = base::day;
  std::optional<base::Instant> begins{};
  std::optional<base::Instant> ends{};

  bool runs(base::Instant now) const { return active && (!begins || *begins <= now) && (!ends || now < *ends); }
  bool operator==(Rules const&) const = default;
};

/// One who is to be called, as far as deciding needs to know.
struct Entry {
  std::string id;
  std::string list;
  std::string number;       ///< E.164
  std::string country;      ///< ISO 3166-1, whose clocks count
  std::uint64_t order = 0;  ///< as they came into the list
  State state = State::waiting;
  Came came = Came::nothing;
  std::int64_t attempts = 0;
  std::int64_t skips = 0;
  base::Instant next_at{};                   ///< waiting: not before
  std::optional<base::Instant> begun_at{};   ///< calling: since when
  std::optional<base::Instant> called_at{};  ///< at last, where that was an attempt; others' rest counts from it
  std::string interaction{};                 ///< that is about it, or was at last

  bool operator==(Entry const&) const = default;
};

/// An agent calls: one attempt more.
/// REQUIRES: waiting.
Entry begin_call(Entry entry, std::string interaction, base::Instant now);

/// The entry after what came of it. An attempt that was none is given back; where attempts are left that
/// reached nobody, it waits for the next; else it is done. `at`: when they want to be called, of `later`.
Entry settle(Entry entry, Rules const& rules, Came came, base::Instant now, std::optional<base::Instant> at = std::nullopt);

}  // namespace rapport::calling

#include "calling/entry.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/phone_limits.hpp"

namespace rapport::calling {
namespace {

constexpr std::array<std::string_view, 11> came_names{"nothing", "reached", "voicemail", "busy", "no_answer", "no_such_number", "wrong_number", "do_not_call", "later", "skipped", "not_placed"};
constexpr std::array<std::string_view, 3> state_names{"waiting", "calling", "done"};
constexpr base::Millis again_soon = base::minute;  // what was no attempt

template <typename Word, std::size_t count>
std::optional<Word> parse(std::array<std::string_view, count> const& names, std::string_view text) {
  auto const found = std::ranges::find(names, text);
  if (found == names.end()) return std::nullopt;
  return static_cast<Word>(found - names.begin());
}

/// How long until the next attempt; nothing: there is none.
std::optional<base::Millis> pause(Rules const& rules, Came came) {
  switch (came) {
    case Came::busy:
      return rules.after_busy;
    case Came::no_answer:
      return rules.after_no_answer;
    case Came::voicemail:
      return rules.after_voicemail;
    case Came::skipped:
      return rules.after_skip;
    case Came::not_placed:
      return again_soon;
    case Came::nothing:
    case Came::later:
      return 0;
    case Came::reached:
    case Came::no_such_number:
    case Came::wrong_number:
    case Came::do_not_call:
      break;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Came came) { return came_names[static_cast<std::size_t>(came)]; }
std::optional<Came> parse_came(std::string_view text) { return parse<Came>(came_names, text); }
std::string_view name(State state) { return state_names[static_cast<std::size_t>(state)]; }
std::optional<State> parse_state(std::string_view text) { return parse<State>(state_names, text); }

Entry begin_call(Entry entry, std::string interaction, base::Instant now) {
  RAPPORT_ASSERT(entry.state == State::waiting);
  entry.state = State::calling;
  entry.interaction = std::move(interaction);
  entry.begun_at = now;
  ++entry.attempts;
  return entry;
}

Entry settle(Entry entry, Rules const& rules, Came came, base::Instant now, std::optional<base::Instant> at) {
  if (came == Came::not_placed && entry.state == State::calling) --entry.attempts;
  if (came != Came::not_placed && entry.begun_at) entry.called_at = entry.begun_at;
  entry.begun_at.reset();
  if (came == Came::skipped) ++entry.skips;
  entry.came = came;
  auto const wait = pause(rules, came);
  // Whoever asked to be called at a time is called then, however often they were called before.
  bool const spent = came != Came::later && entry.attempts >= rules.attempts_max;
  bool const passed_over = came == Came::skipped && entry.skips >= static_cast<std::int64_t>(limits::calling_skips_max);
  if (!wait || spent || passed_over) {
    entry.state = State::done;
    return entry;
  }
  if (came == Came::later && entry.attempts >= rules.attempts_max) entry.attempts = rules.attempts_max - 1;
  entry.state = State::waiting;
  entry.next_at = came == Came::later ? std::max(at.value_or(now), now) : now + *wait;
  return entry;
}

}  // namespace rapport::calling

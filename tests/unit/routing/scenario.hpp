#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "routing/floor.hpp"

namespace rapport::routing {

/// Plays one scenario file (docs/routing.md describes the language) and checks every `expect` of it.
/// After each line the invariants are looked at; at the end a second floor is made from the events
/// alone and must be equal.
class Scenario {
 public:
  /// Plays one line. What is wrong with it or with what it expects; empty if all is well.
  std::string play(std::string const& line);
  /// What is wrong at the end; empty if all is well.
  std::string finish();
  /// Whether any `expect` was checked.
  bool checked() const { return checked_; }

 private:
  using Words = std::vector<std::string>;

  // Lines that set the centre up (scenario_setup.cpp).
  std::string queue_line(Words const& words);
  std::string agent_line(Words const& words);
  std::string set(Queue& queue, Words const& words, std::size_t& at);
  std::string set_counts(Queue& queue, std::string const& key, std::string const& value);
  std::string set_times(Queue& queue, std::string const& key, std::string const& value);

  // Lines on which something happens (scenario_command.cpp).
  std::optional<Command> command(Words const& words);
  std::optional<Command> agent_command(Words const& words);
  std::optional<Command> contact_command(Words const& words);
  std::optional<Command> transfer(Words const& words, bool warm);

  // Playing and expecting (scenario.cpp).
  std::string timed_line(Words const& words);
  std::string do_command(Command const& command);
  std::string expect(Words const& words, std::string const& text);
  std::string expect_state(Words const& words);
  std::string happened() const;
  void note(std::vector<Event> events);
  QueueId queue_id(std::string const& name);
  SkillLevel skill_level(std::string const& text);

  Floor floor_;
  base::Instant start_{1'772'442'000'000};  ///< Monday 2026-03-02 09:00 UTC
  base::Instant now_ = start_;
  std::vector<Event> step_;  ///< of the last timed line
  std::size_t seen_ = 0;     ///< of the step, by expect lines
  std::optional<Refusal> refused_;
  bool refusal_expected_ = true;
  bool checked_ = false;
  std::vector<Event> log_;
  std::vector<std::string> queues_;
  std::map<std::string, SkillId> skills_;
};

/// "20s", "5m", "2h", "250ms" or "1d"; nothing if it is none.
std::optional<base::Millis> parse_span(std::string const& text);
/// "01:05", "10:00:00" or with ".250"; nothing if it is none.
std::optional<base::Millis> parse_clock(std::string const& text);

}  // namespace rapport::routing

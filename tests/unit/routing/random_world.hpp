#pragma once

#include <cstdint>
#include <random>

#include "routing/command.hpp"
#include "routing/state.hpp"

namespace rapport::routing {

/// A small centre with rules drawn at random, and commands for it: mostly sensible, some not. Equal
/// seeds give equal worlds. Times are coarse, so that deadlines and commands fall on one moment.
class RandomWorld {
 public:
  static constexpr std::uint32_t queues = 3;
  static constexpr std::uint32_t agents = 4;
  static constexpr std::uint32_t contacts = 9;

  explicit RandomWorld(std::uint64_t seed) : random_(seed) {}

  SetQueue queue(std::uint32_t number, bool may_point);
  SetAgent agent(std::uint32_t number);
  /// Most commands are about an agent and a contact that they have in hand.
  Command command(base::Instant now, State const& floor);
  /// How far the clock goes before the next command.
  base::Millis pause();

 private:
  std::uint32_t below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool one_in(std::uint32_t times) { return below(times) == 0; }
  base::Millis seconds(std::uint32_t most) { return (1 + below(most)) * base::second; }
  Requirement needs(std::uint32_t most);
  void look_at(State const& floor);
  AgentId other_agent();
  AgentId any_agent();
  ContactId any_contact();
  Command enter();
  Command agents_act();
  Command transfer();
  Command presence();
  Command intervention();

  std::mt19937_64 random_;
  AgentId at_agent_;
  ContactId at_contact_;
  std::optional<SlotState> at_state_;
  std::uint32_t ages_[queues] = {0, 0, 0};  ///< drawn once: position is by the contact's own rules
  bool drawn_ = false;
  AgentProfile profiles_[agents];  ///< what was drawn first: capacity never falls below what is in hand
};

}  // namespace rapport::routing

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "routing/agent.hpp"
#include "routing/ordered.hpp"
#include "routing/queue.hpp"

namespace rapport::routing {

/// The agents with room, so that the one a contact goes to is found at once. For every skill and level
/// a row of bits says who has it; for every channel who has room, as bits and in order of idleness.
/// The longest idle is looked for in that order first, and by the rows where nobody suits among the
/// first; the most skilled from the highest levels down, the least loaded until one is found who has
/// nothing in hand, both only where agents came in order of their ids (as ids made by time do), for
/// then the first bit breaks ties. Derived from the agents; one owner.
class AgentIndex {
 public:
  /// The agent's levels become `now_has`; a new agent had none.
  void set_levels(AgentNumber number, Levels had, Levels now_has);
  /// The agent's room on the channels (bits) becomes `now_room`, idle since then with this load.
  void set_room(AgentNumber number, AgentId id, unsigned now_room, base::Instant idle_since,
                std::uint8_t in_hand);

  /// The agent with room on the channel whom the strategy picks of those who meet the requirement.
  AgentNumber pick(Strategy strategy, domain::Channel channel, Requirement const& needs) const;
  /// How many agents have room on the channel.
  std::size_t free(domain::Channel channel) const { return idle_[static_cast<std::size_t>(channel)].size(); }

 private:
  using Bits = std::vector<std::uint64_t>;
  struct Idle {
    base::Instant since;
    AgentId id;
    AgentNumber number = none;

    auto operator<=>(Idle const&) const = default;
  };
  struct Known {
    Idle idle;
    unsigned room = 0;
    std::uint8_t in_hand = 0;
  };
  /// The rows that an agent must be in for a requirement.
  struct Rows {
    std::array<Bits const*, Requirement::skills_max> bits{};
    std::size_t count = 0;
    bool nobody = false;

    bool has(AgentNumber number) const;
  };

  static bool test(Bits const& bits, AgentNumber number);
  static void set(Bits& bits, AgentNumber number, bool value);
  Bits const* row(SkillLevel wanted) const;
  Rows rows_for(std::span<SkillLevel const> needs) const;
  template <typename Stop>
  void walk_eligible(domain::Channel channel, Rows const& rows, Stop&& stop) const;
  AgentNumber first_in(domain::Channel channel, Rows const& rows) const;
  AgentNumber best_of_one(domain::Channel channel, SkillLevel wanted) const;
  AgentNumber best_of_two(domain::Channel channel, SkillLevel one, SkillLevel two) const;
  AgentNumber longest_idle(domain::Channel channel, Rows const& rows) const;
  AgentNumber most_skilled(domain::Channel channel, Rows const& rows, Requirement const& needs) const;
  AgentNumber least_loaded(domain::Channel channel, Rows const& rows) const;
  std::uint8_t level(AgentNumber number, SkillId skill) const;

  std::vector<Bits> rows_;                         ///< by skill, then level
  std::vector<std::vector<std::uint8_t>> levels_;  ///< by skill, then agent: for sums of proficiency
  std::vector<Known> known_;                       ///< by agent
  bool numbers_follow_ids_ = true;                 ///< then the first bit found is the least id
  std::array<Bits, channel_count> free_;
  std::array<Ordered<Idle>, channel_count> idle_;
};

}  // namespace rapport::routing

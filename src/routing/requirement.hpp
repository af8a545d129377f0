#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/limits.hpp"
#include "routing/ids.hpp"

namespace rapport::routing {

/// A skill and a proficiency in it: 1 to limits::proficiency_max; 0 is none.
struct SkillLevel {
  SkillId skill{};
  std::uint8_t level = 0;

  bool operator==(SkillLevel const&) const = default;
};

/// An agent's proficiencies by skill number; a skill past the end is not had.
using Levels = std::span<std::uint8_t const>;

/// The skills that a contact asks for, each with the least proficiency. A value; sorted by skill.
class Requirement {
 public:
  /// What a queue and a contact ask for together fits.
  static constexpr std::size_t skills_max = 2 * limits::needed_skills_max;

  std::span<SkillLevel const> skills() const { return {skills_.data(), count_}; }

  /// Asks for at least this level; level 0 changes nothing. False if there is no room for another skill.
  bool add(SkillLevel wanted);
  /// Asks for all that `other` asks for too. REQUIRES: room for its skills.
  void add(Requirement const& other);
  /// Lowers what is asked of one skill; level 0 drops it. Never raises.
  void relax(SkillLevel to);

  bool met_by(Levels levels) const {
    for (SkillLevel const wanted : skills()) {
      auto const skill = static_cast<std::size_t>(wanted.skill);
      if (skill >= levels.size() || levels[skill] < wanted.level) return false;
    }
    return true;
  }
  /// The sum of the agent's proficiencies in the skills asked for.
  int proficiency(Levels levels) const;

  bool operator==(Requirement const&) const = default;

 private:
  std::array<SkillLevel, skills_max> skills_{};
  std::uint32_t count_ = 0;
};

/// True if a queue or a contact may ask for this by itself.
bool valid(Requirement const& needs);

}  // namespace rapport::routing

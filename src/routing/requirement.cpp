#include "routing/requirement.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::routing {

bool Requirement::add(SkillLevel wanted) {
  if (wanted.level == 0) return true;
  auto* const end = skills_.data() + count_;
  auto* const at = std::lower_bound(skills_.data(), end, wanted, [](SkillLevel left, SkillLevel right) {
    return left.skill < right.skill;
  });
  if (at != end && at->skill == wanted.skill) {
    at->level = std::max(at->level, wanted.level);
    return true;
  }
  if (count_ == skills_max) return false;
  std::move_backward(at, end, end + 1);
  *at = wanted;
  ++count_;
  return true;
}

void Requirement::add(Requirement const& other) {
  for (SkillLevel const wanted : other.skills()) RAPPORT_ASSERT(add(wanted));
}

void Requirement::relax(SkillLevel to) {
  auto* const end = skills_.data() + count_;
  auto* const at = std::find_if(skills_.data(), end, [&](SkillLevel had) { return had.skill == to.skill; });
  if (at == end) return;
  if (to.level > 0) {
    at->level = std::min(at->level, to.level);
    return;
  }
  std::move(at + 1, end, at);
  *(end - 1) = {};  // equal requirements are equal in every byte
  --count_;
}

int Requirement::proficiency(Levels levels) const {
  int sum = 0;
  for (SkillLevel const wanted : skills()) {
    auto const skill = static_cast<std::size_t>(wanted.skill);
    if (skill < levels.size()) sum += levels[skill];
  }
  return sum;
}

bool valid(Requirement const& needs) {
  return needs.skills().size() <= limits::needed_skills_max &&
         std::ranges::all_of(needs.skills(), [](SkillLevel wanted) {
           return static_cast<std::size_t>(wanted.skill) < limits::skills_max &&
                  wanted.level <= limits::proficiency_max;
         });
}

}  // namespace rapport::routing

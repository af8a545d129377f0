#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "insight/leg_book.hpp"

namespace rapport::insight {

/// One contact's random life, told to a LegBook as the floor would tell it, and what came of it.
struct RandomContact {
  LegBook book{{"i-1", "northwind"}};
  base::Instant entered;
  base::Instant left;
  base::Millis held = 0;        ///< as counted by the story itself
  base::Millis wrapped_up = 0;  ///< likewise, over all agents
  std::vector<Leg> taken;
};

RandomContact random_contact(std::uint64_t seed, std::uint32_t steps);

}  // namespace rapport::insight

#pragma once

#include "base/random.hpp"
#include "base/time.hpp"

namespace rapport::simulation {

/// How busy a contact centre is at an hour of its day, in hundredths of its busiest: two humps with lunch
/// between them, quiet nights. `minute_of_day` from 0 to 1439.
int busyness(int minute_of_day);

/// The wait until the next customer comes, where they come independently of each other: exponential with
/// this mean. At least a millisecond.
base::Millis next_arrival(base::Random& random, base::Millis mean);

}  // namespace rapport::simulation

#include "simulation/arrivals.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rapport::simulation {

int busyness(int minute_of_day) {
  //                                        0   1   2   3   4   5   6   7   8   9   10   11  12  13  14  15  16  17  18  19  20  21  22  23  24
  static constexpr std::array<int, 25> hours{15, 12, 10, 10, 10, 14, 22, 38, 62, 88, 100, 95, 74, 68, 82, 90, 86, 78, 66, 56, 46, 36, 26, 19, 15};
  auto const minute = static_cast<std::size_t>(std::clamp(minute_of_day, 0, 1'439));
  int const from = hours[minute / 60];
  int const to = hours[minute / 60 + 1];
  return from + (to - from) * static_cast<int>(minute % 60) / 60;
}

base::Millis next_arrival(base::Random& random, base::Millis mean) {
  double const unit = static_cast<double>(random.next() >> 11U) * 0x1p-53;  // 0 to just below 1
  return std::max<base::Millis>(1, static_cast<base::Millis>(-std::log1p(-unit) * static_cast<double>(mean)));
}

}  // namespace rapport::simulation

#include "simulation/latencies.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rapport::simulation {

std::int64_t Latencies::at(int thousandths) const {
  if (all_.empty()) return 0;
  std::vector<std::int64_t> sorted = all_;
  std::size_t const rank = std::max<std::size_t>(1, (all_.size() * static_cast<std::size_t>(thousandths) + 999) / 1'000);
  auto const place = sorted.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(sorted.begin(), place, sorted.end());
  return *place;
}

std::string Latencies::text() const {
  auto const ms = [this](int thousandths) { return static_cast<double>(at(thousandths)) / 1'000.0; };
  return fmt::format("p50 {:.1f} ms, p99 {:.1f} ms, most {:.1f} ms (of {})", ms(500), ms(990), ms(1'000), count());
}

}  // namespace rapport::simulation

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace rapport::simulation {

/// Times that something took, in microseconds, all of them kept.
class Latencies {
 public:
  void add(std::int64_t microseconds) { all_.push_back(microseconds); }
  std::size_t count() const { return all_.size(); }
  /// The time that `thousandths` of a thousand did not exceed, by the nearest rank; 0: there are none.
  std::int64_t at(int thousandths) const;
  /// "p50 1.2 ms, p99 8.4 ms, most 12.0 ms (of 4,711)".
  std::string text() const;

 private:
  std::vector<std::int64_t> all_;
};

}  // namespace rapport::simulation

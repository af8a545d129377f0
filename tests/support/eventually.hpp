#pragma once

#include <chrono>
#include <thread>

namespace rapport::test {

/// Waits for a condition that another thread makes true; whether it came within a minute.
template <typename Condition>
bool eventually(Condition const& condition) {
  auto const until = std::chrono::steady_clock::now() + std::chrono::minutes{1};
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{5});
  }
  return true;
}

}  // namespace rapport::test

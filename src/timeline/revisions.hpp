#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/event.hpp"

namespace rapport::timeline {

/// Events with repeats dropped, apart by whether a later one corrected them; both in order of
/// arrival.
struct Effective {
  std::vector<domain::Event> events;
  std::vector<domain::Event> superseded;
  std::vector<std::string> warnings;
};

/// Drops repeats and applies `revises`, as Timeline::build promises. Events arrive in the order
/// given. Errors: the same id with different content, events that revise each other.
base::Result<Effective> apply_revisions(std::vector<domain::Event> events);

}  // namespace rapport::timeline

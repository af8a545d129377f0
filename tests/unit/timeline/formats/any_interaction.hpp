#pragma once

#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

/// Random interactions as a reader would leave them: attributes of a group together, numbers that
/// JSON gives back, fields that no known field's name stands for.
namespace rapport::timeline::formats::test {

struct AnyInteraction {
  domain::Interaction head;
  std::vector<domain::Event> events;
};

/// To be called within a property.
AnyInteraction any_interaction();

}  // namespace rapport::timeline::formats::test

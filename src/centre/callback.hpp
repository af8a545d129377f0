#pragma once

#include <string>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::centre {

/// Whether a call's customer is to be called back, as its timeline tells: read event by event.
struct Callback {
  bool wanted = false;  ///< they asked for it, or somebody for them, and they have not been reached since
  std::string number;   ///< that they keyed in; empty: the one that they are known by

  void read(domain::Event const& event);
};

/// The centre wrote it: an agent's own note of a callback calls nobody.
bool schedules_callback(domain::Event const& event);

/// What the phone tells of the customer's leg by `leg_started` and `leg_ended` (docs/phone.md).
inline constexpr char const* customer_leg = "customer";
/// The field under which a number is captured that is to be called back.
inline constexpr char const* callback_field = "callback_number";

/// The first telephone number of the customer's; empty: none.
std::string number_of(domain::Interaction const& head);

}  // namespace rapport::centre

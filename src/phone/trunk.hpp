#pragma once

#include <cstddef>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "phone/address.hpp"
#include "phone/registrations.hpp"

namespace rapport::phone {

/// A line to the telephone network, by which we place calls; its calls to us are taken.
struct Trunk {
  std::string name;
  std::string host;  ///< as SIP addresses name it, with its port if it has one
  Address address;   ///< where it is reached
  Transport transport = Transport::udp;
  std::string user{};  ///< by whom we register and answer challenges; empty: it asks for none
  base::Secret password{};
  bool registers = false;
  std::string number{};        ///< that callees see where the call brings none; empty: the user
  std::size_t calls_max = 30;  ///< that we place by it at once
  std::size_t calls_per_second_max = 5;
};

/// A call that we are to place.
struct Placement {
  std::string interaction;
  std::string to;        ///< E.164
  std::string caller{};  ///< that the callee sees, E.164; empty: the trunk's
  std::string trunk{};   ///< by this one alone; empty: by the first that can
  bool emergency = false;  ///< tried whatever is known of the trunk, beyond its limits too
};

}  // namespace rapport::phone

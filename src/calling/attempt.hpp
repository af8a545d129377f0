#pragma once

#include <string>

#include "calling/entry.hpp"
#include "domain/event.hpp"

namespace rapport::calling {

/// What a call's timeline tells of an attempt, read event by event.
struct Attempt {
  bool answered = false;
  bool rang = false;     ///< so they know of the attempt
  std::string reason{};  ///< why the customer's leg ended before anybody answered; empty: it did not

  void read(domain::Event const& event);
  /// As things stand. A call that ended before it rang was none, unless the network says why for good.
  Came came() const;
};

}  // namespace rapport::calling

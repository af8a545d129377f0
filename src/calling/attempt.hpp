#pragma once

#include <string>

#include "calling/entry.hpp"
#include "domain/event.hpp"

namespace rapport::calling {

/// What a call's timeline tells of an attempt, read event by event.
struct Attempt {
  bool answered = false;
  std::string reason{};  ///< why the customer's leg ended before anybody answered; empty: it did not

  void read(domain::Event const& event);
  /// As things stand. A call that ended before the network said anything was none.
  Came came() const;
};

}  // namespace rapport::calling

#pragma once

#include <boost/asio/awaitable.hpp>

#include "simulation/telephone.hpp"

namespace rapport::simulation {

/// A simulated customer who calls the brand by SIP, speaks aloud, and stays until the call is over. What a
/// simulated agent says they understand by its words in the timeline; of a person, whose words nobody knows,
/// they hear that they have spoken, and take it for what an agent would say next.
asio::awaitable<void> live_as_caller(Telephone& telephone, Industry const& industry, std::uint64_t seed);

}  // namespace rapport::simulation

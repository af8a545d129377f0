#pragma once

#include <boost/asio/awaitable.hpp>

#include "simulation/world.hpp"

namespace rapport::simulation {

/// A simulated customer who writes to the brand through the widget's own routes and feed, and stays until
/// the conversation is over.
asio::awaitable<void> live_as_customer(World& world, Industry const& industry, std::uint64_t seed);

}  // namespace rapport::simulation

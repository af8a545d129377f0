#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>

#include "base/random.hpp"
#include "base/time.hpp"
#include "simulation/api_client.hpp"
#include "simulation/phrase_book.hpp"

namespace rapport::simulation {

/// What all simulated people of a running simulation share. Its thread's alone, but for the counts.
struct World {
  World(asio::io_context& on, ServerAddress address, PhraseBook const& with, std::uint64_t seed, double times)
      : context(on), client(on, std::move(address)), book(with), random(seed), pace(times), began(std::chrono::steady_clock::now()) {}

  /// Time as they live it: `pace` times as fast as the clock on the wall, from 0.
  base::Millis now() const {
    std::chrono::duration<double, std::milli> const real = std::chrono::steady_clock::now() - began;
    return static_cast<base::Millis>(real.count() * pace);
  }
  /// When the clock on the wall is to wake somebody who waits for that time.
  std::chrono::steady_clock::time_point wall(base::Millis at) const {
    return began + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double, std::milli>(static_cast<double>(at) / pace));
  }

  asio::io_context& context;
  ApiClient client;
  PhraseBook const& book;
  base::Random random;
  double pace;
  std::chrono::steady_clock::time_point began;
  int customers = 0;                       ///< in the house now
  std::atomic<std::uint64_t> trouble = 0;  ///< requests that were refused or got no answer
};

}  // namespace rapport::simulation

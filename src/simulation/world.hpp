#pragma once

#include <algorithm>
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

struct Telephone;

/// Time as simulated people live it: `times` as fast as the clock on the wall, from 0.
class Tempo {
 public:
  explicit Tempo(double times) : times_(times), began_(std::chrono::steady_clock::now()) {}

  double times() const { return times_; }
  base::Millis now() const {
    std::chrono::duration<double, std::milli> const real = std::chrono::steady_clock::now() - began_;
    return static_cast<base::Millis>(real.count() * times_);
  }
  /// When the clock on the wall is to wake somebody who waits for that time.
  std::chrono::steady_clock::time_point wall(base::Millis at) const {
    return began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double, std::milli>(static_cast<double>(at) / times_));
  }

 private:
  double times_;
  std::chrono::steady_clock::time_point began_;
};

/// As fast as people can be understood who talk.
inline constexpr double fastest_talk = 3.0;

/// What all simulated people of a running simulation share. Its thread's alone, but for the counts.
struct World {
  World(asio::io_context& on, ServerAddress address, PhraseBook const& with, std::uint64_t seed, double times)
      : context(on), client(on, std::move(address)), book(with), random(seed), pace(times), life(times), talk(std::min(times, fastest_talk)) {}

  base::Millis now() const { return life.now(); }
  std::chrono::steady_clock::time_point wall(base::Millis at) const { return life.wall(at); }

  asio::io_context& context;
  ApiClient client;
  PhraseBook const& book;
  base::Random random;
  double pace;
  Tempo const life;
  Tempo const talk;                ///< of calls: as fast as life, but no faster than speech can be
  Telephone* telephone = nullptr;  ///< null: nobody calls
  int customers = 0;               ///< in the house now
  int callers = 0;
  std::atomic<std::uint64_t> trouble = 0;  ///< requests that were refused or got no answer
};

}  // namespace rapport::simulation

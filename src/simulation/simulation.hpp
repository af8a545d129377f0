#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulation/live_agent.hpp"

namespace rapport::simulation {

/// Where simulated people call, and what for.
struct SimulatedTelephone {
  std::string host;  ///< where SIP is spoken, by UDP, on loopback
  std::uint16_t port = 0;
  std::string recogniser;                ///< a token that reads interactions and adds words to them
  std::string administrator;             ///< a token that makes passwords for phones; needed at the start alone
  std::function<base::Instant()> clock;  ///< the server's
};

/// A centre's simulated people.
struct SimulationOptions {
  ServerAddress server;
  std::uint64_t seed = 1;
  double pace = 1.0;      ///< times as fast as life
  int minute_of_day = 0;  ///< at the beginning: 0 to 1439
  std::vector<SimulatedAgent> agents;
  int chats_each = 2;                             ///< that an agent has at once; with the agents it sets how many customers come
  std::optional<SimulatedTelephone> telephone{};  ///< nothing: nobody calls
};

/// Customers who come and go by the hour of the day, and agents who serve them, through the server's own
/// API and feed, on one thread of this. What is said follows from the seed; who meets whom is the server's
/// to decide.
class Simulation {
 public:
  /// `book` outlives it.
  Simulation(PhraseBook const& book, SimulationOptions options);
  /// Stops.
  ~Simulation();
  Simulation(Simulation const&) = delete;
  Simulation& operator=(Simulation const&) = delete;

  void start();
  /// Everybody drops what they do; what is said and unsaid stays as it is on the server.
  void stop();
  /// Requests that were refused or got no answer so far; any thread.
  std::uint64_t trouble() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::simulation

#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "base/result.hpp"
#include "simulation/api_client.hpp"
#include "simulation/latencies.hpp"

namespace rapport::simulation {

/// What load to make, and as whom: somebody who may make users, brands and queues.
struct LoadOptions {
  ServerAddress server;
  std::string token;  ///< an API token's; empty: log in
  std::string login, password;
  int agents = 10;
  int rate = 20;    ///< interactions begun a second, whether or not the server keeps up
  int feeds = 100;  ///< connected in all, those of the agents' desks among them
  int seconds = 15;
  std::uint64_t seed = 1;
  std::function<void(std::string const&)> tell;  ///< how the preparation goes
};

/// What came of it, measured between the end of the preparation and the last start's time.
struct LoadReport {
  double seconds = 0;
  std::uint64_t started = 0;
  std::uint64_t closed = 0;      ///< in that time
  std::uint64_t unfinished = 0;  ///< not closed when it was given up
  Latencies api;                 ///< from a command sent to its answer
  Latencies to_desk;             ///< from a message sent to its event on the agent's feed
  int feeds = 0;
  std::uint64_t feed_frames = 0;
  std::map<std::string, std::uint64_t> errors;  ///< "answer 409 not_offered" → how often
  double own_cpu_seconds = 0;

  /// For people, a line each.
  std::string text(LoadOptions const& options) const;
};

/// Makes a brand, queues, agents and a supervisor of its own, connects the feeds, and begins interactions at
/// the rate: each is started, gets 12 commands (answer, four messages, hold, resume, four messages, end) and
/// is closed by its wrap-up. Blocks. Error: the server is not there or refuses the preparation.
base::Result<LoadReport> make_load(LoadOptions const& options);

}  // namespace rapport::simulation

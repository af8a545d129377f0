#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "centre/command.hpp"
#include "centre/judging_plan.hpp"
#include "records/store.hpp"
#include "simulation/phrase_book.hpp"
#include "simulation/simulation.hpp"

namespace rapport::app {

/// A demo centre's past: conversations of the last days, played by simulated people, each through a centre
/// of its own (the same state machine that serves live ones, at the time that it was), judged and closed.
struct DemoHistory {
  records::Store& store;
  std::vector<centre::Command> configuration;  ///< what the centre works by
  std::shared_ptr<centre::JudgingPlan const> plan;
  simulation::PhraseBook const& book;
  std::vector<simulation::SimulatedAgent> agents;
  std::uint64_t seed = 1;
  int days = 7;        ///< before today
  int each_a_day = 2;  ///< conversations of one agent on one day
};

/// Writes it, newest day first, until it is whole or `stop` is asked for; how many conversations. Any thread, also
/// while a server runs on the store: none of it ever lives there. Error: the store's.
base::Result<std::size_t> write_history(DemoHistory const& history, base::Instant now, std::stop_token const& stop);

}  // namespace rapport::app

#include "insight/erlang.hpp"

#include <cmath>

namespace rapport::insight {

double erlang_b(double erlangs, std::uint32_t agents) {
  double blocked = 1;
  for (std::uint32_t k = 1; k <= agents; ++k) blocked = erlangs * blocked / (k + erlangs * blocked);
  return blocked;
}

double ErlangC::service_level(double target_s) const { return 1 - wait_probability * std::exp(-decay_per_s * target_s); }

std::optional<ErlangC> erlang_c(Load load, std::uint32_t agents) {
  double const erlangs = load.erlangs();
  if (erlangs <= 0 || erlangs >= agents) return std::nullopt;
  double const blocked = erlang_b(erlangs, agents);
  double const waits = blocked / (1 - erlangs / agents * (1 - blocked));
  double const spare = agents - erlangs;
  return ErlangC{waits, waits * load.handle_s / spare, spare / load.handle_s};
}

std::optional<ErlangA> erlang_a(Load load, std::uint32_t agents, double patience_s) {
  double const erlangs = load.erlangs();
  if (erlangs <= 0 || patience_s <= 0 || agents == 0) return std::nullopt;
  double const arrivals = load.arrivals_per_hour / 3600.0;
  double const served = agents / load.handle_s;
  double const leaves = 1 / patience_s;

  constexpr double most_waiting = 1e6;
  if ((arrivals - served) / leaves > most_waiting) return std::nullopt;

  // Probabilities of the states relative to that of "all busy, nobody waits". Those below it sum to
  // 1/B - 1, for the states up to it are those of the loss system; above it each waiting contact adds
  // its own rate of leaving, so once the terms shrink they do so faster than a geometric series.
  constexpr double negligible = 1e-15;
  constexpr double too_big = 1e200;
  double below = 1 / erlang_b(erlangs, agents) - 1;
  double state = 1;
  double waiting_states = 1;
  double waiting = 0;
  for (double queue = 1;; ++queue) {
    double const ratio = arrivals / (served + queue * leaves);
    state *= ratio;
    waiting_states += state;
    waiting += queue * state;
    double const shrinks = 1 - ratio;
    if (shrinks > 0 && state * queue < negligible * waiting_states * shrinks * shrinks) break;
    if (state > too_big) {
      for (double* const part : {&below, &state, &waiting_states, &waiting}) *part /= too_big;
    }
  }
  double const all = below + waiting_states;
  double const mean_waiting = waiting / all;
  return ErlangA{waiting_states / all, leaves * mean_waiting / arrivals, mean_waiting / arrivals};
}

}  // namespace rapport::insight

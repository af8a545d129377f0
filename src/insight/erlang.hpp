#pragma once

#include <cstdint>
#include <optional>

/// Staffing formulas. The one place of the numbers where floating point is used: estimates, never
/// what was measured.
namespace rapport::insight {

/// What a group of agents is asked to bear.
struct Load {
  double arrivals_per_hour = 0;
  double handle_s = 0;  ///< mean handle time, seconds

  /// Offered traffic in erlangs.
  double erlangs() const { return arrivals_per_hour * handle_s / 3600.0; }
};

/// The probability that all of `agents` are busy where blocked contacts are lost, by the recursion
/// B(0) = 1, B(k) = aB(k-1)/(k + aB(k-1)) (A. K. Erlang, 1917). REQUIRES: erlangs >= 0.
double erlang_b(double erlangs, std::uint32_t agents);

/// Contacts wait as long as it takes (M/M/n).
struct ErlangC {
  double wait_probability = 0;
  double asa_s = 0;        ///< mean wait of all
  double decay_per_s = 0;  ///< P(wait > t) = wait_probability * e^(-decay * t)

  /// The share answered within `target_s`.
  double service_level(double target_s) const;
};
/// Nothing where the agents cannot bear the load (erlangs >= agents): the queue grows without end.
std::optional<ErlangC> erlang_c(Load load, std::uint32_t agents);

/// Contacts give up after a patience that is distributed exponentially (M/M/n+M, C. Palm, 1946).
struct ErlangA {
  double wait_probability = 0;
  double abandon_probability = 0;
  double mean_wait_s = 0;  ///< of all arrivals, those that gave up included
};
/// Nothing without arrivals, handle time, patience or agents, or where over a million would wait.
std::optional<ErlangA> erlang_a(Load load, std::uint32_t agents, double patience_s);

}  // namespace rapport::insight

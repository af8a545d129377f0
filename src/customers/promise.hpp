#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace rapport::customers {

enum class PromiseState : std::uint8_t {
  open,
  kept,
  broken,
  withdrawn,  ///< the customer was told, before it was due
};
std::string_view name(PromiseState state);
std::optional<PromiseState> parse_promise_state(std::string_view text);

/// What was promised to a customer. It is broken once its due time has passed unkept: kept at the very
/// moment is kept, a millisecond later is not. What is done late is still done (`done_at`) and the promise
/// still broken. Without a due time it is broken only by saying so.
struct Promise {
  std::string id;
  std::string brand;
  std::string customer;  ///< the part of the profile it was made to (see Profile)
  std::string case_id;   ///< may be empty
  std::string interaction;
  std::string event;
  std::string text;
  std::string owner;  ///< who sees to it: an agent or a team
  base::Instant made_at;
  std::optional<base::Instant> due;
  PromiseState state = PromiseState::open;  ///< as last settled; `state_at` knows what time made of it
  std::optional<base::Instant> settled_at;  ///< set unless open; of a broken one the due time, or when it was said
  std::optional<base::Instant> done_at;     ///< the promised thing was done, in time or late
  std::string why;                          ///< withdrawn or broken by saying so

  /// Broken as soon as `now` is past the due time of an open one.
  PromiseState state_at(base::Instant now) const;

  bool operator==(Promise const&) const = default;
};

/// Still to be done: open, past its due time or not, or broken and neither done late nor given up.
bool is_owed(Promise const& promise);

enum class PromiseRefusal : std::uint8_t {
  settled,     ///< is no longer open, or was done already
  past_due,    ///< is broken by now; withdrawing comes too late
  before_made  ///< the moment lies before the promise
};
std::string_view name(PromiseRefusal refusal);

// Each changes the promise or refuses and changes nothing.
/// What was promised was done: kept if it is not past due, else late.
std::optional<PromiseRefusal> keep(Promise& promise, base::Instant at);
std::optional<PromiseRefusal> withdraw(Promise& promise, base::Instant at, std::string why);
/// Somebody says that it will not be kept.
std::optional<PromiseRefusal> give_up(Promise& promise, base::Instant at, std::string why);
/// Books what time has made of it. True if it became broken by this call.
bool settle(Promise& promise, base::Instant now);

}  // namespace rapport::customers

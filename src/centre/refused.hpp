#pragma once

#include <string>
#include <utility>

#include "base/result.hpp"

namespace rapport::centre {

/// Why a command was refused; it changed nothing. `code` is a stable word for programs: one of
/// routing's (routing/refusal.hpp) or of those below; `detail` is for people.
struct Refused {
  std::string code;
  std::string detail;

  bool operator==(Refused const&) const = default;
};

inline Refused refusal(std::string code, std::string detail = {}) { return {std::move(code), std::move(detail)}; }

template <typename T>
using Granted = base::Result<T, Refused>;

namespace refused {
inline constexpr char const* unknown_brand = "unknown_brand";
inline constexpr char const* unknown_queue = "unknown_queue";
inline constexpr char const* unknown_agent = "unknown_agent";
inline constexpr char const* unknown_interaction = "unknown_interaction";  ///< not live: closed, or never was
inline constexpr char const* interaction_exists = "interaction_exists";
inline constexpr char const* not_yours = "not_yours";  ///< the agent does not have it in hand
inline constexpr char const* is_over = "is_over";      ///< the conversation has ended
inline constexpr char const* not_over = "not_over";
inline constexpr char const* bad_event = "bad_event";        ///< not a kind that this actor may add, or ill-formed
inline constexpr char const* event_exists = "event_exists";  ///< another event has this id
inline constexpr char const* too_many = "too_many";          ///< a limit; the detail names it
inline constexpr char const* already_held = "already_held";
inline constexpr char const* not_held = "not_held";
inline constexpr char const* already_muted = "already_muted";
inline constexpr char const* not_muted = "not_muted";
inline constexpr char const* on_the_call = "on_the_call";  ///< who talks on it does not listen in
inline constexpr char const* already_paused = "already_paused";
inline constexpr char const* not_paused = "not_paused";
inline constexpr char const* transfer_in_progress = "transfer_in_progress";
inline constexpr char const* no_transfer = "no_transfer";
inline constexpr char const* no_call = "no_call";                  ///< nobody is on a line
inline constexpr char const* bad_disposition = "bad_disposition";  ///< not in the queue's tree
inline constexpr char const* key_reused = "key_reused";            ///< the idempotency key was used for another request
inline constexpr char const* store_unavailable = "store_unavailable";
inline constexpr char const* not_kept = "not_kept";  ///< it was done, but the store could not keep a part of it
inline constexpr char const* busy = "busy";          ///< too many commands wait, or the centre stops
}  // namespace refused

}  // namespace rapport::centre

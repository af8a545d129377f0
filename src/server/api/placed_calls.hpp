#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "centre/centre.hpp"
#include "centre/command.hpp"
#include "server/api/body.hpp"
#include "server/api/commands.hpp"
#include "server/api/customer_book.hpp"
#include "server/api/gate.hpp"
#include "server/api/placed_recording.hpp"

namespace rapport::server::api {

/// An agent wants to call somebody.
struct CallWish {
  std::string agent;
  std::string to;  ///< as they wrote it
  /// Whether the brand does not call this number (E.164). Blocks.
  std::function<bool(std::string const& number)> listed{};
  bool at_any_hour = false;  ///< nobody is rung who might sleep: somebody is sent there who asked for it
};
struct CallGranted {
  std::string to;     ///< E.164, or an emergency number's digits
  std::string trunk;  ///< by this one alone; empty: by any
  bool emergency = false;
  std::string country{};  ///< ISO 3166-1; empty of emergency numbers
  PlacedRecording recording = PlacedRecording::always;
  ConsentPrompt prompt{};  ///< where it is by a prompt
};
struct CallRefused {
  std::string code;
  std::string detail;  ///< for a person
};

/// What the route needs of the phone. Empty functions: no trunk is configured.
struct CallParts {
  std::function<base::Result<CallGranted, CallRefused>(CallWish const&, std::string const& region, base::Instant now)> look{};
  /// Whether such a number may be called at all; it is not counted, and nothing is asked of the clock.
  std::function<base::Result<CallGranted, CallRefused>(std::string_view number, std::string const& region)> check{};
  /// Whether calls are placed now to this country, and its clocks are within this window of the day.
  std::function<bool(std::string_view country, base::Instant now, base::Millis from, base::Millis to)> open{};
  /// The interaction of this id, once it begins, is a call to be placed; forgotten where it does not begin.
  std::function<void(std::string const& interaction, CallGranted const&, std::string const& caller)> expect{};
  /// The call of this interaction is about to leave for that number. Why not, by name; empty: it is. What was
  /// granted is given back where it does not.
  std::function<std::string(std::string const& interaction, CallGranted const&, std::string const& caller)> expect_outside{};
};

/// Numbers that a brand does not call.
inline constexpr std::string_view do_not_call_kind = "do_not_call";

/// A call as an agent wants it, who may place calls for this brand.
struct CallPlan {
  std::string agent;
  std::string to;  ///< as they wrote it
  std::string brand;
  std::string queue;
  std::string purpose{};
  std::string case_id{};
  std::string id{};  ///< of the interaction; empty: one is made
};
/// The command that begins it.
struct PreparedCall {
  centre::StartInteraction start;
  centre::Actor actor;
  Beside beside;
};
/// Looks whether the number may be called, tells the phone to expect the call (CallParts::expect), and who the
/// customer is. Blocks. Problems: those of CallRefused, and `receive`'s.
base::Result<PreparedCall, http::Problem> prepare_call(records::Store& store, CustomerBook const& book, CallParts const& calls, CallPlan plan, base::Instant now);

/// POST /api/v1/calls, and the list of those who are not called.
void add_placed_calls(Gate& gate, CallParts parts);

http::Problem problem_of(CallRefused const& refused);

/// The field `caller_number`: what those see who are called, in E.164; empty: the trunk's own.
std::string read_caller_number(Body& body, std::string const& region);

}  // namespace rapport::server::api

#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <vector>

#include "centre/centre.hpp"
#include "server/api/gate.hpp"
#include "server/http/response.hpp"

namespace rapport::server::api {

/// What an outcome says: interaction, number and id of the event.
boost::json::object plain_body(centre::Outcome const& done);

/// How a command that was granted is answered.
struct Told {
  int status = http::status::ok;
  std::function<boost::json::object(centre::Outcome const&)> body = plain_body;  ///< any thread
};

/// What goes with a command.
struct Beside {
  std::vector<records::Change> changes{};  ///< durable together with it; must not be able to conflict
  /// Runs on the readers' pool when the command is durable and before it is answered; a repeat of the
  /// command runs it again. A problem of it is counted: the command stands. May be empty.
  std::function<std::optional<http::Problem>(centre::Outcome const&)> afterwards{};
  /// Runs on the readers' pool before the command is handed over, unless its answer is kept already; a
  /// problem refuses it. May be empty.
  std::function<std::optional<http::Problem>()> before{};
};

/// Hands a command to the centre and answers when it is durable: as `told` says, or the problem. The
/// header Idempotency-Key (up to 200 bytes) makes a repeat harmless for 24 h: the same answer comes
/// again, marked by the header Idempotent-Replayed. Must not block: any thread.
void command(Services& services, Asked const& asked, http::Reply reply, centre::Command command, centre::Actor actor, Told told = {},
             Beside beside = {});

/// A user as the centre's commands know them: an agent unless a supervisor's or the system's right is
/// what lets them act.
centre::Actor agent_of(Asked const& asked);
centre::Actor supervisor_of(Asked const& asked);

}  // namespace rapport::server::api

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace rapport::app {

/// Tells the service manager how the server is, by datagrams to the socket that NOTIFY_SOCKET names
/// (the protocol of sd_notify(3)). Does nothing where no manager asks for it. Any thread.
class ServiceNotifier {
 public:
  /// From NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID of the process.
  static ServiceNotifier from_environment();
  /// `socket` is a path, or a name after '@'; empty: nobody asks. `watchdog` 0: none.
  ServiceNotifier(std::string socket, base::Millis watchdog) : socket_(std::move(socket)), watchdog_(watchdog) {}

  bool ready() const { return send("READY=1"); }
  bool stopping() const { return send("STOPPING=1"); }
  bool alive() const { return send("WATCHDOG=1"); }
  /// A line for `systemctl status`.
  bool status(std::string_view text) const { return send(std::string("STATUS=").append(text)); }

  /// How often `alive` must be said: half of what the manager allows. Nothing where it does not ask.
  std::optional<base::Millis> alive_every() const;

 private:
  /// Whether it was sent.
  bool send(std::string_view message) const;

  std::string socket_;
  base::Millis watchdog_ = 0;
};

}  // namespace rapport::app

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/phone_limits.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace rapport::phone {

/// The session timer of a call that we take (RFC 4028, sections 7 to 10): the caller's side asks that the
/// call ends where nobody has said for a while that it goes on. We ask for none ourselves. A value.
class SessionTimer {
 public:
  /// Who says that it goes on: whoever calls, or we where they leave it to us.
  enum class Refresher : std::uint8_t { caller,
                                        us };
  enum class Due : std::uint8_t { nothing,
                                  refresh,  ///< by us
                                  over };
  enum class Refusal : std::uint8_t { malformed,
                                      too_small };  ///< 422, with Min-SE: limits::session_ms_min

  /// From an INVITE's Session-Expires and Min-SE; `supports`: its Supported names "timer". Nothing where it
  /// asks for no timer.
  static base::Result<std::optional<SessionTimer>, Refusal> negotiate(std::string_view session_expires, std::string_view min_se, bool supports, base::Instant now);

  Refresher refresher() const { return refresher_; }
  base::Millis interval() const { return interval_; }
  /// The header fields of our 200 OK, each with its line end.
  std::string headers() const;

  /// One of the two has said that the call goes on.
  void refreshed(base::Instant now) { last_ = now; }
  Due due(base::Instant now) const;

 private:
  SessionTimer(Refresher refresher, base::Millis interval, base::Instant now) : refresher_(refresher), interval_(interval), last_(now) {}

  Refresher refresher_;
  base::Millis interval_;
  base::Instant last_;
};

}  // namespace rapport::phone

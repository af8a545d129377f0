#include "phone/session_timer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace rapport::phone {
namespace {

struct Asked {
  std::int64_t seconds = 0;
  std::string parameters;  ///< in lower case, without blanks
};

/// "1800;refresher=uac": delta-seconds, then parameters.
std::optional<Asked> read(std::string_view value) {
  std::string plain;
  for (char const letter : value) {
    if (letter == ' ' || letter == '\t') continue;
    plain += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  std::string_view const digits = std::string_view{plain}.substr(0, plain.find(';'));
  std::uint32_t seconds = 0;  // RFC 3261: less than 2^32
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Asked{seconds, plain.substr(digits.size()) + ';'};
}

}  // namespace

base::Result<std::optional<SessionTimer>, SessionTimer::Refusal> SessionTimer::negotiate(std::string_view session_expires, std::string_view min_se, bool supports, base::Instant now) {
  if (session_expires.empty()) return std::optional<SessionTimer>{};
  auto const asked = read(session_expires);
  auto const least = min_se.empty() ? Asked{} : read(min_se);
  if (!asked || !least) return Refusal::malformed;
  base::Millis interval = asked->seconds * base::second;
  // Who does not know timers could not ask again; a proxy on the way put it there.
  if (interval < limits::session_ms_min && supports) return Refusal::too_small;
  base::Millis const most = std::max(limits::session_ms_max, least->seconds * base::second);
  interval = std::clamp(interval, limits::session_ms_min, most);
  bool const ours = !supports || asked->parameters.find(";refresher=uas;") != std::string::npos;
  return std::optional{SessionTimer{ours ? Refresher::us : Refresher::caller, interval, now}};
}

std::string SessionTimer::headers() const {
  bool const ours = refresher_ == Refresher::us;
  return fmt::format("{}Session-Expires: {};refresher={}\r\n", ours ? "" : "Require: timer\r\n", interval_ / base::second, ours ? "uas" : "uac");
}

SessionTimer::Due SessionTimer::due(base::Instant now) const {
  base::Millis const age = now - last_;
  if (refresher_ == Refresher::us) return age >= interval_ / 2 ? Due::refresh : Due::nothing;
  constexpr base::Millis notice_max = 32 * base::second;  // section 10
  return age >= interval_ - std::min(notice_max, interval_ / 3) ? Due::over : Due::nothing;
}

}  // namespace rapport::phone

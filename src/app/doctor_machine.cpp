#include <arpa/inet.h>
#include <date/tz.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "app/data_folder.hpp"
#include "app/doctor.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

constexpr base::Instant earliest{1'767'225'600'000};          // 2026-01-01, before which this program was not made
constexpr base::Millis ahead_max = 2 * base::minute;          // of a file's time; file systems are coarse
constexpr std::int64_t descriptors_beside_connections = 256;  // files, databases, listening sockets

/// When something in the folder was written last.
base::Instant newest_in(fs::path const& folder) {
  base::Instant newest;
  std::error_code failure;
  for (fs::directory_iterator it{folder, failure}; !failure && it != fs::end(it); it.increment(failure)) {
    struct stat state{};
    if (::stat(it->path().c_str(), &state) == 0) newest = std::max(newest, base::Instant{state.st_mtim.tv_sec * base::second});
  }
  return newest;
}

/// 0 if a server could listen there; else the system's error.
int try_to_listen(Endpoint const& endpoint) {
  bool const six = endpoint.address.find(':') != std::string::npos;
  int const listener = ::socket(six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener < 0) return errno;
  int const on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in6 address_six{};
  sockaddr_in address_four{};
  address_six.sin6_family = AF_INET6;
  address_six.sin6_port = htons(endpoint.port);
  address_four.sin_family = AF_INET;
  address_four.sin_port = htons(endpoint.port);
  ::inet_pton(six ? AF_INET6 : AF_INET, endpoint.address.c_str(), six ? static_cast<void*>(&address_six.sin6_addr) : static_cast<void*>(&address_four.sin_addr));
  if (six) ::setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  auto const* const address = six ? reinterpret_cast<sockaddr const*>(&address_six) : reinterpret_cast<sockaddr const*>(&address_four);
  auto const size = static_cast<socklen_t>(six ? sizeof address_six : sizeof address_four);
  int const failure = ::bind(listener, address, size) == 0 && ::listen(listener, 1) == 0 ? 0 : errno;
  ::close(listener);
  return failure;
}

}  // namespace

Finding check_clock(Settings const& settings, base::Instant now) {
  std::string const name = "clock";
  std::string const advice = "set it by a time service: timedatectl set-ntp true";
  if (now < earliest) return {name, Health::fail, fmt::format("it says {}, before this program was made", base::format_rfc3339(now)), advice};
  base::Instant const newest = newest_in(settings.data);
  if (newest > now + ahead_max) {
    return {name, Health::fail, fmt::format("it says {}, but the data folder was written at {}", base::format_rfc3339(now), base::format_rfc3339(newest)), advice};
  }
  timex state{};
  int const status = ::adjtimex(&state);
  std::string const said = base::format_rfc3339({now.since_epoch / base::second * base::second});
  if (status < 0) return {name, Health::ok, said, ""};  // the system does not say
  if (status == TIME_ERROR || (static_cast<unsigned>(state.status) & static_cast<unsigned>(STA_UNSYNC)) != 0) {
    return {name, Health::warn, fmt::format("{}; no time service keeps it right", said), advice};
  }
  return {name, Health::ok, fmt::format("{}, kept right by a time service", said), ""};
}

Finding check_ports(Settings const& settings) {
  std::string said;
  std::string advice;
  Health health = Health::ok;
  bool const running = user_of_data_folder(settings.data).has_value();
  for (Endpoint const& endpoint : settings.listen) {
    int const failure = try_to_listen(endpoint);
    bool const ours = failure == EADDRINUSE && running;
    std::string const state = failure == 0 ? "free" : ours ? "taken, while a server runs on the data folder"
                                                           : std::generic_category().message(failure);
    said += fmt::format("{}{} {}", said.empty() ? "" : ", ", endpoint.text(), state);
    if (failure == 0 || ours) continue;
    health = Health::fail;
    if (failure == EADDRINUSE) advice = "stop what listens there (ss -ltnp), or listen elsewhere";
    if (failure == EACCES) advice = "ports below 1024 need a right: the packaged service has it";
    if (failure == EADDRNOTAVAIL) advice = "this machine has no such address: ip address";
    if (advice.empty()) advice = "listen elsewhere";
  }
  return {"ports", health, said, advice};
}

Finding check_time_zones() {
  try {
    date::locate_zone("Europe/London");
    return {"time zones", Health::ok, "the zones' data are there", ""};
  } catch (std::runtime_error const&) {
    return {"time zones", Health::fail, "the zones' data are missing: opening hours cannot be told", "install the package tzdata"};
  }
}

Finding check_descriptors(Settings const& settings) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  std::int64_t const needed = settings.limits.connections + descriptors_beside_connections;
  bool const enough = limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= static_cast<rlim_t>(needed);
  std::string const said = limit.rlim_cur == RLIM_INFINITY ? "no limit" : fmt::format("{} are allowed, {} needed for limits.connections", limit.rlim_cur, needed);
  if (enough) return {"file descriptors", Health::ok, said, ""};
  return {"file descriptors", Health::warn, said, "raise LimitNOFILE in the service (ulimit -n in a shell), or lower limits.connections"};
}

}  // namespace rapport::app

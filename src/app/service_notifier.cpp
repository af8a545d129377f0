#include "app/service_notifier.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace rapport::app {
namespace {

std::string_view variable(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  auto const [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && stop == text.data() + text.size() && value > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

ServiceNotifier ServiceNotifier::from_environment() {
  auto const microseconds = number(variable("WATCHDOG_USEC"));
  auto const pid = number(variable("WATCHDOG_PID"));
  bool const ours = !pid || *pid == ::getpid();
  return {std::string(variable("NOTIFY_SOCKET")), microseconds && ours ? std::max<base::Millis>(1, *microseconds / 1'000) : 0};
}

std::optional<base::Millis> ServiceNotifier::alive_every() const {
  if (socket_.empty() || watchdog_ == 0) return std::nullopt;
  return std::max<base::Millis>(1, watchdog_ / 2);
}

bool ServiceNotifier::send(std::string_view message) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path || (socket_[0] != '/' && socket_[0] != '@')) return false;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_[0] == '@') address.sun_path[0] = '\0';  // a name in the abstract space, unix(7)
  int const sender = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (sender < 0) return false;
  auto const length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  ssize_t const sent = ::sendto(sender, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr const*>(&address), length);
  ::close(sender);
  return sent == static_cast<ssize_t>(message.size());
}

}  // namespace rapport::app

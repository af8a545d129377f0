#include "phone/tcp_guard.hpp"

#include <dirent.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <memory>
#include <optional>
#include <string>

#include "base/phone_limits.hpp"

namespace rapport::phone {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

using NameOf = int (*)(int, sockaddr*, socklen_t*);

std::optional<Address> name_of(NameOf which, int descriptor) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  bool const found = which(descriptor, reinterpret_cast<sockaddr*>(&name), &size) == 0;
  if (!found || (name.ss_family != AF_INET && name.ss_family != AF_INET6)) return std::nullopt;
  return Address::of(reinterpret_cast<sockaddr const&>(name));
}

bool is_connection(int descriptor) {
  int kind = 0;
  socklen_t size = sizeof kind;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &kind, &size) == 0 && kind == SOCK_STREAM;
}

/// The descriptors of this process.
std::vector<int> descriptors() {
  std::vector<int> found;
  std::unique_ptr<DIR, CloseFolder> const folder{::opendir("/proc/self/fd")};
  if (!folder) return found;
  while (dirent const* const entry = ::readdir(folder.get())) {
    int number = -1;
    std::size_t const length = std::strlen(entry->d_name);
    auto const [end, error] = std::from_chars(entry->d_name, entry->d_name + length, number);
    if (error == std::errc{} && end == entry->d_name + length) found.push_back(number);
  }
  return found;
}

}  // namespace

void TcpGuard::widen_queues(std::vector<Address> const& listening) {
  for (int const descriptor : descriptors()) {
    int listens = 0;
    socklen_t size = sizeof listens;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0) continue;
    auto const local = name_of(::getsockname, descriptor);
    bool const ours = local && std::ranges::find(listening, *local) != listening.end();
    if (ours) ::listen(descriptor, SOMAXCONN);  // again: it sets the length anew
  }
}

void TcpGuard::shut(std::vector<Address> const& listening, Address const& peer) {
  if (listening.empty()) return;
  for (int const descriptor : descriptors()) {
    if (!is_connection(descriptor)) continue;
    auto const local = name_of(::getsockname, descriptor);
    if (!local || std::ranges::find(listening, *local) == listening.end()) continue;
    if (name_of(::getpeername, descriptor) == peer) ::shutdown(descriptor, SHUT_RDWR);
  }
}

std::size_t TcpGuard::look(std::vector<Address> const& listening, Known const& known, base::Instant now) {
  if (listening.empty()) return 0;
  std::unordered_map<std::string, Stranger> still;
  std::unordered_map<std::string, std::size_t> of_host;
  std::size_t shut = 0;
  for (int const descriptor : descriptors()) {
    if (!is_connection(descriptor)) continue;
    auto const local = name_of(::getsockname, descriptor);
    if (!local || std::ranges::find(listening, *local) == listening.end()) continue;
    auto const peer = name_of(::getpeername, descriptor);
    if (!peer || known(*peer)) continue;  // without a peer it is the one that listens, or is gone
    std::string const name = peer->text();
    auto const before = strangers_.find(name);
    bool const seen = before != strangers_.end() && before->second.descriptor == descriptor;
    Stranger const stranger{descriptor, seen ? before->second.since : now};
    bool const fits = still.size() < limits::stranger_connections_max && of_host[peer->host()] < limits::stranger_connections_per_host_max;
    if (fits && now - stranger.since < limits::stranger_connection_ms) {
      still.emplace(name, stranger);
      ++of_host[peer->host()];
      continue;
    }
    ::shutdown(descriptor, SHUT_RDWR);
    ++shut;
  }
  strangers_ = std::move(still);
  return shut;
}

}  // namespace rapport::phone

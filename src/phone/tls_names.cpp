#include "phone/tls_names.hpp"

#include <dlfcn.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <unordered_map>
#include <utility>
#include <vector>

#include "phone/tcp_guard.hpp"

// libre declares it only for those who are built as it was itself.
extern "C" ssl_ctx_st* tls_openssl_context(tls const* context);

namespace rapport::phone {
namespace {

struct ExpectedName {
  std::string name;
  std::size_t users = 0;
};

/// By address with port.
std::unordered_map<std::string, ExpectedName>& expected_names() {
  thread_local std::unordered_map<std::string, ExpectedName> names;
  return names;
}

struct NewestConnection {
  tcp_conn const* connection = nullptr;
  Address to{};
};

/// That libre opened on this thread.
NewestConnection& newest_connection() {
  thread_local NewestConnection newest;
  return newest;
}

/// Our addresses at which connections by TLS were taken on this thread: as many as we listen at.
std::vector<Address>& doors() {
  thread_local std::vector<Address> addresses;
  return addresses;
}

/// Somebody opened it to us. False: from an address that is a trunk's; libre would say to them what is for the
/// trunk, though they have shown no certificate.
bool admits(tcp_conn const* connection) {
  sa peer{};
  sa local{};
  if (tcp_conn_peer_get(connection, &peer) != 0 || tcp_conn_local_get(connection, &local) != 0) return false;
  if (expected_names().contains(address_of(peer).text())) return false;
  Address const door = address_of(local);
  if (std::ranges::find(doors(), door) == doors().end()) doors().push_back(door);
  return true;
}

/// As far as it says already. libre may have forgotten the one that we opened, and made another in its place.
bool leads_to(tcp_conn const* connection, Address const& to) {
  sa peer{};
  return tcp_conn_peer_get(connection, &peer) != 0 || address_of(peer) == to;
}

std::string without_brackets(std::string_view name) { return std::string{name.starts_with('[') ? name.substr(1, name.size() - 2) : name}; }

}  // namespace

bool expect_name(Address const& at, std::string_view name) {
  ExpectedName& expected = expected_names()[at.text()];
  if (expected.users == 0) {
    expected.name = without_brackets(name);
    TcpGuard::shut(doors(), at);
  }
  if (expected.name != without_brackets(name)) return false;
  ++expected.users;
  return true;
}

void forget_name(Address const& at) {
  auto const found = expected_names().find(at.text());
  if (found != expected_names().end() && --found->second.users == 0) expected_names().erase(found);
}

bool use_authorities(tls const* of, std::string const& file) {
  SSL_CTX* const context = tls_openssl_context(of);
  return file.empty() ? SSL_CTX_set_default_verify_paths(context) == 1 : SSL_CTX_load_verify_file(context, file.c_str()) == 1;
}

}  // namespace rapport::phone

// The socket of a connection that is still being made does not say whom it leads to; the call that makes it does.
extern "C" int tcp_connect(tcp_conn** made, sa const* peer, tcp_estab_h* established, tcp_recv_h* received, tcp_close_h* closed, void* argument) {
  using Connect = int (*)(tcp_conn**, sa const*, tcp_estab_h*, tcp_recv_h*, tcp_close_h*, void*);
  static auto const library = reinterpret_cast<Connect>(::dlsym(RTLD_NEXT, "tcp_connect"));
  if (library == nullptr) return ENOSYS;
  int const failed = library(made, peer, established, received, closed, argument);
  if (failed == 0) rapport::phone::newest_connection() = {*made, rapport::phone::address_of(*peer)};
  return failed;
}

extern "C" int tls_start_tcp(tls_conn** made, tls* context, tcp_conn* connection, int layer) {
  using Start = int (*)(tls_conn**, tls*, tcp_conn*, int);
  static auto const library = reinterpret_cast<Start>(::dlsym(RTLD_NEXT, "tls_start_tcp"));
  if (library == nullptr) return ENOSYS;
  auto const newest = std::exchange(rapport::phone::newest_connection(), {});
  bool const ours = newest.connection == connection && rapport::phone::leads_to(connection, newest.to);
  if (!ours && !rapport::phone::admits(connection)) return EPERM;
  int const failed = library(made, context, connection, layer);
  if (failed != 0 || !ours) return failed;
  auto const& names = rapport::phone::expected_names();
  auto const expected = names.find(newest.to.text());
  if (expected == names.end()) return 0;  // a phone that had connected to us
  tls_set_servername(*made, expected->second.name.c_str());
  return tls_set_verify_server(*made, expected->second.name.c_str());
}

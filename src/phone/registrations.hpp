#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.hpp"
#include "phone/address.hpp"

namespace rapport::phone {

/// Who may log a phone in.
struct Account {
  std::string agent;   ///< the user's id, or the trunk's name
  std::string login;   ///< what the phone calls itself
  std::string secret;  ///< digest_secret of its password
};

enum class Transport : std::uint8_t { udp,
                                      tcp,
                                      tls };
/// As addresses are written and URIs name it: "udp".
std::string_view name(Transport transport);
/// Of "tls:127.0.0.1:5061" what stands before the colon.
std::optional<Transport> transport_in(std::string_view address);

/// Where a phone can be reached.
struct Binding {
  std::string user;  ///< of its contact URI
  Address source;    ///< where its registration came from; requests go there, through its router
  Transport transport = Transport::udp;
  base::Instant until;
  bool browser = false;  ///< of the desk: ICE, DTLS-SRTP
};

/// Which phones are logged in, and where (RFC 3261, section 10). A value; one thread.
class Registrations {
 public:
  /// Bindings of who is no longer among them go; not those of browsers, which log in without one.
  void set_accounts(std::vector<Account> accounts);
  Account const* account(std::string_view login) const;
  /// Theirs, by the user's id.
  Account const* account_of(std::string_view agent) const;

  /// A phone logs in, or says again that it is there: that makes it no newer. Of an agent's several the oldest goes at
  /// limits::registrations_per_agent_max. False at limits::registrations_max of all.
  bool add(std::string const& agent, Binding binding, base::Instant now);
  /// Those from this address; all of the agent's: nullopt.
  void remove(std::string const& agent, std::optional<Address> const& source);

  /// The agent's newest.
  Binding const* find(std::string const& agent, base::Instant now) const;
  std::vector<Binding> bindings(std::string const& agent, base::Instant now) const;
  /// Whose phones send from there: of several behind one proxy, and of one that several use, all, in no order.
  std::vector<std::string> agents_at(Address const& source, base::Instant now) const;
  std::size_t size() const { return by_source_.size(); }

 private:
  void drop(std::string const& agent, std::function<bool(Binding const&)> const& meant);

  std::unordered_map<std::string, Account> accounts_;               ///< by login
  std::unordered_map<std::string, std::vector<Binding>> bindings_;  ///< by agent, the newest last
  std::unordered_multimap<std::string, std::string> by_source_;     ///< address → agent, of each binding
};

}  // namespace rapport::phone

#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "phone/re.hpp"
#include "phone/target.hpp"

namespace rapport::phone {

/// Where a SIP name is reached (RFC 3263): NAPTR says by which transport, SRV by which hosts and ports, A and
/// AAAA their addresses, unless /etc/hosts has them. An address is its own answer. libre asks, so nothing
/// waits. Names are asked as they are written, without a search list. The signalling thread's.
class TargetLookup {
 public:
  struct Wish {
    std::string host;  ///< IPv6 addresses in brackets
    std::uint16_t port = 0;
    std::optional<Transport> transport{};
  };
  struct Found {
    std::vector<Target> targets;           ///< empty: none is known
    base::Millis good_for = base::minute;  ///< ms
    bool in_part = false;                  ///< a question failed: there may be more, or other ones
  };
  /// Whether we speak it, by addresses of that family (AF_INET, AF_INET6).
  using Speaks = std::function<bool(Transport, int family)>;

  /// `asks` outlives it; null: nobody is asked.
  TargetLookup(dnsc* asks, Wish wish, Speaks speaks);
  ~TargetLookup();
  TargetLookup(TargetLookup const&) = delete;
  TargetLookup& operator=(TargetLookup const&) = delete;

  /// `found` is told once, perhaps at once; it must not destroy the lookup. One at a time.
  void start(std::function<void(Found)> found);
  bool under_way() const { return found_ != nullptr; }
  /// Nothing is told.
  void stop();

 private:
  struct Question;
  struct Host {
    std::string name;
    std::uint16_t port = 0;
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
  };

  void ask(std::string const& name, std::uint16_t type, std::function<void(list const*)> then);
  static void on_answer(int error, dnshdr const* header, list* answers, list* authorities, list* more, void* question);
  std::vector<dnsrr const*> records(list const* answers, std::uint16_t type);
  void services(list const* answers);
  void ask_service(Transport transport);
  void hosts(Transport transport, bool named, list const* answers);
  void ask_addresses(Transport transport, Host const& host);
  void add(Transport transport, Host const& host, Address const& address);
  void finish_if_done();

  dnsc* asks_;
  Wish wish_;
  Speaks speaks_;
  std::function<void(Found)> found_;
  Found result_;
  std::deque<std::unique_ptr<Question>> questions_;  ///< under way
};

}  // namespace rapport::phone

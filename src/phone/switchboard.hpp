#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "phone/browsers.hpp"
#include "phone/call.hpp"
#include "phone/digest.hpp"
#include "phone/phone.hpp"
#include "phone/re.hpp"
#include "phone/tcp_guard.hpp"
#include "phone/trunks.hpp"
#include "phone/trust.hpp"

namespace rapport::phone {

/// The SIP end of the phone: who may speak to us, which phones are logged in, and the calls. All of it on
/// the signalling thread, within libre's loop.
class Switchboard {
 public:
  /// `options` and the rest outlive it.
  Switchboard(PhoneOptions const& options, CentreSide& centre, MediaThreads& media, Recorder& recorder, Handshakes& handshakes, base::Metrics& metrics);
  ~Switchboard();
  Switchboard(Switchboard const&) = delete;
  Switchboard& operator=(Switchboard const&) = delete;

  /// Listens. Error: an address that cannot be had.
  base::Result<void> open();
  std::vector<SipAddress> const& addresses() const { return addresses_; }

  void follow(std::string const& interaction, Wanted wanted);
  void refuse(std::string const& interaction, std::uint16_t status, std::string const& reason);
  void refuse_second(std::string const& interaction, std::uint32_t attempt, std::uint16_t status, std::string const& reason);
  void place(Placement const& placement);
  void referred(std::string const& interaction, std::uint16_t status);
  // Of browsers that are phones (see Browsers).
  void browser_opened(BrowserNumber number, BrowserPage const& who, std::shared_ptr<BrowserEnd> end) { browsers_.opened(number, who, std::move(end)); }
  void browser_said(BrowserNumber number, std::string const& message) { browsers_.said(number, message); }
  void browser_closed(BrowserNumber number, bool left) { browsers_.closed(number, left, options_.clock()); }
  void announce(std::string const& interaction, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket);
  void talked(CallNumber call, LegNumber leg, media::Talk const& talk);
  void press(std::string const& interaction, std::string const& keys);
  void set_accounts(std::vector<Account> accounts) { registrations_.set_accounts(std::move(accounts)); }
  /// Hangs up everybody; `then` is called when they know, or after a second.
  void close(std::function<void()> then);

 private:
  struct Counters {
    explicit Counters(base::Metrics& metrics);
    base::Counter& unknown;
    base::Counter& banned;
    base::Counter& connections_shut;
    base::Counter& failed_logins;
    base::Counter& logins;
    base::Counter& calls;
    base::Counter& placed;
    base::Counter& calls_refused;
    base::Gauge& calls_open;
    base::Gauge& phones;
  };

  static bool on_request(sip_msg const* message, void* self);
  static bool on_rest(sip_msg const* message, void* self);
  static void on_invite(sip_msg const* message, void* self);
  static void on_tick(void* self);
  static void on_closed(void* self);
  static bool on_subscribe(sip_msg const* message, void* self);

  /// True where nobody else shall see it.
  bool guard(sip_msg const& message);
  void invited(sip_msg const& message);
  void add_call(std::string const& interaction, CallNumber number, std::unique_ptr<Call> call);
  // Calls of agents' phones (switchboard_agents.cpp).
  std::string agent_calling(sip_msg const& invite) const;
  void invited_by_agent(sip_msg const& message, std::string const& agent);
  bool knows(Address const& source, base::Instant now) const;
  /// Whoever is not known any more may bring to its end what they have in hand.
  bool is_in_call(Address const& source) const;
  void tick();
  void every_second();
  std::vector<Address> tcp_addresses() const;
  void tidy();
  base::Result<void> listen(SipAddress const& address);
  base::Result<void> listen_at(SipAddress const& address);
  base::Result<void> open_tls();
  bool speaks(Transport transport, int family) const;
  Address local_towards(Address const& peer, Transport transport) const;
  base::Result<void> listen_for_browsers();
  bool of_browser(sip_msg const& message) const;
  bool guard_browser(sip_msg const& message);
  void browser_gone(std::string const& agent, Address const& source);
  void refuse_call(sip_msg const& message, SipLeg::Refusal const& why);

  // Logging phones in (switchboard_register.cpp).
  // `book`: of agents' phones, or of trunks that log in to us.
  void registered(sip_msg const& message);
  /// True where it is not to be taken: who it says it is has still to be proved, or is nobody.
  bool stops_stranger(sip_msg const& message);
  enum class Proved : std::uint8_t { yes,
                                     no,
                                     asked  ///< for the proof
  };
  Proved prove(sip_msg const& message, Account const& account);
  void challenge(sip_msg const& message, bool stale);
  bool proves(sip_msg const& message, Account const& account, bool& stale);
  void bind(sip_msg const& message, Account const& account, Registrations& book);
  void answer_registration(sip_msg const& message, std::string const& agent, Registrations const& book);

  PhoneOptions const& options_;
  CentreSide& centre_;
  MediaThreads& media_;
  Counters counters_;
  Trust trust_;
  TcpGuard tcp_guard_;
  Nonces nonces_;
  Registrations registrations_;
  Browsers browsers_;
  Trunks trunks_;
  PortPool ports_;
  base::IdGenerator ids_;
  std::mt19937_64 random_;  ///< of RTP's beginnings; seeded by the system
  Call::Ground ground_;
  std::vector<SipAddress> addresses_;
  std::unordered_map<std::string, std::unique_ptr<Call>> calls_;  ///< by interaction
  std::unordered_map<CallNumber, Call*> by_number_;
  std::vector<std::unique_ptr<SipLeg>> buried_;
  CallNumber next_call_ = 1;
  LegNumber next_leg_ = 1;
  Re<struct tls> tls_;  ///< outlives the stack's connections
  Re<struct sip> stack_;
  Re<sip_lsnr> guard_;
  Re<sipsess_sock> sessions_;
  Re<sipevent_sock> events_;
  Re<sip_lsnr> rest_;
  tmr timer_{};
  std::function<void()> then_;  ///< of close
  std::size_t ticks_to_close_ = 0;
  std::uint64_t ticks_ = 0;
};

}  // namespace rapport::phone

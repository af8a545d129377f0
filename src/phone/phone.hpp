#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "phone/address.hpp"
#include "phone/browser_end.hpp"
#include "phone/centre_side.hpp"
#include "phone/recorder.hpp"
#include "phone/registrations.hpp"
#include "phone/trunk.hpp"

namespace rapport::phone {

/// Where SIP is spoken.
struct SipAddress {
  Transport transport = Transport::udp;
  Address address;
};

/// A certificate with those that vouch for it, and its key, in PEM.
struct PhoneIdentity {
  std::string certificate;
  std::string key;
};

struct PhoneOptions {
  std::vector<SipAddress> listen;
  std::vector<Network> trusted;             ///< beside loopback: trunks. Everybody else who is no phone of ours gets no reply
  std::optional<PhoneIdentity> identity{};  ///< needed where SIP is spoken by TLS
  std::optional<Address> external{};        ///< our host as those beyond a router see it that translates
  std::uint16_t first_media_port = 20'000;
  std::uint16_t last_media_port = 39'999;
  Recorder::Place recordings;                       ///< where they go
  std::vector<Trunk> trunks{};                      ///< in the order in which calls are placed by them
  std::optional<Address> resolver{};                ///< DNS, for trunks' names; nothing: the system's
  std::string authorities{};                        ///< a PEM file: who vouches for trunks' certificates; empty: the system's
  base::Millis trunk_check_ms = 30 * base::second;  ///< between two questions whether a trunk is there
  base::Millis ring_ms = 40 * base::second;         ///< that a call of ours rings before it has no answer
  std::function<base::Instant()> clock;
  std::size_t sound_threads = 1;  ///< at most limits::sound_threads_max
  std::uint64_t seed = 0;         ///< random; of ids
};

/// The phone: SIP by libre on a thread of its own, sound on some others, recordings on one more. One a process,
/// for libre has state of the process.
///
/// An unknown caller gets no reply. A call of a trusted source rings, is told to the centre (CentreSide)
/// and waits to be taken into a queue there (`follow`) or refused. From then on `follow` says where the
/// centre has it. Calls that nobody asks for any more end as over.
class Phone {
 public:
  /// `centre` and `metrics` outlive it. Error: an address that cannot be had.
  static base::Result<std::unique_ptr<Phone>> start(PhoneOptions options, CentreSide& centre, Recorder::Finished finished, base::Metrics& metrics);
  /// Stops, if `stop` was not called.
  ~Phone();
  Phone(Phone const&) = delete;
  Phone& operator=(Phone const&) = delete;

  // Any thread; none waits. Above limits::phone_commands_max they are refused, and counted.
  void follow(std::string interaction, Wanted wanted);
  /// `reason`: that the phone is told beside the status; empty: the status' own.
  void refuse(std::string interaction, std::uint16_t status, std::string reason = {});
  /// The centre asks nobody for this attempt of CentreSide::agent_asks.
  void refuse_second(std::string interaction, std::uint32_t attempt, std::uint16_t status, std::string reason);
  /// Begins a call that we place; what `follow` says of it rings the agent's phone first, and the customer's
  /// once that is lifted. A call of the same interaction ends. False: refused.
  bool place(Placement placement);
  /// What became of CentreSide::agent_refers or agent_hands_over, as a SIP status.
  void referred(std::string interaction, std::uint16_t status);
  /// To a caller who was taken, in the place of what they hear; CentreSide::announced when it is over. Stops
  /// what was announced before. It ends as soon as they talk with an agent. Null: nothing more.
  void announce(std::string interaction, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket);
  /// For the caller of a call that is under way; of 0123456789*#.
  void press(std::string interaction, std::string keys);
  /// Never refused: a login that was revoked would stay good.
  void set_accounts(std::vector<Account> accounts);
  // A browser connects as the phone of an agent, who is known by other means than SIP's; `left`: the page
  // itself went, so that its calls need not wait for it.
  void browser_opened(BrowserNumber number, BrowserPage who, std::shared_ptr<BrowserEnd> end);
  void browser_said(BrowserNumber number, std::string message);
  void browser_closed(BrowserNumber number, bool left);

  /// Hangs up everybody, finishes recordings. Not from its own threads.
  void stop();

  /// Where it listens, with the ports that the system chose.
  std::vector<SipAddress> const& addresses() const;

 private:
  struct Impl;
  explicit Phone(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::phone

#pragma once

#include <openssl/ssl.h>

#include <array>
#include <atomic>
#include <boost/lockfree/queue.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <semaphore>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "base/result.hpp"
#include "phone/address.hpp"
#include "phone/dtls_identity.hpp"
#include "phone/rtp_sockets.hpp"

namespace rapport::phone {

/// Keys and salts of SRTP in either direction, as libre's srtp_alloc takes them.
struct SrtpKeys {
  static constexpr std::size_t bytes = 16 + 14;
  std::array<std::uint8_t, bytes> ours{};
  std::array<std::uint8_t, bytes> theirs{};

  bool operator==(SrtpKeys const&) const = default;
};

/// One leg's handshake, where we are the server. Made by Handshakes::begin.
class Handshake {
 public:
  enum class State : std::uint8_t { shaking,
                                    done,
                                    failed  ///< another certificate than the SDP said, no SRTP, or an alert
  };

  ~Handshake();
  Handshake(Handshake const&) = delete;
  Handshake& operator=(Handshake const&) = delete;

  // Any thread.
  State state() const { return state_.load(std::memory_order_acquire); }
  /// REQUIRES: done.
  SrtpKeys const& keys() const { return keys_; }

 private:
  friend class Handshakes;
  Handshake(SSL* ssl, Descriptor socket, std::string fingerprint);

  // The handshakes' thread.
  void take(std::span<std::uint8_t const> datagram, Address const& from);
  void on_time();
  void step();
  void send();
  State finish();

  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
  };
  std::unique_ptr<SSL, Free> ssl_;
  Descriptor socket_;        ///< of the leg, a second time
  std::string fingerprint_;  ///< that the peer's certificate must have
  Address peer_;
  SrtpKeys keys_;
  std::atomic<State> state_{State::shaking};
};

/// The thread on which all handshakes are made, so that none holds up sound.
class Handshakes {
 public:
  Handshakes(DtlsIdentity identity, base::Metrics& metrics);
  ~Handshakes();
  Handshakes(Handshakes const&) = delete;
  Handshakes& operator=(Handshakes const&) = delete;

  std::string const& fingerprint() const { return identity_.fingerprint(); }
  /// The signalling thread. `socket` is the leg's; it stays the leg's, too.
  base::Result<std::shared_ptr<Handshake>> begin(Descriptor const& socket, std::string fingerprint);
  /// Any media thread; never waits, takes no lock. Beyond limits::dtls_datagrams_max it is lost, and will be
  /// sent again.
  void take(std::shared_ptr<Handshake> const& handshake, std::span<std::uint8_t const> datagram, Address const& from);

 private:
  struct Piece {
    std::shared_ptr<Handshake> handshake;
    Address from;
    std::size_t size = 0;
    std::array<std::uint8_t, limits::datagram_bytes_max> bytes;
  };
  void run();
  void work();
  void repeat();

  DtlsIdentity identity_;
  base::Counter& done_;
  base::Counter& failed_;
  base::Counter& lost_;
  boost::lockfree::queue<Piece*, boost::lockfree::capacity<limits::dtls_datagrams_max>> pieces_;
  std::counting_semaphore<> woken_{0};
  std::vector<std::weak_ptr<Handshake>> shaking_;  ///< the thread's
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace rapport::phone

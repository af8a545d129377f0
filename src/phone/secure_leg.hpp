#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "phone/address.hpp"
#include "phone/dtls.hpp"
#include "phone/srtp.hpp"
#include "phone/stun.hpp"

namespace rapport::phone {

/// What a browser and we have told each other by SDP.
struct SecureTerms {
  std::string username;  ///< of its checks: "ours:theirs"
  std::string password;  ///< ours

  bool operator==(SecureTerms const&) const = default;
};

/// A browser's leg below RTP: one port for ICE-lite, DTLS and SRTP with RTCP. It answers checks, has the
/// handshake made elsewhere, and opens and locks sound when the keys are there. Made on the signalling
/// thread, used on the media thread.
class SecureLeg {
 public:
  using Bytes = std::span<std::uint8_t const>;
  enum class Kind : std::uint8_t { consumed,  ///< a check or a handshake's part
                                   sound,
                                   report,
                                   refused };
  struct Opened {
    Kind kind = Kind::refused;
    Bytes bytes{};  ///< plain RTP or RTCP, until the next call
  };

  SecureLeg(SecureTerms terms, std::shared_ptr<Handshake> handshake, Handshakes& handshakes)
      : terms_(std::move(terms)), handshake_(std::move(handshake)), handshakes_(handshakes) {}

  /// The browser looks for its way anew, by other names; until it has found it, the old one stays. Keys stay.
  void check_by(SecureTerms terms) { terms_ = std::move(terms); }
  /// `socket` is where an answer goes out.
  Opened open(Bytes datagram, Address const& from, int socket);
  // Empty while there are no keys.
  Bytes protect(Bytes rtp) { return ready() ? srtp_->protect(rtp) : Bytes{}; }
  Bytes protect_report(Bytes rtcp) { return ready() ? srtp_->protect_report(rtcp) : Bytes{}; }
  /// Where the browser's newest nomination came from; not valid: it made none yet.
  Address const& remote() const { return remote_; }

 private:
  bool ready();
  bool answer(Bytes datagram, Address const& from, int socket);

  SecureTerms terms_;
  std::shared_ptr<Handshake> handshake_;
  Handshakes& handshakes_;
  std::optional<Srtp> srtp_;
  Address remote_;
};

}  // namespace rapport::phone

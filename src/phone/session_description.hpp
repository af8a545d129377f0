#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/bridge.hpp"
#include "phone/address.hpp"
#include "phone/dtls.hpp"
#include "phone/re.hpp"

namespace rapport::phone {

/// What two ends agreed on for their sound.
struct Agreed {
  media::Format format{};
  Address remote;  ///< where the peer wants RTP; not valid: nowhere
  bool peer_sends = true;
  bool peer_receives = true;       ///< false too where the peer holds us
  std::string peer_ufrag{};        ///< a browser's name in ICE, and
  std::optional<SrtpKeys> lock{};  ///< of sound under SRTP whose keys SDP told
  std::string peer_fingerprint{};  ///< its certificate's SHA-256; empty: it is no browser's

  bool operator==(Agreed const&) const = default;
};

/// What a browser is told beside: one port for everything, ICE-lite, DTLS-SRTP.
struct BrowserTerms {
  std::string ufrag;
  std::string password;
  std::string fingerprint;
  std::vector<Address> candidates;  ///< where it may try to reach us
};

/// One leg's side of SDP: offers and answers of one audio stream (RFC 3264). The signalling thread's.
class SessionDescription {
 public:
  /// `local` is where our RTP comes in, as the peer shall see it.
  static base::Result<SessionDescription> make(Address const& local);

  using LockKey = std::array<std::uint8_t, SrtpKeys::bytes>;
  /// The same, but takes sound under lock (RTP/SAVP, RFC 4568) where the peer offers it, by this key of ours.
  static base::Result<SessionDescription> make(Address const& local, LockKey const& key);
  /// Offers sound under lock, and takes no other.
  static base::Result<SessionDescription> make_locked(Address const& local, LockKey const& key);

  /// For a browser's leg.
  static base::Result<SessionDescription> make(Address const& local, BrowserTerms const& terms);

  /// Of a browser's leg: by these its checks are made from the next answer on (RFC 8839, section 4.4.3).
  base::Result<void> rename(std::string const& ufrag, std::string const& password);

  /// Our offer, or our answer to the last offer that was read.
  base::Result<Re<mbuf>> write(bool offer);
  /// The peer's. Error: no SDP, or nothing in it that we can speak.
  base::Result<Agreed> read(std::string_view text, bool offer);

 private:
  SessionDescription(Re<sdp_session> session, sdp_media* audio) : session_(std::move(session)), audio_(audio) {}
  static base::Result<SessionDescription> with(Address const& local, char const* protocol);
  bool read_browser(Agreed& agreed, bool offer) const;
  bool read_lock(Agreed& agreed, bool offer);

  Re<sdp_session> session_;
  sdp_media* audio_;  ///< the session's
  bool browser_ = false;
  std::optional<LockKey> own_key_{};
};

}  // namespace rapport::phone

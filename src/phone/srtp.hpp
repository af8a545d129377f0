#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "phone/dtls.hpp"
#include "phone/re.hpp"

namespace rapport::phone {

/// Sound under lock (RFC 3711, AES_CM_128_HMAC_SHA1_80), by libre. Belongs to the thread that made it. What
/// it returns is good until the next call.
class Srtp {
 public:
  using Bytes = std::span<std::uint8_t const>;

  static std::optional<Srtp> make(SrtpKeys const& keys);

  /// The peer has a new key; ours goes on, with its counters. False, and no change: it cannot be had.
  bool hear_by(std::array<std::uint8_t, SrtpKeys::bytes> const& theirs);

  // Empty where it could not be done: of what came, it was forged, repeated or no RTP.
  Bytes protect(Bytes rtp);
  Bytes protect_report(Bytes rtcp);
  Bytes open(Bytes srtp);
  Bytes open_report(Bytes srtcp);

 private:
  using Step = int(srtp*, mbuf*);
  Srtp() = default;
  Bytes with(Step& step, srtp* context, Bytes bytes);

  Re<srtp> ours_;
  Re<srtp> theirs_;
  Re<mbuf> room_;
};

}  // namespace rapport::phone

#include "phone/srtp.hpp"

#include "base/phone_limits.hpp"

namespace rapport::phone {
namespace {

constexpr std::size_t room_for_tags = 64;

Re<srtp> context(std::array<std::uint8_t, SrtpKeys::bytes> const& key) {
  srtp* made = nullptr;
  if (srtp_alloc(&made, SRTP_AES_CM_128_HMAC_SHA1_80, key.data(), key.size(), 0) != 0) return nullptr;
  return Re<srtp>{made};
}

}  // namespace

std::optional<Srtp> Srtp::make(SrtpKeys const& keys) {
  Srtp made;
  made.ours_ = context(keys.ours);
  made.theirs_ = context(keys.theirs);
  made.room_.reset(mbuf_alloc(limits::datagram_bytes_max + room_for_tags));
  return made.ours_ && made.theirs_ && made.room_ ? std::optional<Srtp>{std::move(made)} : std::nullopt;
}

bool Srtp::hear_by(std::array<std::uint8_t, SrtpKeys::bytes> const& theirs) {
  Re<srtp> made = context(theirs);
  if (made == nullptr) return false;
  theirs_ = std::move(made);
  return true;
}

Srtp::Bytes Srtp::with(Step& step, srtp* context, Bytes bytes) {
  if (bytes.empty() || bytes.size() > limits::datagram_bytes_max) return {};
  mbuf* const room = room_.get();
  mbuf_rewind(room);
  mbuf_write_mem(room, bytes.data(), bytes.size());
  mbuf_set_pos(room, 0);
  if (step(context, room) != 0) return {};
  mbuf_set_pos(room, 0);
  return {room->buf, room->end};
}

Srtp::Bytes Srtp::protect(Bytes rtp) { return with(srtp_encrypt, ours_.get(), rtp); }
Srtp::Bytes Srtp::protect_report(Bytes rtcp) { return with(srtcp_encrypt, ours_.get(), rtcp); }
Srtp::Bytes Srtp::open(Bytes srtp) { return with(srtp_decrypt, theirs_.get(), srtp); }
Srtp::Bytes Srtp::open_report(Bytes srtcp) { return with(srtcp_decrypt, theirs_.get(), srtcp); }

}  // namespace rapport::phone

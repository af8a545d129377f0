#include "phone/secure_leg.hpp"

#include <sys/socket.h>

#include "media/rtp.hpp"

namespace rapport::phone {
namespace {

// RFC 7983: which protocol a datagram of a shared port is of.
bool is_dtls(std::span<std::uint8_t const> datagram) { return !datagram.empty() && datagram[0] >= 20 && datagram[0] <= 63; }
bool is_rtp(std::span<std::uint8_t const> datagram) { return !datagram.empty() && datagram[0] >= 128 && datagram[0] <= 191; }

}  // namespace

bool SecureLeg::ready() {
  if (!srtp_ && handshake_->state() == Handshake::State::done) srtp_ = Srtp::make(handshake_->keys());
  return srtp_.has_value();
}

bool SecureLeg::answer(Bytes datagram, Address const& from, int socket) {
  auto const check = read_check(datagram, terms_.username, terms_.password);
  if (!check) return false;
  if (check->nominates) remote_ = from;
  std::array<std::uint8_t, check_answer_bytes_max> bytes;
  std::size_t const size = answer_check(*check, from, terms_.password, bytes);
  // An answer that is lost is asked for again.
  static_cast<void>(::sendto(socket, bytes.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL, from.raw(), from.raw_size()));
  return true;
}

SecureLeg::Opened SecureLeg::open(Bytes datagram, Address const& from, int socket) {
  if (is_stun(datagram)) return {answer(datagram, from, socket) ? Kind::consumed : Kind::refused, {}};
  if (is_dtls(datagram)) {
    bool const known = remote_.valid() && remote_ == from;
    if (known) handshakes_.take(handshake_, datagram, from);
    return {known ? Kind::consumed : Kind::refused, {}};
  }
  if (!is_rtp(datagram) || !ready()) return {};
  bool const report = media::is_rtcp(datagram);
  Bytes const plain = report ? srtp_->open_report(datagram) : srtp_->open(datagram);
  if (plain.empty()) return {};
  return {report ? Kind::report : Kind::sound, plain};
}

}  // namespace rapport::phone

#include "phone/dtls.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace rapport::phone {
namespace {

constexpr std::size_t mtu = 1'200;  // what passes every tunnel
constexpr std::size_t record_header_bytes = 13;
constexpr std::chrono::milliseconds repeat_every{100};
constexpr std::size_t flight_bytes_max = 16U << 10U;

/// How many bytes from the beginning fit into one datagram: whole records, at least one.
std::size_t whole_records(std::span<std::uint8_t const> bytes) {
  std::size_t end = 0;
  while (bytes.size() - end >= record_header_bytes) {
    std::size_t const size = record_header_bytes + (static_cast<std::size_t>(bytes[end + 11]) << 8U | bytes[end + 12]);
    bool const fits = end == 0 || end + size <= mtu;
    if (!fits || size > bytes.size() - end) break;
    end += size;
  }
  return end == 0 ? bytes.size() : end;
}

}  // namespace

Handshake::Handshake(SSL* ssl, Descriptor socket, std::string fingerprint) : ssl_(ssl), socket_(std::move(socket)), fingerprint_(std::move(fingerprint)) {}
Handshake::~Handshake() = default;

void Handshake::take(std::span<std::uint8_t const> datagram, Address const& from) {
  peer_ = from;
  BIO_write(SSL_get_rbio(ssl_.get()), datagram.data(), static_cast<int>(datagram.size()));
  step();
}

void Handshake::on_time() {
  if (state() != State::shaking) return;
  ERR_clear_error();
  if (DTLSv1_handle_timeout(ssl_.get()) < 0) state_.store(State::failed, std::memory_order_release);
  send();
}

void Handshake::step() {
  ERR_clear_error();
  if (state() == State::shaking) {
    int const result = SSL_do_handshake(ssl_.get());
    int const error = SSL_get_error(ssl_.get(), result);
    send();
    if (result == 1)
      state_.store(finish(), std::memory_order_release);
    else if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE)
      state_.store(State::failed, std::memory_order_release);
    return;
  }
  // A repetition of the peer's last flight is answered by ours once more. Nobody sends data here.
  std::array<char, 64> data{};
  while (SSL_read(ssl_.get(), data.data(), static_cast<int>(data.size())) > 0) continue;
  BIO_reset(SSL_get_rbio(ssl_.get()));
  send();
}

void Handshake::send() {
  std::array<std::uint8_t, flight_bytes_max> flight;
  int const size = BIO_read(SSL_get_wbio(ssl_.get()), flight.data(), static_cast<int>(flight.size()));
  if (size <= 0 || !peer_.valid()) return;
  std::span<std::uint8_t const> left{flight.data(), static_cast<std::size_t>(size)};
  while (!left.empty()) {
    std::size_t const part = whole_records(left);
    // What is lost is repeated.
    static_cast<void>(::sendto(socket_.number(), left.data(), part, MSG_DONTWAIT | MSG_NOSIGNAL, peer_.raw(), peer_.raw_size()));
    left = left.subspan(part);
  }
}

/// Is it whom the SDP named, and what are the keys (RFC 5764, section 4.2)?
Handshake::State Handshake::finish() {
  constexpr std::string_view label = "EXTRACTOR-dtls_srtp";
  constexpr std::size_t key_bytes = 16;
  constexpr std::size_t salt_bytes = 14;
  X509* const certificate = SSL_get1_peer_certificate(ssl_.get());
  if (certificate == nullptr) return State::failed;
  bool const expected = fingerprint_of(*certificate) == fingerprint_;
  X509_free(certificate);
  if (!expected || SSL_get_selected_srtp_profile(ssl_.get()) == nullptr) return State::failed;
  std::array<std::uint8_t, 2 * (key_bytes + salt_bytes)> material;  // client's key, server's key, client's salt, server's salt
  if (SSL_export_keying_material(ssl_.get(), material.data(), material.size(), label.data(), label.size(), nullptr, 0, 0) != 1) return State::failed;
  auto const part = [&](std::size_t at, std::size_t size, auto to) { std::copy_n(material.begin() + static_cast<std::ptrdiff_t>(at), size, to); };
  part(0, key_bytes, keys_.theirs.begin());
  part(key_bytes, key_bytes, keys_.ours.begin());
  part(2 * key_bytes, salt_bytes, keys_.theirs.begin() + key_bytes);
  part(2 * key_bytes + salt_bytes, salt_bytes, keys_.ours.begin() + key_bytes);
  return State::done;
}

Handshakes::Handshakes(DtlsIdentity identity, base::Metrics& metrics)
    : identity_(std::move(identity)),
      done_(metrics.counter("rapport_dtls_handshakes_total", "Handshakes of browsers' legs.", {{"result", "done"}})),
      failed_(metrics.counter("rapport_dtls_handshakes_total", "Handshakes of browsers' legs.", {{"result", "failed"}})),
      lost_(metrics.counter("rapport_dtls_datagrams_lost_total", "Datagrams of handshakes beyond dtls_datagrams_max.")),
      thread_([this] { run(); }) {}

Handshakes::~Handshakes() {
  stopping_ = true;
  woken_.release();
  thread_.join();
  Piece* left = nullptr;
  while (pieces_.pop(left)) delete left;
}

base::Result<std::shared_ptr<Handshake>> Handshakes::begin(Descriptor const& socket, std::string fingerprint) {
  base::Error const failed{"a handshake could not be begun"};
  Descriptor own{::fcntl(socket.number(), F_DUPFD_CLOEXEC, 0)};
  SSL* const ssl = SSL_new(identity_.context());
  if (!own || ssl == nullptr) {
    SSL_free(ssl);
    return failed;
  }
  std::shared_ptr<Handshake> handshake{new Handshake{ssl, std::move(own), std::move(fingerprint)}};
  BIO* const in = BIO_new(BIO_s_mem());
  BIO* const out = BIO_new(BIO_s_mem());
  if (in == nullptr || out == nullptr) {
    BIO_free(in);
    BIO_free(out);
    return failed;
  }
  BIO_set_mem_eof_return(in, -1);
  BIO_set_mem_eof_return(out, -1);
  SSL_set_bio(ssl, in, out);
  SSL_set_mtu(ssl, static_cast<long>(mtu));
  SSL_set_accept_state(ssl);
  return handshake;
}

void Handshakes::take(std::shared_ptr<Handshake> const& handshake, std::span<std::uint8_t const> datagram, Address const& from) {
  if (datagram.size() > limits::datagram_bytes_max) return;
  auto piece = std::make_unique<Piece>();
  piece->handshake = handshake;
  piece->from = from;
  piece->size = datagram.size();
  std::ranges::copy(datagram, piece->bytes.begin());
  if (!pieces_.push(piece.get())) return lost_.add();
  piece.release();  // `work` deletes it
  woken_.release();
}

void Handshakes::run() {
  ::pthread_setname_np(::pthread_self(), "handshakes");
  while (!stopping_) {
    if (shaking_.empty())
      woken_.acquire();
    else
      static_cast<void>(woken_.try_acquire_for(repeat_every));
    work();
    repeat();
  }
}

void Handshakes::work() {
  Piece* next = nullptr;
  while (pieces_.pop(next)) {
    std::unique_ptr<Piece const> const piece{next};
    Handshake& handshake = *piece->handshake;
    bool const first = !handshake.peer_.valid();
    bool const shaking = handshake.state() == Handshake::State::shaking;
    handshake.take(std::span{piece->bytes}.first(piece->size), piece->from);
    if (first) shaking_.push_back(piece->handshake);
    if (shaking && handshake.state() == Handshake::State::done) done_.add();
    if (shaking && handshake.state() == Handshake::State::failed) failed_.add();
  }
}

/// What was lost on the way is sent again; who is done, or gone, is not looked after any more.
void Handshakes::repeat() {
  std::erase_if(shaking_, [](std::weak_ptr<Handshake> const& one) {
    auto const handshake = one.lock();
    if (!handshake || handshake->state() != Handshake::State::shaking) return true;
    handshake->on_time();
    return false;
  });
}

}  // namespace rapport::phone

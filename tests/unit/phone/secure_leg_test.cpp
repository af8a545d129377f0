#include "phone/secure_leg.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include "media/rtp.hpp"

namespace rapport::phone {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr std::chrono::seconds bound{30};

Descriptor socket_at(Address& address) {
  Descriptor made{::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
  address = *Address::parse("127.0.0.1", 0);
  EXPECT_EQ(::bind(made.number(), address.raw(), address.raw_size()), 0);
  sockaddr_storage found{};
  socklen_t size = sizeof found;
  EXPECT_EQ(::getsockname(made.number(), reinterpret_cast<sockaddr*>(&found), &size), 0);
  address = Address::of(reinterpret_cast<sockaddr const&>(found));
  timeval const patience{0, 50'000};
  ::setsockopt(made.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  return made;
}

/// The browser's end of the handshake: OpenSSL's client over a real socket.
class Client {
 public:
  explicit Client(Address const& server) : server_(server), socket_(socket_at(address_)) {
    identity_ = std::make_unique<DtlsIdentity>(*DtlsIdentity::make());
    context_ = SSL_CTX_new(DTLS_client_method());
    SSL_CTX_use_certificate(context_, SSL_CTX_get0_certificate(identity_->context()));
    SSL_CTX_use_PrivateKey(context_, SSL_CTX_get0_privatekey(identity_->context()));
    SSL_CTX_set_tlsext_use_srtp(context_, "SRTP_AES128_CM_SHA1_80");
    SSL_CTX_set_options(context_, SSL_OP_NO_QUERY_MTU);
    ssl_ = SSL_new(context_);
    SSL_set_bio(ssl_, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_mtu(ssl_, 1'200);
    SSL_set_connect_state(ssl_);
  }
  ~Client() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  Address const& address() const { return address_; }
  std::string const& fingerprint() const { return identity_->fingerprint(); }

  /// One step: reads what came, sends what there is. True once it is done.
  bool step() {
    std::array<std::uint8_t, 2'048> bytes{};
    ssize_t const got = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
    if (got > 0) BIO_write(SSL_get_rbio(ssl_), bytes.data(), static_cast<int>(got));
    bool const done = SSL_do_handshake(ssl_) == 1;
    int const size = BIO_read(SSL_get_wbio(ssl_), bytes.data(), static_cast<int>(bytes.size()));
    if (size > 0) {
      EXPECT_EQ(::sendto(socket_.number(), bytes.data(), static_cast<std::size_t>(size), 0, server_.raw(), server_.raw_size()), size);
    }
    return done;
  }
  SrtpKeys keys() const {
    std::array<std::uint8_t, 60> all{};
    EXPECT_EQ(SSL_export_keying_material(ssl_, all.data(), all.size(), "EXTRACTOR-dtls_srtp", 19, nullptr, 0, 0), 1);
    SrtpKeys keys;
    std::copy_n(all.begin(), 16, keys.ours.begin());
    std::copy_n(all.begin() + 16, 16, keys.theirs.begin());
    std::copy_n(all.begin() + 32, 14, keys.ours.begin() + 16);
    std::copy_n(all.begin() + 46, 14, keys.theirs.begin() + 16);
    return keys;
  }

 private:
  Address server_;
  Address address_;
  Descriptor socket_;
  std::unique_ptr<DtlsIdentity> identity_;
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
};

class SecureLegTest : public testing::Test {
 protected:
  /// Lets both shake hands until it is decided.
  Handshake::State shake(std::string const& fingerprint) {
    handshake_ = *handshakes_.begin(socket_, fingerprint);
    auto const until = std::chrono::steady_clock::now() + bound;
    bool client_done = false;
    std::array<std::uint8_t, 2'048> bytes{};
    timeval const patience{0, 1'000};
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (std::chrono::steady_clock::now() < until && (handshake_->state() == Handshake::State::shaking || !client_done)) {
      client_done = client_.step() || client_done;
      ssize_t const got = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
      if (got > 0) handshakes_.take(handshake_, std::span{bytes}.first(static_cast<std::size_t>(got)), client_.address());
      if (handshake_->state() == Handshake::State::failed) break;
    }
    return handshake_->state();
  }

  base::Metrics metrics_;
  Address address_;
  Descriptor socket_ = socket_at(address_);
  Handshakes handshakes_{*DtlsIdentity::make(), metrics_};
  Client client_{address_};
  std::shared_ptr<Handshake> handshake_;
};

Bytes rtp(std::uint16_t sequence) {
  Bytes packet(media::rtp_header_bytes + 160, 0x55);
  media::write_rtp({0, false, sequence, sequence * 160U, 77}, std::span{packet}.first<media::rtp_header_bytes>());
  return packet;
}

TEST_F(SecureLegTest, AHandshakeWithTheNamedCertificateGivesBothTheSameKeys) {
  ASSERT_EQ(shake(client_.fingerprint()), Handshake::State::done);
  SrtpKeys const theirs = client_.keys();
  EXPECT_EQ(handshake_->keys().ours, theirs.theirs);
  EXPECT_EQ(handshake_->keys().theirs, theirs.ours);
}

TEST_F(SecureLegTest, AnotherCertificateThanTheSdpSaidIsRefused) {
  std::string other = client_.fingerprint();
  other[0] = other[0] == 'A' ? 'B' : 'A';
  EXPECT_EQ(shake(other), Handshake::State::failed);
}

TEST_F(SecureLegTest, SoundIsOpenedOnceAndOnlyWhole) {
  ASSERT_EQ(shake(client_.fingerprint()), Handshake::State::done);
  SecureLeg leg{{"ours:theirs", "password"}, handshake_, handshakes_};
  auto browser = Srtp::make(client_.keys());
  ASSERT_TRUE(browser);
  auto const locked = browser->protect(rtp(1));
  Bytes const first{locked.begin(), locked.end()};
  ASSERT_EQ(first.size(), rtp(1).size() + 10);
  auto const opened = leg.open(first, client_.address(), socket_.number());
  EXPECT_EQ(opened.kind, SecureLeg::Kind::sound);
  EXPECT_EQ(Bytes(opened.bytes.begin(), opened.bytes.end()), rtp(1));
  EXPECT_EQ(leg.open(first, client_.address(), socket_.number()).kind, SecureLeg::Kind::refused) << "a second time";
  auto const next = browser->protect(rtp(2));
  Bytes forged{next.begin(), next.end()};
  forged[20] ^= 1;
  EXPECT_EQ(leg.open(forged, client_.address(), socket_.number()).kind, SecureLeg::Kind::refused);
  EXPECT_EQ(leg.open(rtp(3), client_.address(), socket_.number()).kind, SecureLeg::Kind::refused) << "in the clear";
  auto const ours = leg.protect(rtp(9));
  auto const heard = browser->open(ours);
  EXPECT_EQ(Bytes(heard.begin(), heard.end()), rtp(9));
}

TEST_F(SecureLegTest, BeforeTheHandshakeNothingPasses) {
  handshake_ = *handshakes_.begin(socket_, client_.fingerprint());
  SecureLeg leg{{"ours:theirs", "password"}, handshake_, handshakes_};
  EXPECT_TRUE(leg.protect(rtp(1)).empty());
  EXPECT_EQ(leg.open(rtp(1), client_.address(), socket_.number()).kind, SecureLeg::Kind::refused);
  EXPECT_EQ(leg.open(Bytes{22, 1, 2, 3}, client_.address(), socket_.number()).kind, SecureLeg::Kind::refused) << "a handshake of somebody unchecked";
  EXPECT_EQ(leg.open(Bytes{}, client_.address(), socket_.number()).kind, SecureLeg::Kind::refused);
  EXPECT_FALSE(leg.remote().valid());
}

}  // namespace
}  // namespace rapport::phone

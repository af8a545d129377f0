#include "phone/dtls_identity.hpp"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>
#include <cstdint>

namespace rapport::phone {
namespace {

struct FreeParts {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

constexpr long backdated_seconds = 24L * 60 * 60;  // for clocks that go slow
constexpr long valid_seconds = 10L * 365 * 24 * 60 * 60;
constexpr char const* profile = "SRTP_AES128_CM_SHA1_80";

bool fill(X509* certificate, EVP_PKEY* key) {
  std::int32_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial & 0x7FFFFFFF);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -backdated_seconds);
  X509_gmtime_adj(X509_getm_notAfter(certificate), valid_seconds);
  X509_NAME* const name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("rapport"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  return X509_set_pubkey(certificate, key) == 1 && X509_sign(certificate, key, EVP_sha256()) > 0;
}

/// Any certificate: see DtlsIdentity::context.
int believe(int, X509_STORE_CTX*) { return 1; }

}  // namespace

std::string fingerprint_of(X509 const& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{}{:02X}", i == 0 ? "" : ":", digest[i]);
  return text;
}

base::Result<DtlsIdentity> DtlsIdentity::make() {
  base::Error const failed{"the certificate for browsers' sound could not be made"};
  std::unique_ptr<EVP_PKEY, FreeParts> const key{EVP_EC_gen("P-256")};
  std::unique_ptr<X509, FreeParts> const certificate{X509_new()};
  if (!key || !certificate || !fill(certificate.get(), key.get())) return failed;
  DtlsIdentity identity;
  identity.fingerprint_ = fingerprint_of(*certificate);
  identity.context_.reset(SSL_CTX_new(DTLS_server_method()));
  SSL_CTX* const context = identity.context_.get();
  bool const made = context != nullptr && !identity.fingerprint_.empty() && SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
                    SSL_CTX_use_certificate(context, certificate.get()) == 1 && SSL_CTX_use_PrivateKey(context, key.get()) == 1 &&
                    SSL_CTX_set_tlsext_use_srtp(context, profile) == 0;  // this one says 0 where it is done
  if (!made) return failed;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, believe);
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  return identity;
}

}  // namespace rapport::phone

#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/result.hpp"

namespace rapport::phone {

/// With which certificate we speak DTLS-SRTP to browsers: one of our own, made at start (EC P-256), which
/// nobody vouches for but the fingerprint in the SDP. Unchanged once made; any thread.
class DtlsIdentity {
 public:
  static base::Result<DtlsIdentity> make();

  /// As in SDP: "AB:CD:…" of SHA-256.
  std::string const& fingerprint() const { return fingerprint_; }
  /// Of the server's side, which asks the peer for its certificate and believes any: who it is tells the
  /// fingerprint in its SDP.
  SSL_CTX* context() const { return context_.get(); }

 private:
  struct Free {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  DtlsIdentity() = default;

  std::unique_ptr<SSL_CTX, Free> context_;
  std::string fingerprint_;
};

/// The SHA-256 of a certificate as SDP writes it; empty where it cannot be made.
std::string fingerprint_of(X509 const& certificate);

}  // namespace rapport::phone

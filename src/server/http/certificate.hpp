#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http/listener.hpp"

namespace rapport::server::http {

/// A self-signed certificate for a first run on a LAN: an EC key on P-256, signed with SHA-256, valid
/// from a day before `now` (clocks differ) for `valid_days`. `names` are host names or IP addresses and
/// become its subject alternative names, the first of them its common name too. The key is as secret as
/// any: the caller writes it readable for the server alone. Error: no names, a name that is neither a
/// host name nor an address, or OpenSSL's refusal.
base::Result<TlsIdentity> self_signed_certificate(std::vector<std::string> const& names, base::Instant now,
                                                  std::int32_t valid_days = 825);

/// The certificate's SHA-256 fingerprint, "AB:CD:…", for people to compare. Error: no certificate.
base::Result<std::string> certificate_fingerprint(std::string const& certificate_pem);

}  // namespace rapport::server::http

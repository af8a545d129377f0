#pragma once

#include <optional>

#include "app/settings.hpp"
#include "base/result.hpp"
#include "server/http/listener.hpp"

namespace rapport::app {

/// The certificate that an address is served with: the configured one; else, where `tls.self_signed`
/// asks for it, one of our own, made once and kept in the data folder (tls.crt, tls.key); else nothing,
/// plain HTTP. Error: a file cannot be read or written.
base::Result<std::optional<server::http::TlsIdentity>> tls_identity(Settings const& settings, Endpoint const& endpoint, base::Instant now);

/// The certificate that phones are spoken with by TLS, on loopback too: the configured one, else our own.
base::Result<server::http::TlsIdentity> phone_identity(Settings const& settings, base::Instant now);

}  // namespace rapport::app

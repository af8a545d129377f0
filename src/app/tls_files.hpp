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

}  // namespace rapport::app

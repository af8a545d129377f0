#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

#include "base/result.hpp"
#include "server/http/listener.hpp"

namespace rapport::server::http {

/// The server's side of TLS 1.2 and 1.3 with that identity. Error: a certificate or key that cannot
/// be read, or that do not belong together.
base::Result<std::shared_ptr<boost::asio::ssl::context>> tls_context(TlsIdentity const& identity);

}  // namespace rapport::server::http

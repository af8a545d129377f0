#include "server/http/tls_context.hpp"

#include <openssl/ssl.h>

#include <boost/asio/buffer.hpp>

namespace rapport::server::http {

namespace asio = boost::asio;

base::Result<std::shared_ptr<asio::ssl::context>> tls_context(TlsIdentity const& identity) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* const raw = context->native_handle();
  if (SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) != 1) return base::Error{"TLS 1.2 is not available"};
  SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
  // Forward secrecy and authenticated encryption for TLS 1.2 too; 1.3 has nothing else.
  if (SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1) return base::Error{"no cipher of TLS 1.2 is available"};
  boost::system::error_code error;
  context->use_certificate_chain(asio::buffer(identity.certificate_pem), error);
  if (error) return base::Error{"the certificate cannot be read: " + error.message()};
  context->use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem, error);
  if (error) return base::Error{"the private key cannot be read, or does not fit the certificate: " + error.message()};
  if (SSL_CTX_check_private_key(raw) != 1) return base::Error{"the private key does not fit the certificate"};
  return context;
}

}  // namespace rapport::server::http

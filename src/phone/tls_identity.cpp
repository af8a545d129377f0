#include "phone/tls_identity.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>

// libre declares it only for those who are built as it was itself.
extern "C" ssl_ctx_st* tls_openssl_context(tls const* context);

namespace rapport::phone {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};

std::unique_ptr<BIO, Free> reader(std::string const& text) { return std::unique_ptr<BIO, Free>{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))}; }

}  // namespace

bool use_identity(tls const* of, PhoneIdentity const& identity) {
  SSL_CTX* const context = tls_openssl_context(of);
  auto const certificates = reader(identity.certificate);
  auto const keys = reader(identity.key);
  if (!certificates || !keys || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) return false;
  std::unique_ptr<X509, Free> const own{PEM_read_bio_X509_AUX(certificates.get(), nullptr, nullptr, nullptr)};
  std::unique_ptr<EVP_PKEY, Free> const key{PEM_read_bio_PrivateKey(keys.get(), nullptr, nullptr, nullptr)};
  bool const fits = own && key && SSL_CTX_use_certificate(context, own.get()) == 1 && SSL_CTX_use_PrivateKey(context, key.get()) == 1 && SSL_CTX_check_private_key(context) == 1;
  if (!fits) return false;
  while (X509* const further = PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr)) {
    if (SSL_CTX_add_extra_chain_cert(context, further) == 1) continue;  // the context's from here
    X509_free(further);
    return false;
  }
  ERR_clear_error();  // the end of the file is one to OpenSSL
  return true;
}

}  // namespace rapport::phone

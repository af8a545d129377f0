#include "server/http/certificate.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <ctime>
#include <memory>

namespace rapport::server::http {

namespace {

template <auto release>
struct Releases {
  template <typename T>
  void operator()(T* held) const {
    release(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Releases<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Releases<X509_free>>;
using Memory = std::unique_ptr<BIO, Releases<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Releases<X509_EXTENSION_free>>;

bool is_address(std::string const& name) {
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return !error;
}

/// Letters, digits, dots and dashes: nothing that could mean more to OpenSSL's configuration syntax.
bool is_host_name(std::string const& name) {
  constexpr std::size_t name_max = 253;
  return !name.empty() && name.size() <= name_max && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  });
}

base::Result<std::string> alternative_names(std::vector<std::string> const& names) {
  if (names.empty()) return base::Error{"a certificate needs a host name or address"};
  std::string list;
  for (std::string const& name : names) {
    bool const address = is_address(name);
    if (!address && !is_host_name(name)) return base::Error{"neither host name nor address: \"" + name + "\""};
    list += fmt::format("{}{}:{}", list.empty() ? "" : ",", address ? "IP" : "DNS", name);
  }
  return list;
}

bool add_extension(X509* certificate, int kind, std::string const& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  Extension const extension{X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str())};
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7FU) | 0x40U);  // positive, and never shorter
  std::unique_ptr<BIGNUM, Releases<BN_free>> const number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_name(X509* certificate, std::string const& common_name) {
  X509_NAME* const subject = X509_get_subject_name(certificate);
  constexpr std::size_t common_name_max = 64;  // of X.520; the alternative names are what counts
  std::string const text = common_name.substr(0, common_name_max);
  auto const* const bytes = reinterpret_cast<unsigned char const*>(text.c_str());
  return X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, bytes, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, subject) == 1;
}

bool fill(X509* certificate, EVP_PKEY* key, std::vector<std::string> const& names, std::string const& alternatives,
          base::Instant now, std::int32_t valid_days) {
  std::time_t const from = (now.since_epoch - base::day) / base::second;
  std::time_t const until = (now.since_epoch + valid_days * base::day) / base::second;
  constexpr long version_3 = 2;
  return X509_set_version(certificate, version_3) == 1 && set_serial(certificate) && set_name(certificate, names.front()) &&
         ASN1_TIME_set(X509_getm_notBefore(certificate), from) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), until) != nullptr && X509_set_pubkey(certificate, key) == 1 &&
         add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
         add_extension(certificate, NID_key_usage, "critical,digitalSignature") &&
         add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
         add_extension(certificate, NID_subject_key_identifier, "hash") &&
         add_extension(certificate, NID_subject_alt_name, alternatives) && X509_sign(certificate, key, EVP_sha256()) != 0;
}

std::string text_of(BIO* memory) {
  char* data = nullptr;
  long const size = BIO_get_mem_data(memory, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

base::Result<TlsIdentity> self_signed_certificate(std::vector<std::string> const& names, base::Instant now, std::int32_t valid_days) {
  auto const alternatives = alternative_names(names);
  if (!alternatives) return alternatives.error();
  Key const key{EVP_EC_gen("P-256")};
  Certificate const certificate{X509_new()};
  if (!key || !certificate || !fill(certificate.get(), key.get(), names, *alternatives, now, valid_days))
    return base::Error{"OpenSSL could not make the certificate"};
  Memory const certificate_text{BIO_new(BIO_s_mem())};
  Memory const key_text{BIO_new(BIO_s_mem())};
  if (!certificate_text || !key_text || PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
      PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return base::Error{"OpenSSL could not write the certificate"};
  return TlsIdentity{text_of(certificate_text.get()), text_of(key_text.get())};
}

base::Result<std::string> certificate_fingerprint(std::string const& certificate_pem) {
  Memory const memory{BIO_new_mem_buf(certificate_pem.data(), static_cast<int>(certificate_pem.size()))};
  Certificate const certificate{memory ? PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr) : nullptr};
  if (!certificate) return base::Error{"no certificate in PEM"};
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) return base::Error{"OpenSSL could not read the certificate"};
  std::string text;
  for (unsigned index = 0; index < size; ++index) text += fmt::format("{}{:02X}", index == 0 ? "" : ":", digest.at(index));
  return text;
}

}  // namespace rapport::server::http

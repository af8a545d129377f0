#include "people/key_set.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <optional>

#include "base/limits.hpp"
#include "people/json_body.hpp"
#include "people/secret.hpp"

namespace rapport::people {

namespace {

template <auto Free>
struct FreedBy {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Number = std::unique_ptr<BIGNUM, FreedBy<BN_free>>;
using ParamsBuilder = std::unique_ptr<OSSL_PARAM_BLD, FreedBy<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreedBy<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreedBy<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, FreedBy<ECDSA_SIG_free>>;

constexpr std::size_t coordinate_bytes = 32;  // of P-256
constexpr int rsa_bits_min = 2'048;
constexpr int rsa_bits_max = 8'192;

unsigned char const* key_bytes(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

Number number_from(std::string_view bytes) {
  return Number{BN_bin2bn(key_bytes(bytes), static_cast<int>(bytes.size()), nullptr)};
}

std::shared_ptr<EVP_PKEY> key_from(char const* kind, OSSL_PARAM_BLD* builder) {
  Params const params{OSSL_PARAM_BLD_to_param(builder)};
  KeyContext const context{EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
  EVP_PKEY* key = nullptr;
  if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
    return nullptr;
  }
  return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(boost::json::object const& jwk) {
  auto const modulus = from_base64url(text_of(jwk, "n"));
  auto const exponent = from_base64url(text_of(jwk, "e"));
  if (!modulus || !exponent || modulus->size() > rsa_bits_max / 8 || exponent->empty() || exponent->size() > 8) return nullptr;
  Number const n = number_from(*modulus);
  Number const e = number_from(*exponent);
  if (BN_num_bits(n.get()) < rsa_bits_min || BN_is_odd(e.get()) == 0 || BN_is_one(e.get()) == 1) return nullptr;
  ParamsBuilder const builder{OSSL_PARAM_BLD_new()};
  if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1) {
    return nullptr;
  }
  return key_from("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> p256_key(boost::json::object const& jwk) {
  auto const x = from_base64url(text_of(jwk, "x"));
  auto const y = from_base64url(text_of(jwk, "y"));
  if (text_of(jwk, "crv") != "P-256" || !x || !y || x->size() != coordinate_bytes || y->size() != coordinate_bytes) return nullptr;
  std::string const point = "\x04" + *x + *y;  // uncompressed; OpenSSL checks that it is on the curve
  ParamsBuilder const builder{OSSL_PARAM_BLD_new()};
  if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1) {
    return nullptr;
  }
  return key_from("EC", builder.get());
}

/// RFC 7518, section 3.4: r and s side by side. OpenSSL wants them in DER.
std::optional<std::string> der_of(std::string_view raw) {
  if (raw.size() != 2 * coordinate_bytes) return std::nullopt;
  Signature const signature{ECDSA_SIG_new()};
  Number r = number_from(raw.substr(0, coordinate_bytes));
  Number s = number_from(raw.substr(coordinate_bytes));
  if (ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return std::nullopt;
  static_cast<void>(r.release());  // the signature's now
  static_cast<void>(s.release());
  int const length = i2d_ECDSA_SIG(signature.get(), nullptr);
  if (length <= 0) return std::nullopt;
  std::string der(static_cast<std::size_t>(length), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  i2d_ECDSA_SIG(signature.get(), &end);
  return der;
}

}  // namespace

base::Result<KeySet> KeySet::read(std::string_view json) {
  if (json.size() > limits::key_set_bytes_max) return base::Error{fmt::format("key set: more than {} bytes", limits::key_set_bytes_max)};
  auto const object = parse_object(json);
  auto const* const keys = object ? object->if_contains("keys") : nullptr;
  if (keys == nullptr || !keys->is_array()) return base::Error{"key set: no array \"keys\""};
  KeySet set;
  for (auto const& item : keys->get_array()) {
    if (!item.is_object()) continue;
    auto const& jwk = item.get_object();
    std::string const kid = text_of(jwk, "kid");
    std::string const use = text_of(jwk, "use");
    std::string const kind = text_of(jwk, "kty");
    if (kid.empty() || (!use.empty() && use != "sig")) continue;
    Key key{kind == "RSA" ? "RS256" : "ES256", kind == "RSA" ? rsa_key(jwk) : kind == "EC" ? p256_key(jwk)
                                                                                           : nullptr};
    std::string const algorithm = text_of(jwk, "alg");
    if (!key.key || (!algorithm.empty() && algorithm != key.algorithm)) continue;
    set.keys_.emplace(kid, std::move(key));
  }
  if (set.keys_.empty()) return base::Error{"key set: no RSA or P-256 key with a \"kid\" for signatures"};
  return set;
}

base::Result<void> KeySet::verify(SignedToken const& token) const {
  auto const found = keys_.find(text_of(token.header, "kid"));
  if (found == keys_.end()) return base::Error{"kid: no such key"};
  if (text_of(token.header, "alg") != found->second.algorithm) return base::Error{"alg: not that of the key"};
  std::string signature = token.signature;
  if (found->second.algorithm == "ES256") {
    auto der = der_of(signature);
    if (!der) return base::Error{"signature: does not fit"};
    signature = *std::move(der);
  }
  DigestContext const context{EVP_MD_CTX_new()};
  if (EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, found->second.key.get()) != 1 ||
      EVP_DigestVerify(context.get(), key_bytes(signature), signature.size(), key_bytes(token.signed_part), token.signed_part.size()) != 1) {
    return base::Error{"signature: does not fit"};
  }
  return {};
}

}  // namespace rapport::people

#include "people/oidc.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "people/secret.hpp"

namespace rapport::people {
namespace {

constexpr base::Instant now{1'700'000'000'000};
OidcProvider const provider{.issuer = "https://id.example.org",
                            .authorization_endpoint = "https://id.example.org/authorise",
                            .token_endpoint = "https://id.example.org/token",
                            .client_id = "rapport",
                            .client_secret = "s&cret",
                            .redirect_uri = "https://centre.example.org/api/v1/login/oidc"};

using Key = std::shared_ptr<EVP_PKEY>;

std::string number_of(Key const& key, char const* name, std::size_t size) {
  BIGNUM* number = nullptr;
  EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), name, &number), 1);
  std::size_t const bytes = size > 0 ? size : static_cast<std::size_t>(BN_num_bytes(number));
  std::string text(bytes, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(text.data()), static_cast<int>(bytes));
  BN_free(number);
  return base64url(text);
}

/// A signer with an RSA and a P-256 key of its own.
class OidcTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    rsa = {EVP_RSA_gen(2'048), EVP_PKEY_free};
    ec = {EVP_EC_gen("P-256"), EVP_PKEY_free};
  }
  static void TearDownTestSuite() {
    rsa.reset();
    ec.reset();
  }

  static std::string rsa_jwk(std::string_view kid, Key const& key = rsa) {
    return fmt::format(R"({{"kty":"RSA","use":"sig","alg":"RS256","kid":"{}","n":"{}","e":"{}"}})", kid,
                       number_of(key, OSSL_PKEY_PARAM_RSA_N, 0), number_of(key, OSSL_PKEY_PARAM_RSA_E, 0));
  }
  static std::string ec_jwk(std::string_view kid) {
    return fmt::format(R"({{"kty":"EC","crv":"P-256","kid":"{}","x":"{}","y":"{}"}})", kid,
                       number_of(ec, OSSL_PKEY_PARAM_EC_PUB_X, 32), number_of(ec, OSSL_PKEY_PARAM_EC_PUB_Y, 32));
  }
  static KeySet keys() {
    auto set = KeySet::read(fmt::format(R"({{"keys":[{},{},{{"kty":"oct","kid":"x","k":"AAAA"}}]}})", rsa_jwk("r"), ec_jwk("e")));
    EXPECT_TRUE(set) << set.error().message;
    return *set;
  }

  static std::string signature(Key const& key, std::string_view part) {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    std::size_t length = 0;
    auto const* const bytes = reinterpret_cast<unsigned char const*>(part.data());
    EXPECT_EQ(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.get()), 1);
    EXPECT_EQ(EVP_DigestSign(context, nullptr, &length, bytes, part.size()), 1);
    std::string made(length, '\0');
    EXPECT_EQ(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(made.data()), &length, bytes, part.size()), 1);
    EVP_MD_CTX_free(context);
    made.resize(length);
    return key == ec ? raw_of(made) : made;
  }
  static std::string raw_of(std::string const& der) {
    auto const* at = reinterpret_cast<unsigned char const*>(der.data());
    ECDSA_SIG* const parsed = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string raw(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(parsed), reinterpret_cast<unsigned char*>(raw.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(parsed), reinterpret_cast<unsigned char*>(raw.data() + 32), 32);
    ECDSA_SIG_free(parsed);
    return raw;
  }
  static std::string sign(Key const& key, std::string_view header, std::string_view claims) {
    std::string const part = base64url(header) + "." + base64url(claims);
    return part + "." + base64url(signature(key, part));
  }
  static std::string result_of(std::string_view token) {
    auto const identity = verify_id_token(provider, keys(), token, "n1", now);
    return identity ? "accepted" : identity.error().message;
  }
  static std::string with_claims(std::string_view claims) { return result_of(sign(ec, R"({"alg":"ES256","kid":"e"})", claims)); }

  static inline Key rsa;
  static inline Key ec;
  static constexpr char const* good =
      R"({"iss":"https://id.example.org","aud":"rapport","sub":"u-1","nonce":"n1","iat":1700000000,"exp":1700000300,"email":"ana@example.org","email_verified":true,"name":"Ana"})";
};

TEST_F(OidcTest, TakesTokensOfBothAlgorithms) {
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"RS256","kid":"r"})", good)), "accepted");
  EXPECT_EQ(result_of(sign(ec, R"({"alg":"ES256","kid":"e"})", good)), "accepted");
  auto const identity = verify_id_token(provider, keys(), sign(rsa, R"({"alg":"RS256","kid":"r"})", good), "n1", now);
  EXPECT_EQ(identity->subject, "u-1");
  EXPECT_EQ(identity->email, "ana@example.org");
  EXPECT_EQ(identity->name, "Ana");
}

TEST_F(OidcTest, TakesNoOtherSignature) {
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"RS256","kid":"e"})", good)), "alg: not that of the key");
  EXPECT_EQ(result_of(sign(ec, R"({"alg":"ES256","kid":"r"})", good)), "alg: not that of the key");
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"ES256","kid":"e"})", good)), "signature: does not fit");
  EXPECT_EQ(result_of(sign(ec, R"({"alg":"RS256","kid":"r"})", good)), "signature: does not fit");
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"none","kid":"r"})", good)), "alg: not that of the key");
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"HS256","kid":"x"})", good)), "kid: no such key");
  EXPECT_EQ(result_of(sign(rsa, R"({"alg":"RS256"})", good)), "kid: no such key");
  Key const other{EVP_RSA_gen(2'048), EVP_PKEY_free};
  EXPECT_EQ(result_of(sign(other, R"({"alg":"RS256","kid":"r"})", good)), "signature: does not fit");
  std::string const token = sign(ec, R"({"alg":"ES256","kid":"e"})", good);
  std::string const zeros = token.substr(0, token.rfind('.') + 1) + base64url(std::string(64, '\0'));
  EXPECT_EQ(result_of(zeros), "signature: does not fit");
  EXPECT_TRUE(keys().knows("r"));
  EXPECT_FALSE(keys().knows("x"));
}

TEST_F(OidcTest, ChecksTheClaims) {
  EXPECT_EQ(with_claims(R"({"iss":"https://evil.example.org","aud":"rapport","sub":"u","nonce":"n1","iat":1700000000,"exp":1700000300})"), "iss: not the provider");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"other","sub":"u","nonce":"n1","iat":1700000000,"exp":1700000300})"), "aud: not this client");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":["rapport","other"],"sub":"u","nonce":"n1","iat":1700000000,"exp":1700000300})"), "azp: not this client");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":["rapport","other"],"azp":"rapport","sub":"u","nonce":"n1","iat":1700000000,"exp":1700000300})"), "accepted");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"rapport","sub":"u","nonce":"n2","iat":1700000000,"exp":1700000300})"), "nonce: not the one sent");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"rapport","sub":"u","iat":1700000000,"exp":1700000300})"), "nonce: not the one sent");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"rapport","sub":"u","nonce":"n1","iat":1699990000,"exp":1699999000})"), "exp: has passed");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"rapport","sub":"u","nonce":"n1","exp":1700000300})"), "iat: missing");
  EXPECT_EQ(with_claims(R"({"iss":"https://id.example.org","aud":"rapport","nonce":"n1","iat":1700000000,"exp":1700000300})"), "sub: missing");
}

TEST_F(OidcTest, AnUnverifiedAddressIsNone) {
  std::string const token = sign(ec, R"({"alg":"ES256","kid":"e"})",
                                 R"({"iss":"https://id.example.org","aud":"rapport","sub":"u","nonce":"n1","iat":1700000000,"exp":1700000300,"email":"ana@example.org"})");
  auto const identity = verify_id_token(provider, keys(), token, "n1", now);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->email, "");
}

TEST_F(OidcTest, ReadsOnlyKeysThatHold) {
  for (auto const* const bad : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":[]})", R"({"keys":[1,{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}]})",
                                R"({"keys":[{"kty":"EC","crv":"P-256","kid":"e","x":"AAAA","y":"AAAA"}]})"}) {
    EXPECT_FALSE(KeySet::read(bad)) << bad;
  }
  std::string const off_curve = base64url(std::string(32, '\1'));
  EXPECT_FALSE(KeySet::read(fmt::format(R"({{"keys":[{{"kty":"EC","crv":"P-256","kid":"e","x":"{0}","y":"{0}"}}]}})", off_curve)));
  Key const weak{EVP_RSA_gen(1'024), EVP_PKEY_free};
  EXPECT_FALSE(KeySet::read(fmt::format(R"({{"keys":[{}]}})", rsa_jwk("w", weak))));
}

TEST_F(OidcTest, SendsTheBrowserToTheProvider) {
  OidcStart const start{.state = "s1", .nonce = "n1", .verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"};
  EXPECT_EQ(authorization_url(provider, start),  // the challenge of RFC 7636, appendix B
            "https://id.example.org/authorise?response_type=code&client_id=rapport"
            "&redirect_uri=https%3A%2F%2Fcentre.example.org%2Fapi%2Fv1%2Flogin%2Foidc&scope=openid%20email%20profile"
            "&state=s1&nonce=n1&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256");
  EXPECT_EQ(token_request(provider, start, "c 1"),
            "grant_type=authorization_code&code=c%201&redirect_uri=https%3A%2F%2Fcentre.example.org%2Fapi%2Fv1%2Flogin%2Foidc"
            "&client_id=rapport&client_secret=s%26cret&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  EXPECT_TRUE(state_fits(start, "s1"));
  EXPECT_FALSE(state_fits(start, "s2"));
  EXPECT_FALSE(state_fits(start, ""));
  OidcStart const one = start_oidc();
  EXPECT_NE(one.state, start_oidc().state);
  EXPECT_NE(one.state, one.nonce);
}

}  // namespace
}  // namespace rapport::people

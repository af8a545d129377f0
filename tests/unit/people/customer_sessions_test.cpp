#include "people/customer_sessions.hpp"

#include <gtest/gtest.h>

#include "people/secret.hpp"

namespace rapport::people {
namespace {

constexpr base::Instant session_now{1'700'000'000'000};
std::string const secret = "a secret of the brand, 32 bytes or more";
std::string const session_key = "the key of this server, 32 bytes or more";

std::string sign(std::string_view header, std::string_view claims, std::string_view with = secret) {
  std::string const part = base64url(header) + "." + base64url(claims);
  return part + "." + base64url(hmac_sha256(with, part));
}
std::string sign(std::string_view claims) { return sign(R"({"alg":"HS256","typ":"JWT"})", claims); }

std::string error_of(std::string_view token) {
  auto const identity = verify_customer_identity(token, secret, "acme", session_now);
  return identity ? "accepted" : identity.error().message;
}

TEST(CustomerIdentity, IsWhoTheSiteSays) {
  auto const identity = verify_customer_identity(
      sign(R"({"sub":"c-17","aud":"acme","exp":1700000300,"iat":1700000000,"name":"Ana Rodrigues","email":"ana@example.org"})"), secret, "acme", session_now);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->subject, "c-17");
  EXPECT_EQ(identity->name, "Ana Rodrigues");
  EXPECT_EQ(identity->email, "ana@example.org");
}

TEST(CustomerIdentity, TheExampleOfTheDocumentationIsAccepted) {
  // docs/people.md: openssl dgst -sha256 -hmac over the same two parts.
  std::string const token =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjLTE3IiwiYXVkIjoiYWNtZSIsImV4cCI6MTcwMDAwMDMwMH0.bw8yN8CsM2rpEwlj4Luez9y1kQzEqAFhOggaqELm9Pw";
  auto const identity = verify_customer_identity(token, "0123456789abcdef0123456789abcdef", "acme", session_now);
  ASSERT_TRUE(identity) << identity.error().message;
  EXPECT_EQ(identity->subject, "c-17");
}

TEST(CustomerIdentity, NeedsTheSignature) {
  std::string const claims = R"({"sub":"c-17","aud":"acme","exp":1700000300})";
  std::string const good = sign(claims);
  EXPECT_EQ(error_of(good), "accepted");
  EXPECT_EQ(error_of(sign(R"({"alg":"HS256"})", claims, "another secret of 32 bytes or more")), "signature: does not fit");
  EXPECT_EQ(error_of(sign(R"({"alg":"none"})", claims)), "alg: expected HS256");
  EXPECT_EQ(error_of(sign(R"({"alg":"hs256"})", claims)), "alg: expected HS256");
  EXPECT_EQ(error_of(sign(R"({"alg":"HS256","crit":["x"]})", claims)), "token: critical extensions are not supported");
  EXPECT_EQ(error_of(good.substr(0, good.rfind('.') + 1)), "signature: does not fit");
  EXPECT_EQ(error_of(good + "."), "token: not three parts");
  EXPECT_EQ(error_of(good + "="), "token: not base64url");
  EXPECT_EQ(error_of(""), "token: not three parts");
  EXPECT_EQ(error_of(std::string(20'000, '.')), "token: more than 16384 bytes");
  EXPECT_FALSE(verify_customer_identity(sign(R"({"alg":"HS256"})", claims, "short"), "short", "acme", session_now));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed != good) {
      EXPECT_NE(error_of(changed), "accepted") << i;
    }
  }
}

TEST(CustomerIdentity, NeedsItsClaims) {
  EXPECT_EQ(error_of(sign(R"({"aud":"acme","exp":1700000300})")), "sub: missing, or more than 200 bytes");
  EXPECT_EQ(error_of(sign(R"({"sub":17,"aud":"acme","exp":1700000300})")), "sub: missing, or more than 200 bytes");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","exp":1700000300})")), "aud: not this brand");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"other","exp":1700000300})")), "aud: not this brand");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme"})")), "exp: missing, or not a whole number of seconds");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":"1700000300"})")), "exp: missing, or not a whole number of seconds");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":9223372036854775807})")), "exp: missing, or not a whole number of seconds");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700000300,"name":["x"]})")), "name, email: expected text");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700000300,"email":"x"})")), "email: not an address");
}

TEST(CustomerIdentity, IsOfItsTime) {
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1699999941})")), "accepted") << "a minute's leeway";
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1699999940})")), "exp: has passed");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700086400})")), "accepted");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700086401})")), "exp: more than a day ahead");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700000300,"nbf":1700000061})")), "nbf: lies ahead");
  EXPECT_EQ(error_of(sign(R"({"sub":"c","aud":"acme","exp":1700000300,"iat":1700000060})")), "accepted");
}

CustomerSession session_of(std::string interaction) {
  return {.brand = "acme", .customer = anonymous_customer(), .name = "Ana", .identified = false, .interaction = std::move(interaction), .expires_at = session_now + customer_session_life};
}

TEST(CustomerSessions, ReadBackAndEnd) {
  CustomerSessions const sessions{session_key};
  CustomerSession const session = session_of("i-1");
  std::string const token = sessions.issue(session);
  EXPECT_TRUE(token.starts_with("rapc_"));
  auto const read = sessions.verify(token, session_now);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, session);
  EXPECT_FALSE(sessions.verify(token, session.expires_at));
  EXPECT_FALSE(CustomerSessions{session_key + "x"}.verify(token, session_now));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (changed != token) {
      EXPECT_FALSE(sessions.verify(changed, session_now)) << i;
    }
  }
  EXPECT_FALSE(sessions.verify("", session_now));
  EXPECT_FALSE(sessions.verify("rapc_", session_now));
}

TEST(CustomerSessions, LetTheCustomerIntoTheirOwnInteractionOnly) {
  Principal const customer = principal_of(session_of("i-1"));
  EXPECT_TRUE(may_read(customer, {.id = "i-1", .brand = "acme"}));
  EXPECT_TRUE(may_write(customer, {.id = "i-1", .brand = "acme"}));
  EXPECT_FALSE(may_read(customer, {.id = "i-2", .brand = "acme"}));
  EXPECT_FALSE(may_read(customer, {.id = "i-1", .brand = "other"}));
  EXPECT_FALSE(may_read_scorecard(customer, {.id = "i-1", .brand = "acme"}));
  EXPECT_FALSE(may_of_brand(customer, Permission::customers_read, "acme", true));
  EXPECT_FALSE(may_read(principal_of(session_of("")), {.id = "", .brand = "acme"}));
  EXPECT_NE(anonymous_customer(), anonymous_customer());
}

}  // namespace
}  // namespace rapport::people

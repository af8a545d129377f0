#include "server/webhooks/signature.hpp"

#include <gtest/gtest.h>

namespace rapport::server::webhooks {
namespace {

TEST(WebhookSignature, IsWhatOtherToolsMakeOfIt) {
  // printf '1750000000.{"a":1}' | openssl dgst -sha256 -hmac secret
  EXPECT_EQ(sign("secret", 1'750'000'000, R"({"a":1})"), "v1=801fe104511cda3cd833e99ab98bd20d3ccdc9e83aa6a23d988ac197ac58bc30");
}

TEST(WebhookSignature, IsOfSecretMomentAndBody) {
  std::string const one = sign("secret", 1, "body");
  EXPECT_NE(one, sign("other", 1, "body"));
  EXPECT_NE(one, sign("secret", 2, "body"));
  EXPECT_NE(one, sign("secret", 1, "Body"));
  EXPECT_EQ(one, sign("secret", 1, "body"));
}

}  // namespace
}  // namespace rapport::server::webhooks

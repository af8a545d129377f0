#include "server/api/request_rates.hpp"

#include <gtest/gtest.h>

namespace rapport::server::api {
namespace {

class Rates : public testing::Test {
 protected:
  http::Request from(std::string address, std::string token = {}) const {
    http::Request head;
    head.path = "/api/v1/interactions";
    head.remote_address = std::move(address);
    if (!token.empty()) head.headers.add("authorization", "Bearer " + token);
    return head;
  }
  base::Instant now_{1'780'000'000'000};
  base::Metrics metrics_;
  RequestRates rates_{{{4, 60}, {2, 60}}, [this] { return now_; }, metrics_};
};

TEST_F(Rates, AnAddressWithoutCredentialsHasItsBurstAndThenWaits) {
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7")));
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7")));
  auto const refused = rates_.refuse(from("192.0.2.7"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 429);
  EXPECT_EQ(refused->header("Retry-After"), "1");
  EXPECT_FALSE(rates_.refuse(from("192.0.2.8")));  // somebody else is not held up
  now_ = now_ + base::second;
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7")));
}

TEST_F(Rates, CredentialsHaveARateOfTheirOwnFromWhereverTheyCome) {
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(rates_.refuse(from("192.0.2." + std::to_string(i), "rap_a")));  // each address once
  EXPECT_TRUE(rates_.refuse(from("192.0.2.9", "rap_a")));
  EXPECT_FALSE(rates_.refuse(from("192.0.2.9", "rap_b")));
}

TEST_F(Rates, MadeUpCredentialsAreCountedByTheirAddress) {
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7", "rap_1")));
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7", "rap_2")));
  EXPECT_TRUE(rates_.refuse(from("192.0.2.7", "rap_3")));
  EXPECT_FALSE(rates_.refuse(from("192.0.2.7", "rap_1")));  // who was seen is not held up by it
  EXPECT_FALSE(rates_.refuse(from("192.0.2.8", "rap_3")));
}

TEST_F(Rates, ThisMachineIsNotCounted) {
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(rates_.refuse(from("127.0.0.1")));
}

TEST_F(Rates, PagesAreNotCounted) {
  http::Request head = from("192.0.2.7");
  head.path = "/assets/index.js";
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(rates_.refuse(head));
}

}  // namespace
}  // namespace rapport::server::api

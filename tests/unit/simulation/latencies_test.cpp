#include "simulation/latencies.hpp"

#include <gtest/gtest.h>

#include "simulation/api_client.hpp"

namespace rapport::simulation {
namespace {

TEST(Latencies, AreTheNearestRank) {
  Latencies times;
  EXPECT_EQ(times.at(990), 0);
  for (int i = 100; i >= 1; --i) times.add(i * 1'000);
  EXPECT_EQ(times.at(500), 50'000);
  EXPECT_EQ(times.at(990), 99'000);
  EXPECT_EQ(times.at(1'000), 100'000);
  EXPECT_EQ(times.text(), "p50 50.0 ms, p99 99.0 ms, most 100.0 ms (of 100)");
}

TEST(ServerUrl, IsPlainHttpWithHostAndPort) {
  auto const named = parse_server_url("http://127.0.0.1:8081/");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->text(), "127.0.0.1:8081");
  auto const six = parse_server_url("http://[::1]:80");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->text(), "[::1]:80");
  ASSERT_TRUE(parse_server_url("http://desk"));
  EXPECT_EQ(parse_server_url("http://desk")->port, 80);
  for (char const* const wrong : {"https://desk", "desk:80", "http://desk/api", "", "http://"}) EXPECT_FALSE(parse_server_url(wrong)) << wrong;
}

}  // namespace
}  // namespace rapport::simulation

#include "server/webhooks/target.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"

namespace rapport::server::webhooks {
namespace {

TargetPolicy with(std::vector<std::string> const& networks) {
  auto policy = TargetPolicy::make(networks);
  EXPECT_TRUE(policy);
  return *policy;
}

TEST(WebhookTarget, ReadsAUrl) {
  auto const target = parse_target("https://hooks.example.com:8443/in?centre=1", {});
  ASSERT_TRUE(target);
  EXPECT_EQ(*target, (Target{true, "hooks.example.com", 8443, "/in?centre=1"}));
  EXPECT_EQ(target->url(), "https://hooks.example.com:8443/in?centre=1");
  EXPECT_EQ(*parse_target("https://example.com", {}), (Target{true, "example.com", 443, "/"}));
  EXPECT_EQ(*parse_target("https://example.com?a=1", {}), (Target{true, "example.com", 443, "/?a=1"}));
  auto const six = parse_target("http://[::1]:81/", with({"::1"}));
  ASSERT_TRUE(six);
  EXPECT_EQ(*six, (Target{false, "::1", 81, "/"}));
  EXPECT_EQ(six->url(), "http://[::1]:81/");
}

TEST(WebhookTarget, RefusesWhatDoesNotLeadToThePublicInternet) {
  for (std::string const url : {"http://example.com/", "ftp://example.com/", "file:///etc/passwd", "https://", "example.com", "/path",
                                "https://user:pw@example.com/", "https://example.com/#part", "https://127.0.0.1/", "http://127.0.0.1/",
                                "https://10.1.2.3/", "https://[::1]/", "https://169.254.169.254/", "https://[fe80::1]/",
                                "https://[::ffff:192.168.0.1]/", "https://example.com:0/", "https://example.com:99999/", "https://a%20b/"}) {
    EXPECT_FALSE(parse_target(url, {})) << url;
  }
  EXPECT_TRUE(parse_target("https://192.0.9.1/", {}));
  EXPECT_FALSE(parse_target("https://example.com/" + std::string(limits::webhook_url_bytes_max, 'a'), {}));
}

TEST(WebhookTarget, ReachesNetworksThatAreAllowed) {
  TargetPolicy const policy = with({"10.1.0.0/16", "127.0.0.0/8", "fd00::/8"});
  EXPECT_TRUE(parse_target("https://10.1.2.3/", policy));
  EXPECT_FALSE(parse_target("https://10.2.2.3/", policy));
  EXPECT_TRUE(parse_target("http://127.0.0.1:99/", policy));
  EXPECT_TRUE(parse_target("http://localhost:99/", policy));
  for (std::string const plain : {"http://10.1.2.3/", "http://crm.example.com/", "http://8.8.8.8/"}) EXPECT_FALSE(parse_target(plain, policy)) << plain;
  EXPECT_TRUE(policy.allows("10.1.255.255", true));
  EXPECT_TRUE(policy.allows("::ffff:10.1.0.1", true));
  EXPECT_TRUE(policy.allows("fd12::1", true));
  EXPECT_FALSE(policy.allows("fc12::1", true));
  EXPECT_FALSE(policy.allows("10.1.0.1", false)) << "without TLS to this machine only";
  EXPECT_FALSE(policy.allows("8.8.8.8", false));
  EXPECT_TRUE(policy.allows("127.0.0.1", false));
  EXPECT_FALSE(policy.allows("::1", false));
  EXPECT_TRUE(policy.allows("8.8.8.8", true));
}

TEST(WebhookTarget, NetworksAreReadStrictly) {
  for (std::string const text : {"", "example.com", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::/129", "10.0.0.0/8/8", "/8"}) {
    EXPECT_FALSE(TargetPolicy::make({text})) << text;
  }
  EXPECT_TRUE(with({"0.0.0.0/0"}).allows("10.0.0.1", true));
  EXPECT_FALSE(with({"0.0.0.0/0"}).allows("fd00::1", true));
}

TEST(WebhookTarget, KnowsPublicAddresses) {
  for (std::string const address : {"8.8.8.8", "1.1.1.1", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0", "223.255.255.255",
                                    "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"}) {
    EXPECT_TRUE(is_public(address)) << address;
  }
  for (std::string const address : {"0.0.0.0", "10.0.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255",
                                    "192.168.1.1", "100.64.0.1", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.9",
                                    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
                                    "2001:db8::1", "2001::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::1",
                                    "2002:7f00:1::1", "2002:a00:1::1", "", "example.com", "1.2.3", "0x7f.1", "127.1"}) {
    EXPECT_FALSE(is_public(address)) << address;
  }
}

}  // namespace
}  // namespace rapport::server::webhooks

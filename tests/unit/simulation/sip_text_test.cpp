#include "simulation/sip_text.hpp"

#include <gtest/gtest.h>

namespace rapport::simulation {
namespace {

TEST(SipText, AMessageIsReadByItsNamesInEitherCase) {
  auto const read = read_sip("SIP/2.0 180 Ringing\r\nCALL-ID: a\r\nTo: <sip:ana@127.0.0.1>;tag=x7\r\nContent-Length: 2\r\n\r\nhi");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status(), 180);
  EXPECT_EQ(read->method(), "");
  EXPECT_EQ(read->header("Call-ID"), "a");
  EXPECT_EQ(parameter(read->header("to"), "tag"), "x7");
  EXPECT_EQ(user_of(read->header("To")), "ana");
  EXPECT_EQ(read->body, "hi");
  EXPECT_FALSE(read_sip("GET / HTTP/1.1\r\n\r\n"));
}

// RFC 2617, section 3.5, with a realm and nonce of its own example; the nonce count is always the first.
TEST(SipText, ADigestIsThatOfTheStandardsExample) {
  std::string const answer = digest_answer(R"(Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093")", "GET", "/dir/index.html", "Mufasa", "Circle Of Life", "0a4f113b");
  EXPECT_EQ(parameter(answer, "response"), "6629fae49393a05397450978507c4ef1");
}

TEST(SipText, SoundIsTakenWhereADescriptionWithPcmuSaysSo) {
  auto const place = read_sound_place(describe_sound({"127.0.0.1", 4'000}));
  ASSERT_TRUE(place);
  EXPECT_EQ(place->host, "127.0.0.1");
  EXPECT_EQ(place->port, 4'000);
  EXPECT_FALSE(read_sound_place("c=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 8 101\r\n"));
}

}  // namespace
}  // namespace rapport::simulation

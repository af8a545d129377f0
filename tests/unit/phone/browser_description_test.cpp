#include <gtest/gtest.h>

#include <string>

#include "phone/registrations.hpp"
#include "phone/session_description.hpp"

namespace rapport::phone {
namespace {

constexpr char const* print = "AA:BB:CC";

SessionDescription ours() {
  Address const local = *Address::parse("192.0.2.7", 20'000);
  BrowserTerms const terms{"name", "a password of ours", "01:02", {local, *Address::parse("127.0.0.1", 20'000)}};
  return std::move(*SessionDescription::make(local, terms));
}

std::string answer(std::string const& attributes) {
  return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0 101\r\nc=IN IP4 0.0.0.0\r\na=rtpmap:101 telephone-event/8000\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\n" + attributes;
}
std::string const ice = "a=ice-ufrag:theirs\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\n";

base::Result<Agreed> read(std::string const& attributes) {
  SessionDescription description = ours();
  EXPECT_TRUE(description.write(true));
  return description.read(answer(attributes), false);
}

TEST(BrowserDescription, TheOfferHasAllThatABrowserNeeds) {
  SessionDescription description = ours();
  auto const offer = description.write(true);
  ASSERT_TRUE(offer);
  std::string const text{rest(offer->get())};
  for (char const* const line : {"m=audio 20000 UDP/TLS/RTP/SAVPF 111 0 8 101 110", "a=rtpmap:111 opus/48000/2", "a=fmtp:111 minptime=20;useinbandfec=1;stereo=0;maxplaybackrate=16000;sprop-maxcapturerate=8000;", "a=ice-lite", "a=group:BUNDLE 0", "a=mid:0", "a=rtcp-mux", "a=setup:actpass", "a=ice-ufrag:name", "a=ice-pwd:a password of ours",
                                 "a=fingerprint:sha-256 01:02", "192.0.2.7 20000 typ host", "127.0.0.1 20000 typ host", "a=end-of-candidates"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n"
                                                  << text;
  }
}

TEST(BrowserDescription, AnAnswerNamesTheBrowserAndItsCertificate) {
  auto const agreed = read(ice + "a=fingerprint:SHA-256 aa:bb:cc\r\na=setup:active\r\n");
  ASSERT_TRUE(agreed) << agreed.error().message;
  EXPECT_EQ(agreed->peer_ufrag, "theirs");
  EXPECT_EQ(agreed->peer_fingerprint, print);
  EXPECT_TRUE(agreed->peer_receives && agreed->peer_sends);
}

TEST(BrowserDescription, ARestartIsAnsweredByOtherNames) {
  SessionDescription description = ours();
  ASSERT_TRUE(description.write(true));
  ASSERT_TRUE(description.read(answer(ice + "a=fingerprint:sha-256 aa:bb:cc\r\na=setup:active\r\n"), false));
  auto const anew = description.read(answer("a=ice-ufrag:later\r\na=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 aa:bb:cc\r\na=setup:actpass\r\n"), true);
  ASSERT_TRUE(anew) << anew.error().message;
  EXPECT_EQ(anew->peer_ufrag, "later");
  ASSERT_TRUE(description.rename("other", "another password"));
  auto const answered = description.write(false);
  ASSERT_TRUE(answered);
  std::string const text{rest(answered->get())};
  for (char const* const line : {"a=ice-ufrag:other\r\n", "a=ice-pwd:another password\r\n", "a=setup:passive", "a=fingerprint:sha-256 01:02", "127.0.0.1 20000 typ host"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "\n"
                                                  << text;
  }
  EXPECT_EQ(text.find("a=ice-ufrag:name"), std::string::npos);
}

TEST(BrowserDescription, WhatWeCouldNotSpeakWithIsRefused) {
  EXPECT_FALSE(read(ice + "a=fingerprint:sha-256 aa:bb:cc\r\na=setup:passive\r\n")) << "who would greet?";
  EXPECT_FALSE(read(ice + "a=fingerprint:sha-1 aa:bb:cc\r\na=setup:active\r\n")) << "another digest";
  EXPECT_FALSE(read(ice + "a=setup:active\r\n")) << "no certificate";
  EXPECT_FALSE(read("a=fingerprint:sha-256 aa:bb:cc\r\na=setup:active\r\n")) << "no ICE";
}

TEST(Registrations, SayingAgainThatItIsThereMakesAPhoneNoNewer) {
  Registrations phones;
  base::Instant const now{1'000};
  Address const desk = *Address::parse("127.0.0.1", 40'000);
  Address const set = *Address::parse("192.0.2.7", 5'060);
  EXPECT_TRUE(phones.add("ana", {"set", set, Transport::udp, now + base::minute}, now));
  EXPECT_TRUE(phones.add("ana", {"desk", desk, Transport::tcp, now + base::minute, true}, now));
  EXPECT_TRUE(phones.add("ana", {"set", set, Transport::udp, now + base::hour}, now));
  ASSERT_NE(phones.find("ana", now), nullptr);
  EXPECT_EQ(phones.find("ana", now)->user, "desk");
  EXPECT_EQ(phones.size(), 2U);
  EXPECT_EQ(phones.find("ana", now + base::minute)->user, "set");
}

}  // namespace
}  // namespace rapport::phone

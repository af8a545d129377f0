#include "phone/session_description.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace rapport::phone {
namespace {

std::string offer(std::string const& media, std::string const& attributes = "", std::string const& address = "192.0.2.9") {
  return "v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\nm=" + media + "\r\n" + attributes;
}

base::Result<Agreed> read_description(std::string const& text) {
  auto description = SessionDescription::make(*Address::parse("127.0.0.1", 20'000));
  EXPECT_TRUE(description);
  return description->read(text, true);
}

TEST(SessionDescription, TakesThePeersFirstLawThatIsOursToo) {
  auto const agreed = read_description(offer("audio 4000 RTP/AVP 18 8 0 96", "a=rtpmap:18 G729/8000\r\na=rtpmap:96 telephone-event/8000\r\n"));
  ASSERT_TRUE(agreed) << agreed.error().message;
  EXPECT_EQ(agreed->format.codec, media::Codec::pcma);
  EXPECT_EQ(agreed->format.keys, 96);
  EXPECT_EQ(agreed->remote.text(), "192.0.2.9:4000");
  EXPECT_TRUE(agreed->peer_sends && agreed->peer_receives);
}

TEST(SessionDescription, ThePeersOrderSaysWhetherItIsOpus) {
  std::string const names = "a=rtpmap:98 OPUS/48000/2\r\na=fmtp:98 minptime=10; useinbandfec=1;maxaveragebitrate=16000\r\na=rtpmap:99 telephone-event/8000\r\na=rtpmap:100 telephone-event/48000\r\n";
  auto const opus = read_description(offer("audio 4000 RTP/AVP 98 0 99 100", names));
  ASSERT_TRUE(opus) << opus.error().message;
  EXPECT_EQ(opus->format.opus, (media::OpusTerms{98, true, 16'000}));
  EXPECT_EQ(opus->format.keys, 100);
  EXPECT_EQ(opus->format.keys_rate, 48'000U);
  auto const law = read_description(offer("audio 4000 RTP/AVP 8 98 99 100", names));
  ASSERT_TRUE(law);
  EXPECT_FALSE(law->format.opus);
  EXPECT_EQ(law->format.codec, media::Codec::pcma);
  EXPECT_EQ(law->format.keys, 99);
  auto const other_clock = read_description(offer("audio 4000 RTP/AVP 98 99", "a=rtpmap:98 opus/48000/2\r\na=rtpmap:99 telephone-event/8000\r\n"));
  ASSERT_TRUE(other_clock);
  EXPECT_EQ(other_clock->format.keys_rate, 8'000U);
  EXPECT_FALSE(other_clock->format.opus->repetitions);
}

TEST(SessionDescription, PhonesAreOfferedTheLawsFirstAndBrowsersOpus) {
  auto ours = SessionDescription::make(*Address::parse("127.0.0.1", 20'000));
  auto const offered = ours->write(true);
  ASSERT_TRUE(offered);
  EXPECT_NE(rest(offered->get()).find("m=audio 20000 RTP/AVP 0 8 111 101 110\r\n"), std::string_view::npos) << rest(offered->get());
  auto const answer = ours->read(offer("audio 4000 RTP/AVP 111 110", "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtpmap:110 telephone-event/48000\r\n"), false);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->format.opus, (media::OpusTerms{111, true}));
  EXPECT_EQ(answer->format.keys, 110);
}

TEST(SessionDescription, AStaticPayloadTypeNeedsNoName) {
  for (char const* const types : {"0", "8", "0 8", "0 8 101", "18 0"}) {
    auto const agreed = read_description(offer(std::string{"audio 4000 RTP/AVP "} + types));
    ASSERT_TRUE(agreed) << types;
    EXPECT_FALSE(agreed->format.keys);
  }
  auto const alone = read_description(offer("audio 4000 RTP/AVP 0 101", "a=rtpmap:101 telephone-event/8000\r\n"));
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->format.keys, 101);
}

TEST(SessionDescription, KnowsHoldInItsForms) {
  auto const sendonly = read_description(offer("audio 4000 RTP/AVP 0", "a=sendonly\r\n"));
  ASSERT_TRUE(sendonly);
  EXPECT_TRUE(sendonly->peer_sends);
  EXPECT_FALSE(sendonly->peer_receives);
  auto const inactive = read_description(offer("audio 4000 RTP/AVP 0", "a=inactive\r\n"));
  ASSERT_TRUE(inactive);
  EXPECT_FALSE(inactive->peer_sends || inactive->peer_receives);
  auto const nowhere = read_description(offer("audio 4000 RTP/AVP 0", "", "0.0.0.0"));
  ASSERT_TRUE(nowhere);
  EXPECT_FALSE(nowhere->peer_receives);
}

TEST(SessionDescription, RefusesWhatItCannotSpeak) {
  EXPECT_FALSE(read_description(""));
  EXPECT_FALSE(read_description("nonsense"));
  EXPECT_FALSE(read_description(offer("audio 4000 RTP/AVP 18", "a=rtpmap:18 G729/8000\r\n")));
  EXPECT_FALSE(read_description(offer("video 4000 RTP/AVP 0")));
  EXPECT_FALSE(read_description(offer("audio 0 RTP/AVP 0")));
  EXPECT_FALSE(read_description(offer("audio 4000 RTP/AVP 0") + std::string(20'000, 'x')));
}

TEST(SessionDescription, TwoOfOursAgree) {
  auto ours = SessionDescription::make(*Address::parse("127.0.0.1", 20'000));
  auto theirs = SessionDescription::make(*Address::parse("::1", 30'000));
  ASSERT_TRUE(ours && theirs);
  auto const offered = ours->write(true);
  ASSERT_TRUE(offered);
  auto const taken = theirs->read(rest(offered->get()), true);
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken->remote.text(), "127.0.0.1:20000");
  EXPECT_EQ(taken->format.keys, 101);
  auto const answer = theirs->write(false);
  ASSERT_TRUE(answer);
  auto const agreed = ours->read(rest(answer->get()), false);
  ASSERT_TRUE(agreed) << agreed.error().message;
  EXPECT_EQ(agreed->remote.text(), "[::1]:30000");
  EXPECT_EQ(agreed->format.codec, media::Codec::pcmu);
}

SessionDescription::LockKey key_of(std::uint8_t byte) {
  SessionDescription::LockKey key{};
  key.fill(byte);
  return key;
}

TEST(SessionDescription, TwoOfOursAgreeOnALock) {
  auto ours = SessionDescription::make_locked(*Address::parse("127.0.0.1", 20'000), key_of(1));
  auto theirs = SessionDescription::make(*Address::parse("127.0.0.1", 30'000), key_of(2));
  ASSERT_TRUE(ours && theirs);
  auto const offered = ours->write(true);
  ASSERT_TRUE(offered);
  auto const taken = theirs->read(rest(offered->get()), true);
  ASSERT_TRUE(taken) << taken.error().message;
  ASSERT_TRUE(taken->lock);
  EXPECT_EQ(taken->lock->ours, key_of(2));
  EXPECT_EQ(taken->lock->theirs, key_of(1));
  auto const answer = theirs->write(false);
  ASSERT_TRUE(answer);
  EXPECT_NE(rest(answer->get()).find("RTP/SAVP"), std::string_view::npos);
  auto const agreed = ours->read(rest(answer->get()), false);
  ASSERT_TRUE(agreed) << agreed.error().message;
  ASSERT_TRUE(agreed->lock);
  EXPECT_EQ(agreed->lock->theirs, key_of(2));
}

TEST(SessionDescription, ALockIsTakenOnlyByAKeyThatWeCanUse) {
  auto const taken = [](std::string const& protocol, std::string const& attributes) {
    auto description = SessionDescription::make(*Address::parse("127.0.0.1", 20'000), key_of(1));
    auto const agreed = description->read(offer("audio 4000 " + protocol + " 0", attributes), true);
    return agreed ? std::optional{agreed->lock.has_value()} : std::nullopt;
  };
  std::string const key = "inline:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  EXPECT_EQ(taken("RTP/AVP", ""), false);
  EXPECT_EQ(taken("RTP/SAVP", "a=crypto:1 F8_128_HMAC_SHA1_80 " + key + "\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 " + key + "|2^31\r\n"), true);
  EXPECT_EQ(taken("RTP/SAVP", ""), std::nullopt);
  EXPECT_EQ(taken("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + key + "|2^20|1:4\r\n"), std::nullopt);
  EXPECT_EQ(taken("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + key + " UNENCRYPTED_SRTP\r\n"), std::nullopt);
  EXPECT_EQ(taken("RTP/SAVP", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA\r\n"), std::nullopt);
}

}  // namespace
}  // namespace rapport::phone

#include "media/rtp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "media/telephone_event.hpp"

namespace rapport::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes packet_of(RtpHeader const& header, Bytes const& payload) {
  std::array<std::uint8_t, rtp_header_bytes> head{};
  write_rtp(header, head);
  Bytes bytes(head.begin(), head.end());
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

TEST(Rtp, ReadsWhatItWrote) {
  RtpHeader const header{101, true, 0xABCD, 0x12345678, 0xDEADBEEF};
  Bytes const bytes = packet_of(header, {1, 2, 3});
  auto const read = read_rtp(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->header, header);
  EXPECT_TRUE(std::ranges::equal(read->payload, Bytes{1, 2, 3}));
}

TEST(Rtp, PassesOverSourcesExtensionAndPadding) {
  Bytes bytes = packet_of({0, false, 1, 2, 3}, {});
  bytes[0] = 0x80 | 0x20 | 0x10 | 2;                          // padding, extension, two sources
  bytes.insert(bytes.end(), {0, 0, 0, 1, 0, 0, 0, 2});        // sources
  bytes.insert(bytes.end(), {0xBE, 0xDE, 0, 1, 9, 9, 9, 9});  // extension of one word
  bytes.insert(bytes.end(), {'h', 'i', 0, 2});                // two bytes and padding of two
  auto const read = read_rtp(bytes);
  ASSERT_TRUE(read);
  EXPECT_TRUE(std::ranges::equal(read->payload, Bytes{'h', 'i'}));
}

TEST(Rtp, RefusesWhatIsShorterThanItSays) {
  Bytes const whole = packet_of({0, false, 1, 2, 3}, {7});
  EXPECT_FALSE(read_rtp(Bytes(whole.begin(), whole.begin() + 11)));
  Bytes sources = whole;
  sources[0] = 0x8F;
  EXPECT_FALSE(read_rtp(sources));
  Bytes extension = whole;
  extension[0] = 0x90;
  EXPECT_FALSE(read_rtp(extension));
  Bytes padding = whole;
  padding[0] = 0xA0;
  padding.back() = 2;  // more than there is
  EXPECT_FALSE(read_rtp(padding));
  padding.back() = 0;
  EXPECT_FALSE(read_rtp(padding));
  Bytes version = whole;
  version[0] = 0x40;
  EXPECT_FALSE(read_rtp(version));
}

TEST(Rtp, TellsRtcpByItsSecondByte) {
  EXPECT_TRUE(is_rtcp(Bytes{0x80, 200, 0, 0}));
  EXPECT_FALSE(is_rtcp(Bytes{0x80, 0x80 | 101, 0, 0}));
  EXPECT_FALSE(read_rtp(Bytes{0x80, 201, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
}

RC_GTEST_PROP(Rtp, AnyBytesAreReadWithinTheirEnds, (Bytes const& bytes)) {
  auto const read = read_rtp(bytes);
  if (!read || read->payload.empty()) return;
  RC_ASSERT(read->payload.data() >= bytes.data());
  RC_ASSERT(read->payload.data() + read->payload.size() <= bytes.data() + bytes.size());
}

std::array<std::uint8_t, telephone_event_bytes> event(std::uint8_t code, bool end, std::uint16_t duration) {
  std::array<std::uint8_t, telephone_event_bytes> bytes{};
  write_telephone_event({code, end, 10, duration}, bytes);
  return bytes;
}

TEST(TelephoneEvent, ReadsWhatItWrote) {
  TelephoneEvent const sent{11, true, 63, 65'535};
  std::array<std::uint8_t, telephone_event_bytes> bytes{};
  write_telephone_event(sent, bytes);
  EXPECT_EQ(read_telephone_event(bytes), sent);
  EXPECT_FALSE(read_telephone_event(std::span{bytes}.first(3)));
  EXPECT_EQ(key_of(sent), '#');
  EXPECT_FALSE(key_of({16, false, 0, 0}));  // a flash of the hook
}

TEST(KeyReader, TellsAKeyOnceHoweverOftenItComes) {
  KeyReader reader;
  EXPECT_EQ(reader.read(1'000, event(5, false, 160)), '5');
  EXPECT_FALSE(reader.read(1'000, event(5, false, 320)));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(reader.read(1'000, event(5, true, 480)));
  EXPECT_EQ(reader.read(3'000, event(5, false, 160)), '5') << "the same key again";
}

TEST(KeyReader, TellsAKeyOfWhichOnlyTheEndArrived) {
  KeyReader reader;
  EXPECT_EQ(reader.read(500, event(10, true, 800)), '*');
}

TEST(KeyReader, IgnoresWhatWasOvertaken) {
  KeyReader reader;
  EXPECT_EQ(reader.read(3'000, event(2, false, 160)), '2');
  EXPECT_FALSE(reader.read(1'000, event(1, true, 480)));
}

TEST(KeyReader, GoesOnWhereTheClockWraps) {
  KeyReader reader;
  EXPECT_EQ(reader.read(0xFFFF'FF00, event(1, false, 160)), '1');
  EXPECT_EQ(reader.read(0x0000'0100, event(2, false, 160)), '2');
}

}  // namespace
}  // namespace rapport::media

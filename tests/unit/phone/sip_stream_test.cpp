#include "phone/sip_stream.hpp"

#include <gtest/gtest.h>

#include "base/phone_limits.hpp"

namespace rapport::phone {
namespace {

constexpr char const* host = "127.0.0.1:40000;transport=tcp";

TEST(SipStream, ABrowsersContactIsOneThatCanBeReached) {
  auto const whole = for_stream("SIP/2.0 200 OK\r\nm: <sip:x7q@k2.invalid;transport=ws;ob>;expires=300\r\nContent-Length: 3\r\n\r\nabc", host);
  ASSERT_TRUE(whole);
  EXPECT_EQ(*whole, "SIP/2.0 200 OK\r\nContact: <sip:x7q@127.0.0.1:40000;transport=tcp>;expires=300\r\nContent-Length: 3\r\n\r\nabc");
}

TEST(SipStream, ALengthIsWhatTheBodyHas) {
  for (char const* const said : {"Content-Length: 0\r\n", "l: 999\r\n", "L: 1\r\n", "CONTENT-LENGTH: 1\r\nContent-Length: 2\r\n", ""}) {
    auto const whole = for_stream(std::string{"INFO sip:a@b SIP/2.0\r\n"} + said + "\r\nhello", host);
    ASSERT_TRUE(whole) << said;
    EXPECT_EQ(*whole, "INFO sip:a@b SIP/2.0\r\nContent-Length: 5\r\n\r\nhello") << said;
  }
}

TEST(SipStream, AContactWithoutAHostStaysAsItIs) {
  auto const whole = for_stream("REGISTER sip:a SIP/2.0\r\nContact: *\r\n\r\n", host);
  ASSERT_TRUE(whole);
  EXPECT_NE(whole->find("Contact: *\r\n"), std::string::npos);
}

TEST(SipStream, WhatIsNoSipIsNotPassedOn) {
  std::string const large(limits::sip_message_bytes_max, 'x');
  for (std::string const& message : {std::string{}, std::string{"hello"}, std::string{"GET / HTTP/1.1\r\n\r\n"}, std::string{"SIP/2.0 200 OK\r\n"}, std::string{"SIP/2.0 200 OK\r\nno colon\r\n\r\n"},
                                     std::string{"SIP/2.0 200 OK\r\nA: b\r\n c\r\n\r\n"},
                                     std::string{"SIP/2.0 200 OK\r\nA: b\nContent-Length: 99\r\n\r\n"}, std::string{"SIP/2.0 200\nOK\r\n\r\n"}, std::string{"SIP/2.0 200 OK\r\nA: \0\r\n\r\n", 25}, "SIP/2.0 200 OK\r\nA: b\r\n\r\n" + large}) {
    EXPECT_FALSE(for_stream(message, host)) << message.substr(0, 60);
  }
}

TEST(SipStream, MessagesComeOutWholeHoweverTheyCameIn) {
  std::string const one = "SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n";
  std::string const two = "INVITE sip:a@b SIP/2.0\r\nl: 4\r\n\r\nv=0\n";
  std::string const bytes = "\r\n\r\n" + one + two;
  SipStream stream;
  std::vector<std::string> found;
  for (char const byte : bytes) {
    ASSERT_TRUE(stream.put({&byte, 1}));
    while (auto message = stream.next()) found.push_back(*message);
  }
  EXPECT_EQ(found, (std::vector<std::string>{one, two}));
}

TEST(SipStream, AStreamWhoseLengthsAreNoneEnds) {
  for (std::string const& length : {std::string{"-1"}, std::string{"x"}, std::string{}, std::to_string(limits::sip_message_bytes_max + 1), std::string{"99999999999999999999999"}}) {
    SipStream stream;
    EXPECT_TRUE(stream.put("INVITE sip:a@b SIP/2.0\r\nContent-Length: " + length + "\r\n\r\n"));
    EXPECT_FALSE(stream.next());
    EXPECT_FALSE(stream.put("x")) << length;
  }
}

TEST(SipStream, AHeadWithoutAnEndEnds) {
  SipStream stream;
  std::string const much(limits::sip_message_bytes_max, 'x');
  EXPECT_TRUE(stream.put(much));
  EXPECT_TRUE(stream.put(much));
  EXPECT_FALSE(stream.put("x"));
}

TEST(SipStream, TakesNoLengthFromTheFirstLine) {
  std::string const said = "Content-Length:7 sip:somewhere SIP/2.0\r\nCall-ID: a\r\n\r\n";
  auto const whole = for_stream(said, "127.0.0.1:40000;transport=tcp");
  ASSERT_TRUE(whole);
  SipStream stream;
  ASSERT_TRUE(stream.put(*whole));
  EXPECT_EQ(stream.next(), *whole);
}

}  // namespace
}  // namespace rapport::phone

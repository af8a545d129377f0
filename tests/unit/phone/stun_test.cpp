#include "phone/stun.hpp"

#include <gtest/gtest.h>
#include <openssl/hmac.h>

#include <boost/crc.hpp>
#include <string>
#include <vector>

namespace rapport::phone {
namespace {

using Datagram = std::vector<std::uint8_t>;

/// A check as a browser writes it, made by the standard's rules and not by our code.
class Check {
 public:
  Check() : bytes_{0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42} {
    for (std::uint8_t i = 1; i <= 12; ++i) bytes_.push_back(i);
  }
  Check& attribute(std::uint16_t kind, std::string const& value) {
    put(kind);
    put(static_cast<std::uint16_t>(value.size()));
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    while (bytes_.size() % 4 != 0) bytes_.push_back(0);
    return length(0);
  }
  Check& integrity(std::string const& password) {
    length(24);
    std::string mac(20, '\0');
    unsigned size = 0;
    HMAC(EVP_sha1(), password.data(), static_cast<int>(password.size()), bytes_.data(), bytes_.size(), reinterpret_cast<unsigned char*>(mac.data()), &size);
    return attribute(0x0008, mac);
  }
  Check& fingerprint(std::uint32_t mask = 0x5354554E) {
    length(8);
    boost::crc_32_type crc;
    crc.process_bytes(bytes_.data(), bytes_.size());
    std::uint32_t const sum = crc.checksum() ^ mask;
    std::string value;
    for (unsigned const shift : {24U, 16U, 8U, 0U}) value += static_cast<char>(sum >> shift);
    return attribute(0x8028, value);
  }
  Datagram const& bytes() const { return bytes_; }

 private:
  void put(std::uint16_t number) {
    bytes_.push_back(static_cast<std::uint8_t>(number >> 8U));
    bytes_.push_back(static_cast<std::uint8_t>(number));
  }
  Check& length(std::size_t more) {
    std::size_t const size = bytes_.size() - 20 + more;
    bytes_[2] = static_cast<std::uint8_t>(size >> 8U);
    bytes_[3] = static_cast<std::uint8_t>(size);
    return *this;
  }
  Datagram bytes_;
};

constexpr char const* username = "ours:theirs";
constexpr char const* password = "a password of ours";

Check usual() { return Check{}.attribute(0x0006, username).attribute(0x0024, "\x6e\x7f\x1e\xff").attribute(0x802A, "12345678"); }

TEST(Stun, ACheckWithOurPasswordIsOne) {
  auto const plain = read_check(usual().integrity(password).fingerprint().bytes(), username, password);
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->nominates);
  EXPECT_EQ(plain->transaction[11], 12);
  auto const nominating = read_check(usual().attribute(0x0025, "").integrity(password).fingerprint().bytes(), username, password);
  ASSERT_TRUE(nominating);
  EXPECT_TRUE(nominating->nominates);
}

TEST(Stun, AnythingElseIsNone) {
  EXPECT_FALSE(read_check(usual().integrity("another").fingerprint().bytes(), username, password)) << "password";
  EXPECT_FALSE(read_check(usual().integrity(password).fingerprint().bytes(), "other:theirs", password)) << "username";
  EXPECT_FALSE(read_check(usual().integrity(password).bytes(), username, password)) << "no fingerprint";
  EXPECT_FALSE(read_check(usual().integrity(password).fingerprint(0).bytes(), username, password)) << "fingerprint";
  EXPECT_FALSE(read_check(usual().fingerprint().bytes(), username, password)) << "no integrity";
  EXPECT_FALSE(read_check(usual().attribute(0x7777, "what").integrity(password).fingerprint().bytes(), username, password)) << "not understood";
  EXPECT_FALSE(read_check(Check{}.integrity(password).fingerprint().bytes(), username, password)) << "no username";
}

TEST(Stun, WhatFollowsTheIntegrityCountsForNothing) {
  auto const check = read_check(usual().integrity(password).attribute(0x0025, "").fingerprint().bytes(), username, password);
  ASSERT_TRUE(check);
  EXPECT_FALSE(check->nominates);
}

TEST(Stun, NoByteLessAndNoneChangedPasses) {
  Datagram const whole = usual().integrity(password).fingerprint().bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read_check(std::span{whole}.first(size), username, password)) << size;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Datagram changed = whole;
    changed[at] ^= 1;
    EXPECT_FALSE(read_check(changed, username, password)) << at;
  }
}

TEST(Stun, TheAnswerTellsWhereTheCheckCameFrom) {
  auto const check = read_check(usual().integrity(password).fingerprint().bytes(), username, password);
  ASSERT_TRUE(check);
  std::array<std::uint8_t, check_answer_bytes_max> answer{};
  std::size_t const size = answer_check(*check, *Address::parse("192.0.2.1", 32'853), password, answer);
  ASSERT_EQ(size, 20U + 12 + 24 + 8);
  EXPECT_TRUE(is_stun(answer));
  EXPECT_EQ(answer[0], 1);
  EXPECT_EQ(answer[1], 1);
  Datagram const hidden{answer.begin() + 20, answer.begin() + 32};
  EXPECT_EQ(hidden, (Datagram{0, 0x20, 0, 8, 0, 1, 0xA1, 0x47, 0xE1, 0x12, 0xA6, 0x43}));  // RFC 5769, section 2.2
  EXPECT_EQ(answer_check(*check, *Address::parse("2001:db8::1", 1), password, answer), check_answer_bytes_max);
  std::array<std::uint8_t, check_answer_bytes_max> mapped{};
  ASSERT_EQ(answer_check(*check, *Address::parse("::ffff:192.0.2.1", 32'853), password, mapped), size);
  EXPECT_TRUE(std::equal(hidden.begin(), hidden.end(), mapped.begin() + 20)) << "as the browser knows it, by a socket of both families";
}

}  // namespace
}  // namespace rapport::phone

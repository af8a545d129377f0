// SRTP contexts when the peer takes a new key in the middle of a call.
#include "phone/srtp.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace rapport::phone {
namespace {

SrtpKeys keys(std::uint8_t ours, std::uint8_t theirs) {
  SrtpKeys made;
  made.ours.fill(ours);
  made.theirs.fill(theirs);
  return made;
}

std::vector<std::uint8_t> packet(std::uint16_t sequence) {
  std::vector<std::uint8_t> made{0x80, 0, static_cast<std::uint8_t>(sequence >> 8U), static_cast<std::uint8_t>(sequence), 0, 0, 0, 1, 0, 0, 0, 9};
  made.resize(12 + 160, 0x55);
  return made;
}

/// What one sends, the other reads.
bool reaches(Srtp& from, Srtp& to, std::uint16_t sequence) {
  auto const sealed = from.protect(packet(sequence));
  std::vector<std::uint8_t> const way{sealed.begin(), sealed.end()};
  auto const opened = to.open(way);
  auto const plain = packet(sequence);
  return std::vector<std::uint8_t>{opened.begin(), opened.end()} == plain;
}

TEST(Srtp, ANewKeyOfThePeersLeavesOursAndItsCountersAsTheyAre) {
  auto we = Srtp::make(keys(1, 2));
  auto peer = Srtp::make(keys(2, 1));
  ASSERT_TRUE(we && peer);
  EXPECT_TRUE(reaches(*we, *peer, 65'534));
  EXPECT_TRUE(reaches(*we, *peer, 65'535));
  EXPECT_TRUE(reaches(*we, *peer, 0));  // around: the rollover counter is 1 now
  EXPECT_TRUE(reaches(*peer, *we, 7));

  auto peer_sends_by = Srtp::make(keys(3, 1));
  ASSERT_TRUE(peer_sends_by);
  ASSERT_TRUE(we->hear_by(keys(1, 3).theirs));
  EXPECT_TRUE(reaches(*peer_sends_by, *we, 8));
  EXPECT_TRUE(reaches(*we, *peer, 1)) << "a context of ours that began anew would be at 0 rounds";
  EXPECT_FALSE(reaches(*peer, *we, 9)) << "the old key is over";
}

}  // namespace
}  // namespace rapport::phone

#include "phone/call_sound.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <utility>

namespace rapport::phone {
namespace {

constexpr std::array all{Seat::caller, Seat::agent, Seat::consulted, Seat::joined, Seat::monitoring, Seat::whispering, Seat::barging, Seat::resting};
constexpr Talk free_talk{true, false};
constexpr Talk held{true, true};

using Pairs = std::set<std::pair<Seat, Seat>>;

/// Everybody of `talkers` hears each other (of those who barge in there may be several), the two kinds of listeners hear them, the agent hears a whisper.
Pairs expected(std::set<Seat> const& talkers) {
  Pairs pairs{{Seat::agent, Seat::whispering}};
  for (Seat const speaker : talkers) {
    for (Seat const listener : talkers) {
      if (listener != speaker || speaker == Seat::barging) pairs.insert({listener, speaker});
    }
    pairs.insert({Seat::monitoring, speaker});
    pairs.insert({Seat::whispering, speaker});
  }
  return pairs;
}

Pairs heard(Talk talk) {
  Pairs pairs;
  for (Seat const listener : all) {
    for (Seat const speaker : all) {
      if (hears(listener, speaker, talk)) pairs.insert({listener, speaker});
    }
  }
  return pairs;
}

TEST(CallSound, TalkIsWithTheCallerAndWhoeverWasJoined) {
  EXPECT_EQ(heard(free_talk), expected({Seat::caller, Seat::agent, Seat::joined, Seat::barging}));
}

TEST(CallSound, OnHoldTheAgentsTalkAmongThemselves) {
  EXPECT_EQ(heard(held), expected({Seat::agent, Seat::consulted, Seat::joined, Seat::barging}));
}

TEST(CallSound, NobodyHearsAnybodyBeforeAnAgentHasTheCall) {
  EXPECT_TRUE(heard({false, false}).empty());
  EXPECT_TRUE(heard({false, true}).empty());
}

TEST(CallSound, AMonitorIsNeverHeardAndAWhisperByTheAgentAlone) {
  for (Talk const talk : {free_talk, held}) {
    for (Seat const listener : all) {
      EXPECT_FALSE(hears(listener, Seat::monitoring, talk));
      EXPECT_EQ(hears(listener, Seat::whispering, talk), listener == Seat::agent);
    }
  }
}

TEST(CallSound, WhoHearsNobodyHearsMusicUnlessTheyWorkTheCall) {
  constexpr std::array consulting{Seat::caller, Seat::agent, Seat::consulted, Seat::monitoring};
  EXPECT_FALSE(hears_any(Seat::caller, consulting, held));
  EXPECT_TRUE(hears_any(Seat::consulted, consulting, held));
  EXPECT_TRUE(hears_any(Seat::caller, consulting, free_talk));
  EXPECT_FALSE(hears_any(Seat::consulted, consulting, free_talk));
  constexpr std::array alone{Seat::caller, Seat::monitoring};
  EXPECT_FALSE(hears_any(Seat::caller, alone, free_talk));
  for (Seat const seat : all) EXPECT_EQ(waits_to_music(seat), seat == Seat::caller || seat == Seat::consulted || seat == Seat::joined);
}

TEST(CallSound, TheRecordingHasTheCallerLeftTheAgentsRightAndNoListener) {
  for (Seat const seat : all) {
    bool const listener = seat == Seat::monitoring || seat == Seat::whispering || seat == Seat::resting;
    media::Side const side = seat == Seat::caller ? media::Side::customer : listener ? media::Side::nowhere
                                                                                     : media::Side::agents;
    EXPECT_EQ(side_of(seat), side);
  }
}

}  // namespace
}  // namespace rapport::phone

#include <gtest/gtest.h>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/due_time.hpp"
#include "signals/tokeniser.hpp"
#include "unit/signals/detectors_scene.hpp"

namespace rapport::signals {
namespace {

using test::DetectorScene;

/// Every time frame of the text with its due time in UTC, "-" where there is none.
std::string frames(std::string const& text, std::string const& said_at = "2026-03-04T14:10:00Z",
                   std::string const& zone = "Europe/London", bool has_date = true) {
  static WordTable const table;
  Words words;
  Tokeniser{table}.tokenise(text, words);
  detectors::Analysis analysis;
  auto const start = base::parse_rfc3339(said_at);
  std::string out;
  for (detectors::TimeFrame const& frame : analysis.time_frames(words, zone.starts_with("America/"))) {
    std::uint32_t const begin = words.tokens[frame.first].begin;
    auto const due = detectors::due_time(frame, 0, *start, has_date, zone);
    out += (out.empty() ? "" : " | ") + text.substr(begin, words.tokens[frame.last].end - begin) + " = ";
    out += due ? base::format_rfc3339({start->since_epoch + *due}) : "-";
  }
  return out;
}

// All said on Wednesday, 4 March 2026, at 14:10 in London, where it is winter time.
TEST(TimeFrames, ReadsLengths) {
  EXPECT_EQ(frames("we will be back within 24 hours"), "within 24 hours = 2026-03-05T14:10:00Z");
  EXPECT_EQ(frames("in ten minutes"), "in ten minutes = 2026-03-04T14:20:00Z");
  EXPECT_EQ(frames("in three to five business days"), "in three to five business days = 2026-03-12T00:00:00Z");
  EXPECT_EQ(frames("3-5 working days"), "3-5 working days = 2026-03-12T00:00:00Z");
  EXPECT_EQ(frames("within twenty four forty eight hours"), "within twenty four forty eight hours = 2026-03-06T14:10:00Z");
  EXPECT_EQ(frames("five seven business days"), "five seven business days = 2026-03-14T00:00:00Z");
  EXPECT_EQ(frames("a day or two"), "a day or two = 2026-03-07T00:00:00Z");
  EXPECT_EQ(frames("in two weeks' time"), "in two weeks' time = 2026-03-19T00:00:00Z");
  EXPECT_EQ(frames("it takes up to 10 working days"), "takes up to 10 working days = 2026-03-19T00:00:00Z");
  EXPECT_EQ(frames("in an hour and a half"), "in an hour and a half = 2026-03-04T15:40:00Z");
  EXPECT_EQ(frames("put you on hold for a couple of minutes"), "for a couple of minutes = 2026-03-04T14:12:00Z");
}

TEST(TimeFrames, ReadsDaysAndTimesOfTheDay) {
  EXPECT_EQ(frames("i will call by friday"), "by friday = 2026-03-07T00:00:00Z");
  EXPECT_EQ(frames("tomorrow morning"), "tomorrow morning = 2026-03-05T12:00:00Z");
  EXPECT_EQ(frames("at 3 pm"), "at 3 pm = 2026-03-04T15:00:00Z");
  EXPECT_EQ(frames("at 9 am"), "at 9 am = 2026-03-05T09:00:00Z");  // today's has passed
  EXPECT_EQ(frames("tomorrow at half past four"), "tomorrow at half past four = 2026-03-05T16:30:00Z");
  EXPECT_EQ(frames("there is one at 6:15 tomorrow morning"), "at 6:15 tomorrow morning = 2026-03-05T06:15:00Z");
  EXPECT_EQ(frames("between nine and twelve on thursday"), "between nine and twelve on thursday = 2026-03-05T12:00:00Z");
  EXPECT_EQ(frames("by noon on thursday"), "by noon on thursday = 2026-03-05T12:00:00Z");
  EXPECT_EQ(frames("by the end of the day"), "by the end of the day = 2026-03-05T00:00:00Z");
  EXPECT_EQ(frames("by close of business tomorrow"), "by close of business tomorrow = 2026-03-05T18:00:00Z");
  EXPECT_EQ(frames("by next tuesday"), "by next tuesday = 2026-03-11T00:00:00Z");
  EXPECT_EQ(frames("tuesday week"), "tuesday week = 2026-03-18T00:00:00Z");
  EXPECT_EQ(frames("a week on friday"), "a week on friday = 2026-03-14T00:00:00Z");
  EXPECT_EQ(frames("by the end of next week"), "by the end of next week = 2026-03-14T00:00:00Z");
  EXPECT_EQ(frames("by the 24th"), "by the 24th = 2026-03-25T00:00:00Z");
  EXPECT_EQ(frames("thursday the twelfth in the morning"), "thursday the twelfth in the morning = 2026-03-12T12:00:00Z");
}

TEST(TimeFrames, LeavesOutThePastRatesAndVagueWords) {
  for (std::string const text : {"since saturday", "it was due on monday", "two days ago", "it has been two weeks",
                                 "i have been waiting for three days", "every monday we are closed", "a thirty day guarantee",
                                 "one second please", "in a moment", "how can i help you today", "on the first floor",
                                 "for the second time", "you may first need to restart", "he passed away on sunday",
                                 "last friday", "that is ten pound a month on top"}) {
    EXPECT_EQ(frames(text), "") << text;
  }
}

TEST(TimeFrames, ReadsFiguresOfDatesAsTheRegionWrites) {
  EXPECT_EQ(frames("by 03/04/2026"), "by 03/04/2026 = 2026-04-03T23:00:00Z");
  EXPECT_EQ(frames("by 03/04/2027", "2026-03-04T14:10:00Z", "America/New_York"), "by 03/04/2027 = 2027-03-05T05:00:00Z");
  EXPECT_EQ(frames("by 25/12/2026", "2026-03-04T14:10:00Z", "America/New_York"), "by 25/12/2026 = 2026-12-26T05:00:00Z");
}

TEST(DueTime, FollowsTheZoneAndItsChangesOfClocks) {
  // London goes to summer time on Sunday 29 March 2026 at 01:00 UTC.
  EXPECT_EQ(frames("by sunday at noon", "2026-03-27T10:00:00Z"), "by sunday at noon = 2026-03-29T11:00:00Z");
  EXPECT_EQ(frames("within 48 hours", "2026-03-28T00:30:00Z"), "within 48 hours = 2026-03-30T00:30:00Z");
  EXPECT_EQ(frames("on sunday at 1:30 am", "2026-03-27T10:00:00Z"), "on sunday at 1:30 am = 2026-03-29T01:00:00Z");  // skipped
  EXPECT_EQ(frames("on sunday at 1:30 am", "2026-10-23T10:00:00Z"), "on sunday at 1:30 am = 2026-10-25T01:30:00Z");  // twice: the later
  EXPECT_EQ(frames("by friday", "2026-03-04T14:10:00Z", "America/Los_Angeles"), "by friday = 2026-03-07T08:00:00Z");
  EXPECT_EQ(frames("tomorrow", "2026-03-04T20:00:00Z", "Asia/Kolkata"), "tomorrow = 2026-03-06T18:30:00Z");      // the 5th there
  EXPECT_EQ(frames("in 2 business days", "2026-03-06T09:00:00Z"), "in 2 business days = 2026-03-11T00:00:00Z");  // over a weekend
}

TEST(DueTime, IsUnknownWithoutADateOrAZone) {
  EXPECT_EQ(frames("by friday", "2026-03-04T14:10:00Z", "Europe/London", false), "by friday = -");
  EXPECT_EQ(frames("in ten minutes", "2026-03-04T14:10:00Z", "Europe/London", false), "in ten minutes = 2026-03-04T14:20:00Z");
  EXPECT_EQ(frames("by friday", "2026-03-04T14:10:00Z", "Nowhere/Land"), "by friday = -");
}

TEST(TimeFrameDetector, CarriesTheDueTimeFromTheStart) {
  DetectorScene scene("time_frame");
  scene.head().started_at = *base::parse_rfc3339("2026-03-04T14:10:00Z");
  EXPECT_EQ(scene.agent("june second nineteen eighty"), "");  // a date of birth
  EXPECT_EQ(scene.agent("we will call within 2 hours"), "within 2 hours");
  EXPECT_EQ(scene.last().due_ms, scene.now() + 2 * base::hour);
  EXPECT_EQ(scene.customer("i can wait until 5 pm"), "until 5 pm");
  EXPECT_EQ(scene.last().due_ms, 170 * base::minute);
}

TEST(PromiseDetector, FindsCommitments) {
  std::vector<std::pair<std::string, bool>> const lines = {
      {"I'll ring you back tomorrow.", true},
      {"we will send you a new one", true},
      {"I'm going to refund that for you.", true},
      {"i'll check and call you back", true},
      {"You'll hear from us by Friday.", true},
      {"Your refund will be processed in five days.", true},
      {"A man comes on Thursday.", true},
      {"my colleague will email you", true},
      {"I promise.", true},
      {"I'll just check that for you.", false},
      {"i'll put you on hold", false},
      {"It should arrive on Friday.", false},
      {"I'll try to get it done.", false},
      {"I can send you a new one.", false},
      {"If you like, I'll send it.", false},
      {"I won't send it.", false},
      {"You will need to restart it.", false},
      {"I'll be honest with you.", false},
      {"Will you send it?", false},
      {"A short survey will follow.", false},
  };
  for (auto const& [text, promised] : lines) {
    DetectorScene scene("promise");
    EXPECT_EQ(scene.agent(text) != "", promised) << text;
  }
}

TEST(PromiseDetector, IsDueByTheTimeOfItsOwnSentence) {
  DetectorScene scene("promise");
  scene.head().started_at = *base::parse_rfc3339("2026-03-04T14:10:00Z");
  scene.agent("I'll email you within an hour. The engineer is free on Monday.");
  ASSERT_EQ(scene.fired().size(), 1U);
  EXPECT_EQ(scene.last().due_ms, scene.now() + base::hour);
  DetectorScene customer("promise");
  EXPECT_EQ(customer.customer("i will send you the form"), "");
}

}  // namespace
}  // namespace rapport::signals

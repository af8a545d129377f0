#pragma once

#include <optional>

#include "signals/detectors/time_frames.hpp"

/// The parts a time frame is made of. For time_frames.cpp only.
namespace rapport::signals::detectors {

/// A sentence with its numbers, in which time phrases are read.
struct TimeText {
  TokenView view;
  std::vector<NumberReading> const& numbers;
  std::size_t first = 0;  ///< of the sentence
  std::size_t end = 0;
  bool month_first = false;

  /// The number that begins at the token, or null.
  NumberReading const* number_at(std::size_t at) const;
};

/// A length of time at token `at`: "three to five business days", "half an hour", "a day or two".
/// `exact` is false for what is said with a bare article and means no length ("a minute").
struct Length {
  std::uint32_t tokens = 0;
  std::int64_t count = 0;  ///< the upper end, in units; halves are in `span`
  enum class Unit : std::uint8_t { second,
                                   minute,
                                   hour,
                                   day,
                                   business_day,
                                   week,
                                   month,
                                   year } unit = Unit::day;
  base::Millis span = 0;  ///< of seconds, minutes and hours
  bool range = false;     ///< two ends were said
};
std::optional<Length> length_at(TimeText const& text, std::size_t at);

/// A day at token `at`: "tomorrow", "friday week", "the 24th of may", "the end of next week".
struct DayPhrase {
  std::uint32_t tokens = 0;
  TimeFrame::Day day = TimeFrame::Day::none;
  std::int32_t count = 0;
  std::int32_t month = 0;
  std::int32_t year = 0;
  std::optional<base::Millis> clock;  ///< "tonight", "close of business"
  bool needs_future = false;          ///< as common of the past or of now: "today", "this morning"
  bool needs_preposition = false;     ///< a frame only after "by", "on" …: "the 24th"
};
std::optional<DayPhrase> day_at(TimeText const& text, std::size_t at);

/// A time of day at token `at`: "3 pm", "half past four", "noon", "nine and twelve" after
/// "between". `bare` is a number alone, a time only after "at" or "by".
struct ClockPhrase {
  std::uint32_t tokens = 0;
  base::Millis clock = 0;
  bool bare = false;
};
std::optional<ClockPhrase> clock_at(TimeText const& text, std::size_t at);

/// "morning", "afternoon", "evening", "night" at token `at`: when it ends. Nothing for other words.
std::optional<base::Millis> day_part_at(TokenView view, std::size_t at);

}  // namespace rapport::signals::detectors

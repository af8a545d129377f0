// Keys and pauses are in no recording.
#include "media/tape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "media/hold_music.hpp"
#include "media/key_sender.hpp"
#include "media/key_tones.hpp"
#include "media/level.hpp"
#include "support/tones.hpp"

namespace rapport::media {
namespace {

using tests::peak_at;
using tests::tone;

constexpr double loud_tape = 7'000;

Frame frame_of(std::vector<Sample> const& sound, std::size_t number) {
  Frame frame{};
  std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(number * frame_samples), frame_samples, frame.begin());
  return frame;
}

/// Both sides' sound through the tape; `pause_from` to `pause_to` are frames.
Recorded recorded(std::vector<Sample> const& customer, std::vector<Sample> const& agents, std::size_t pause_from = 0, std::size_t pause_to = 0) {
  auto const header = recording_header();
  std::vector<std::uint8_t> file(header.begin(), header.end());
  Tape tape;
  for (std::size_t i = 0; i < customer.size() / frame_samples; ++i) {
    tape.pause(i >= pause_from && i < pause_to);
    RecordedFrame const frame = tape.take({frame_of(customer, i), false}, {frame_of(agents, i), false});
    file.insert(file.end(), frame.begin(), frame.end());
  }
  return *read_recording(file);
}

std::span<Sample const> part(std::vector<Sample> const& sound, std::size_t from, std::size_t to) { return std::span{sound}.subspan(from * frame_samples, (to - from) * frame_samples); }

TEST(KeyTones, AreHeardOfEveryKeyAndOfEveryPart) {
  for (std::uint8_t code = 0; code < 16; ++code) {
    for (std::size_t step = 0; step < 5; ++step) EXPECT_TRUE(is_key_tone(key_tones(code, step))) << int{code};
  }
}

TEST(KeyTones, AreNotHeardInOtherSounds) {
  EXPECT_FALSE(is_key_tone(Frame{}));
  for (double const hertz : {300.0, 425.0, 697.0, 941.0, 1'000.0, 1'209.0, 1'336.0, 2'100.0}) EXPECT_FALSE(is_key_tone(frame_of(tone(hertz, frame_samples), 0))) << hertz;
  HoldMusic const music;
  for (std::size_t i = 0; i < music.frames(); ++i) EXPECT_FALSE(is_key_tone(music.frame(i))) << i;
}

TEST(Tape, HoldsNoKeyNorItsEdges) {
  auto customer = tone(400, 40 * frame_samples);
  auto const agents = tone(1'000, 40 * frame_samples);
  // Of 100 ms, beginning in the middle of a frame.
  std::size_t const begin = 15 * frame_samples + 77;
  for (std::size_t step = 0; step < 5; ++step) {
    Frame const key = key_tones(7, step);
    std::copy(key.begin(), key.end(), customer.begin() + static_cast<std::ptrdiff_t>(begin + step * frame_samples));
  }
  Recorded const file = recorded(customer, agents);
  for (double const hertz : {852.0, 1'209.0}) EXPECT_LT(peak_at(file.customer, hertz), 30) << hertz;
  EXPECT_GT(peak_at(part(file.customer, 5, 14), 400), loud_tape);
  EXPECT_GT(peak_at(part(file.customer, 28, 40), 400), loud_tape);
  EXPECT_GT(peak_at(part(file.agents, 2, 40), 1'000), loud_tape) << "the other side is left alone";
}

TEST(Tape, IsSilentWhileItIsPausedAndKeepsItsTimes) {
  auto const sound = tone(400, 60 * frame_samples);
  Recorded const file = recorded(sound, tone(1'000, 60 * frame_samples), 20, 40);
  ASSERT_EQ(file.customer.size(), sound.size());
  EXPECT_EQ(level(part(file.customer, 22, 42)), 127);
  EXPECT_EQ(level(part(file.agents, 22, 42)), 127);
  EXPECT_GT(peak_at(part(file.customer, 2, 22), 400), loud_tape);
  EXPECT_GT(peak_at(part(file.customer, 42, 60), 400), loud_tape);
  EXPECT_GT(peak_at(part(file.agents, 42, 60), 1'000), loud_tape);
}

TEST(Tape, AnEventThatTellsOfAKeyHidesWhatIsHeardBesideIt) {
  Tape tape;
  Frame const sound = frame_of(tone(400, frame_samples), 0);
  for (int i = 0; i < 3; ++i) tape.take({sound, false}, {});
  RecordedFrame const silence = record({}, {});
  EXPECT_EQ(tape.take({sound, true}, {}), silence);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(tape.take({sound, false}, {}), silence) << i;
  EXPECT_NE(tape.take({sound, false}, {}), silence);
}

TEST(KeySender, SendsEachKeyOnceAndInOrder) {
  KeySender sender;
  EXPECT_FALSE(sender.next());
  EXPECT_FALSE(sender.push('x'));
  for (char const key : std::string_view{"4#"}) EXPECT_TRUE(sender.push(key));
  KeyReader reader;
  std::string keys;
  std::uint32_t time = 0;
  std::uint32_t pressed = 0;
  std::size_t ends = 0;
  while (auto const step = sender.next()) {
    time += frame_samples;
    if (step->first) pressed = time;
    if (!step->event) continue;
    std::array<std::uint8_t, telephone_event_bytes> bytes{};
    write_telephone_event(*step->event, bytes);
    ends += step->event->end ? 1U : 0U;
    if (auto const key = reader.read(pressed, bytes)) keys += *key;
    EXPECT_LE(step->event->duration, 5 * frame_samples);
  }
  EXPECT_EQ(keys, "4#");
  EXPECT_EQ(ends, 6U);
  for (std::size_t i = 0; i < limits::keys_at_once_max; ++i) EXPECT_TRUE(sender.push('1'));
  EXPECT_FALSE(sender.push('1'));
}

}  // namespace
}  // namespace rapport::media

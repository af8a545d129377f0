#include "media/hold_music.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/assert.hpp"

namespace rapport::media {
namespace {

constexpr double peak = 3'000;  // about -20 dBov: under speech
constexpr double decay_per_second = 2.2;
constexpr std::size_t note_samples = sample_rate * 3 / 8;
constexpr double concert_pitch = 440;

// Semitones from A4, broken chords of four bars: F, C, D minor, B flat.
constexpr std::array<int, 32> notes{-16, -9, -4, 0, 3, 0, -4, -9, -9, -5, -2, 3, 7, 3, -2, -5,
                                    -7, -4, 0, 5, 8, 5, 0, -4, -11, -7, -4, 1, 5, 1, -4, -7};

double frequency(int semitones) { return concert_pitch * std::exp2(semitones / 12.0); }

}  // namespace

HoldMusic::HoldMusic() : piece_((notes.size() * note_samples + frame_samples - 1) / frame_samples * frame_samples) {
  std::vector<double> sound(piece_.size());
  constexpr std::size_t rings = 4;  // a note is heard through so many that follow
  for (std::size_t note = 0; note < notes.size(); ++note) {
    double const turn = 2 * std::numbers::pi * frequency(notes[note]) / sample_rate;
    for (std::size_t i = 0; i < rings * note_samples; ++i) {
      double const age = static_cast<double>(i) / sample_rate;
      double const attack = std::min(1.0, age * 200);
      double const fade = std::min(1.0, static_cast<double>(rings * note_samples - i) / 800.0);
      double const voice = std::sin(turn * static_cast<double>(i)) + 0.2 * std::sin(2 * turn * static_cast<double>(i));
      sound[(note * note_samples + i) % sound.size()] += voice * attack * fade * std::exp(-decay_per_second * age);
    }
  }
  double loudest = 1;
  for (double const sample : sound) loudest = std::max(loudest, std::abs(sample));
  for (std::size_t i = 0; i < sound.size(); ++i) piece_[i] = static_cast<Sample>(sound[i] / loudest * peak);
}

HoldMusic::HoldMusic(std::vector<Sample> piece) : piece_(std::move(piece)) {
  RAPPORT_ASSERT(!piece_.empty());
  piece_.resize((piece_.size() + frame_samples - 1) / frame_samples * frame_samples);
}

Frame HoldMusic::frame(std::uint64_t number) const {
  Frame frame;
  auto const begin = static_cast<std::size_t>(number % frames()) * frame_samples;
  std::copy_n(piece_.begin() + static_cast<std::ptrdiff_t>(begin), frame_samples, frame.begin());
  return frame;
}

Frame ringing_tone(std::uint64_t number) {
  constexpr std::uint64_t on_frames = 1'000 / frame_ms;
  constexpr std::uint64_t cycle_frames = 5 * on_frames;
  constexpr double tone_hertz = 425;
  Frame frame{};
  std::uint64_t const place = number % cycle_frames;
  if (place >= on_frames) return frame;
  for (std::size_t i = 0; i < frame_samples; ++i) {
    double const at = static_cast<double>(place * frame_samples + i) / sample_rate;
    frame[i] = static_cast<Sample>(peak * std::sin(2 * std::numbers::pi * tone_hertz * at));
  }
  return frame;
}

}  // namespace rapport::media

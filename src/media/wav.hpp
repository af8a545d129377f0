#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "media/frame.hpp"

/// Sound from a file, as callers hear it. Pure.
namespace rapport::media {

/// What is played to a caller; never changes, so all threads share it.
using Announcement = std::vector<Sample>;

/// Reads a WAV file (RIFF): linear 16 bit, one channel or two (their mean is taken), 8,000 to 48,000 Hz,
/// brought to 8 kHz. A length in its header beyond what is there is what writers to a pipe leave, and taken
/// for "to the end". What is longer than limits::announcement_ms_max is cut off.
/// Error: what was found, what was expected.
base::Result<Announcement> read_wav(std::span<std::uint8_t const> file);

/// How long such a file sounds, by its own rate, rounded up: nothing is decoded, and nothing cut off. Errors as of
/// read_wav.
base::Result<std::int64_t> wav_ms(std::span<std::uint8_t const> file);

/// A WAV file of one channel with linear 16 bit at 8 kHz, as read_wav reads it.
std::vector<std::uint8_t> write_wav(std::span<Sample const> samples);

/// From `rate` to 8 kHz by a windowed sinc (Blackman), with what 8 kHz cannot hold taken away before.
std::vector<Sample> to_telephone_rate(std::span<Sample const> samples, std::uint32_t rate);

}  // namespace rapport::media

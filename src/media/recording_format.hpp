#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "media/frame.hpp"
#include "media/g711.hpp"

/// How a call is recorded while it runs: Sun's AU (.au) with mu-law in two channels, the customer left and
/// the agents' side right. Its header may leave the length open, so the file is whole at any moment, even
/// where the process was killed in the middle of a frame, and its hash can be taken as it grows. 16,000
/// bytes a second. Players read it as it is. Pure.
namespace rapport::media {

inline constexpr std::size_t recording_header_bytes = 28;
inline constexpr std::size_t recording_frame_bytes = 2 * frame_samples;

using RecordingHeader = std::array<std::uint8_t, recording_header_bytes>;
using RecordedFrame = std::array<std::uint8_t, recording_frame_bytes>;

RecordingHeader recording_header();
RecordedFrame record(Frame const& customer, Frame const& agents);

/// Both channels of a recording.
struct Recorded {
  std::vector<Sample> customer;
  std::vector<Sample> agents;
};
/// Error: what was found that is no such file. Half a sample at its end is left out.
base::Result<Recorded> read_recording(std::span<std::uint8_t const> file);

}  // namespace rapport::media

#pragma once

#include <cstdint>
#include <span>

#include "media/frame.hpp"

namespace rapport::media {

/// How loud it is: decibels below the loudest sine-like square (dBov, RFC 6464), 0 loudest, 127 silence.
std::uint8_t level(std::span<Sample const> samples);

}  // namespace rapport::media

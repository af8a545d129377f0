#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "media/opus_line.hpp"

/// Opus as SDP tells of it (RFC 7587, section 6.1). Pure; any thread.
namespace rapport::phone {

/// What we take: speech at 16 kHz, and that we send it at 8; one channel, packets of 20 ms or more, with repetitions.
std::string opus_parameters();

/// What a peer takes, by the parameters of its format ("useinbandfec=1; maxaveragebitrate=16000"). What is not
/// known or cannot be read is passed over.
media::OpusTerms read_opus_parameters(std::uint8_t payload_type, std::string_view parameters);

}  // namespace rapport::phone

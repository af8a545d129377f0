#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "media/frame.hpp"

/// ITU-T G.711, by table: one byte a sample at 8 kHz. Pure; any thread.
namespace rapport::media {

enum class Codec : std::uint8_t { pcmu,  ///< mu-law
                                  pcma   ///< A-law
};

/// The static payload type of RFC 3551, table 4.
constexpr std::uint8_t payload_type(Codec codec) { return codec == Codec::pcmu ? 0 : 8; }
/// As SDP names it: "PCMU", "PCMA".
std::string_view name(Codec codec);
/// By the static payload type; nothing for another.
std::optional<Codec> codec_of(std::uint8_t payload_type);

Sample decode(Codec codec, std::uint8_t byte);
std::uint8_t encode(Codec codec, Sample sample);

/// REQUIRES: both spans are of one size.
void decode(Codec codec, std::span<std::uint8_t const> bytes, std::span<Sample> samples);
void encode(Codec codec, std::span<Sample const> samples, std::span<std::uint8_t> bytes);

/// The byte that means no sound.
constexpr std::uint8_t silence(Codec codec) { return codec == Codec::pcmu ? 0xFF : 0xD5; }

}  // namespace rapport::media

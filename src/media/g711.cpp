#include "media/g711.hpp"

#include <array>
#include <bit>
#include <cstddef>

#include "base/assert.hpp"

namespace rapport::media {
namespace {

using Decoding = std::array<Sample, 256>;
using Encoding = std::array<std::uint8_t, 65'536>;  // by the sample's 16 bits

// Both laws: a sign bit, three bits of a segment whose steps double, four bits within it.

constexpr Sample mu_law_value(std::uint8_t byte) {
  constexpr int bias = 0x84;
  int const bits = ~byte & 0xFF;
  int const magnitude = (((bits & 0x0F) << 3) + bias) << ((bits & 0x70) >> 4);
  return static_cast<Sample>((bits & 0x80) != 0 ? bias - magnitude : magnitude - bias);
}

constexpr std::uint8_t mu_law_byte(int sample) {
  constexpr int bias = 0x84;
  constexpr int magnitude_max = 32'635;
  int const mask = sample < 0 ? 0x7F : 0xFF;
  int magnitude = sample < 0 ? -sample : sample;
  magnitude = (magnitude > magnitude_max ? magnitude_max : magnitude) + bias;
  int const segment = static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude))) - 8;
  return static_cast<std::uint8_t>(((segment << 4) | ((magnitude >> (segment + 3)) & 0x0F)) ^ mask);
}

constexpr Sample a_law_value(std::uint8_t byte) {
  int const bits = byte ^ 0x55;
  int const segment = (bits & 0x70) >> 4;
  int magnitude = (bits & 0x0F) << 4;
  magnitude = segment == 0 ? magnitude + 8 : (magnitude + 0x108) << (segment - 1);
  return static_cast<Sample>((bits & 0x80) != 0 ? magnitude : -magnitude);
}

constexpr std::uint8_t a_law_byte(int sample) {
  int const mask = sample < 0 ? 0x55 : 0xD5;
  int const magnitude = (sample < 0 ? -sample - 1 : sample) >> 3;
  auto const width = static_cast<int>(std::bit_width(static_cast<unsigned>(magnitude)));
  int const segment = width > 5 ? width - 5 : 0;
  int const step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
  return static_cast<std::uint8_t>(((segment << 4) | (step & 0x0F)) ^ mask);
}

Decoding make_decoding(Codec codec) {
  Decoding table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    auto const byte = static_cast<std::uint8_t>(i);
    table[i] = codec == Codec::pcmu ? mu_law_value(byte) : a_law_value(byte);
  }
  return table;
}

Encoding make_encoding(Codec codec) {
  Encoding table{};
  for (int sample = -32'768; sample <= 32'767; ++sample) {
    table[static_cast<std::uint16_t>(sample)] = codec == Codec::pcmu ? mu_law_byte(sample) : a_law_byte(sample);
  }
  return table;
}

Decoding const decodings[] = {make_decoding(Codec::pcmu), make_decoding(Codec::pcma)};
Encoding const encodings[] = {make_encoding(Codec::pcmu), make_encoding(Codec::pcma)};

}  // namespace

std::string_view name(Codec codec) { return codec == Codec::pcmu ? "PCMU" : "PCMA"; }

std::optional<Codec> codec_of(std::uint8_t payload_type) {
  if (payload_type == media::payload_type(Codec::pcmu)) return Codec::pcmu;
  if (payload_type == media::payload_type(Codec::pcma)) return Codec::pcma;
  return std::nullopt;
}

Sample decode(Codec codec, std::uint8_t byte) { return decodings[static_cast<std::size_t>(codec)][byte]; }
std::uint8_t encode(Codec codec, Sample sample) { return encodings[static_cast<std::size_t>(codec)][static_cast<std::uint16_t>(sample)]; }

void decode(Codec codec, std::span<std::uint8_t const> bytes, std::span<Sample> samples) {
  RAPPORT_ASSERT(bytes.size() == samples.size());
  Decoding const& table = decodings[static_cast<std::size_t>(codec)];
  for (std::size_t i = 0; i < bytes.size(); ++i) samples[i] = table[bytes[i]];
}

void encode(Codec codec, std::span<Sample const> samples, std::span<std::uint8_t> bytes) {
  RAPPORT_ASSERT(bytes.size() == samples.size());
  Encoding const& table = encodings[static_cast<std::size_t>(codec)];
  for (std::size_t i = 0; i < samples.size(); ++i) bytes[i] = table[static_cast<std::uint16_t>(samples[i])];
}

}  // namespace rapport::media

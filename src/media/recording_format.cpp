#include "media/recording_format.hpp"

#include "media/network_order.hpp"

namespace rapport::media {
namespace {

constexpr std::uint32_t magic = 0x2E73'6E64;  // ".snd"
constexpr std::uint32_t length_unknown = 0xFFFF'FFFF;
constexpr std::uint32_t encoding_mu_law = 1;
constexpr std::uint32_t channels = 2;

}  // namespace

RecordingHeader recording_header() {
  RecordingHeader header{};
  write_u32(header, 0, magic);
  write_u32(header, 4, recording_header_bytes);
  write_u32(header, 8, length_unknown);
  write_u32(header, 12, encoding_mu_law);
  write_u32(header, 16, sample_rate);
  write_u32(header, 20, channels);
  return header;
}

RecordedFrame record(Frame const& customer, Frame const& agents) {
  RecordedFrame bytes;
  for (std::size_t i = 0; i < frame_samples; ++i) {
    bytes[2 * i] = encode(Codec::pcmu, customer[i]);
    bytes[2 * i + 1] = encode(Codec::pcmu, agents[i]);
  }
  return bytes;
}

base::Result<Recorded> read_recording(std::span<std::uint8_t const> file) {
  if (file.size() < recording_header_bytes || read_u32(file, 0) != magic) return base::Error{"no AU file"};
  std::size_t const begin = read_u32(file, 4);
  bool const ours = read_u32(file, 12) == encoding_mu_law && read_u32(file, 16) == sample_rate && read_u32(file, 20) == channels;
  if (!ours || begin < recording_header_bytes || begin > file.size()) return base::Error{"an AU file, but not of two channels of mu-law at 8 kHz"};
  Recorded recorded;
  std::span<std::uint8_t const> const samples = file.subspan(begin);
  std::size_t const count = samples.size() / channels;
  recorded.customer.reserve(count);
  recorded.agents.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    recorded.customer.push_back(decode(Codec::pcmu, samples[2 * i]));
    recorded.agents.push_back(decode(Codec::pcmu, samples[2 * i + 1]));
  }
  return recorded;
}

}  // namespace rapport::media

#include "recordings/opus_file.hpp"

#include <fmt/format.h>
#include <opus.h>

#include <array>
#include <string_view>
#include <vector>

namespace rapport::recordings {
namespace {

constexpr int channels = 2;
constexpr int bits_per_second = 64'000;
constexpr int complexity = 5;
constexpr std::size_t packet_bytes_max = 1'275;  // of one frame of Opus (RFC 6716, 3.2.1)
/// Places in the file are counted at 48 kHz, whatever was encoded (RFC 7845, 4).
constexpr std::uint64_t clock_ratio = 48'000 / media::sample_rate;
constexpr std::uint64_t frame_ticks = media::frame_samples * clock_ratio;

base::Error const opus_unwritten{"Opus: what came of it could not be written"};

base::Error opus_failed(int code) { return base::Error{fmt::format("Opus: {}", opus_strerror(code))}; }

void append_number(std::vector<std::uint8_t>& to, std::uint32_t number, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

std::vector<std::uint8_t> head_packet(std::uint64_t skipped) {
  constexpr std::string_view magic = "OpusHead";
  std::vector<std::uint8_t> packet{magic.begin(), magic.end()};
  packet.push_back(1);  // version
  packet.push_back(channels);
  append_number(packet, static_cast<std::uint32_t>(skipped), 2);
  append_number(packet, media::sample_rate, 4);
  append_number(packet, 0, 2);  // gain
  packet.push_back(0);          // left and right
  return packet;
}

std::vector<std::uint8_t> tags_packet() {
  constexpr std::string_view magic = "OpusTags";
  std::string_view const vendor = opus_get_version_string();
  std::vector<std::uint8_t> packet{magic.begin(), magic.end()};
  append_number(packet, static_cast<std::uint32_t>(vendor.size()), 4);
  packet.insert(packet.end(), vendor.begin(), vendor.end());
  append_number(packet, 0, 4);  // comments
  return packet;
}

media::RecordedFrame silent_frame() {
  media::RecordedFrame silence;
  silence.fill(media::silence(media::Codec::pcmu));
  return silence;
}

}  // namespace

void OpusFile::Free::operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }

base::Result<std::unique_ptr<OpusFile>> OpusFile::open(Sink sink) {
  int code = OPUS_OK;
  // Never its mode for speech, which takes one channel for the other's echo: a tone was 15 to 29 dB down beside
  // its own channel, here 50.
  OpusEncoder* const encoder = opus_encoder_create(static_cast<opus_int32>(media::sample_rate), channels, OPUS_APPLICATION_RESTRICTED_LOWDELAY, &code);
  if (encoder == nullptr) return opus_failed(code);
  std::unique_ptr<OpusFile> file{new OpusFile{encoder, std::move(sink)}};
  opus_int32 ahead = 0;
  opus_encoder_ctl(encoder, OPUS_SET_BITRATE(bits_per_second));
  opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(complexity));
  opus_encoder_ctl(encoder, OPUS_SET_FORCE_CHANNELS(channels));
  opus_encoder_ctl(encoder, OPUS_GET_LOOKAHEAD(&ahead));
  file->skipped_ = static_cast<std::uint64_t>(ahead) * clock_ratio;
  OggPages& pages = file->pages_;
  bool const written = pages.add(head_packet(file->skipped_), 0) && pages.flush() && pages.add(tags_packet(), 0) && pages.flush();
  if (!written) return opus_unwritten;
  return file;
}

base::Result<void> OpusFile::add(media::RecordedFrame const& frame) {
  ++frames_;
  return encode(frame, frames_ * frame_ticks);
}

base::Result<void> OpusFile::encode(media::RecordedFrame const& frame, std::uint64_t granule) {
  std::array<opus_int16, media::recording_frame_bytes> samples;
  for (std::size_t i = 0; i < frame.size(); ++i) samples[i] = media::decode(media::Codec::pcmu, frame[i]);
  std::array<std::uint8_t, packet_bytes_max> packet;
  opus_int32 const size = opus_encode(encoder_.get(), samples.data(), media::frame_samples, packet.data(), packet.size());
  if (size < 0) return opus_failed(size);
  if (!pages_.add(std::span{packet}.first(static_cast<std::size_t>(size)), granule)) return opus_unwritten;
  return {};
}

base::Result<void> OpusFile::finish() {
  if (frames_ == 0) {
    if (auto added = add(silent_frame()); !added) return added;
  }
  // The encoder is behind by less than a frame: one more brings out the rest, and its end is left out.
  if (auto flushed = encode(silent_frame(), skipped_ + frames_ * frame_ticks); !flushed) return flushed;
  if (!pages_.finish()) return opus_unwritten;
  return {};
}

}  // namespace rapport::recordings

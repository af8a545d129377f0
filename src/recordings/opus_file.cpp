#include "recordings/opus_file.hpp"

#include <fmt/format.h>
#include <opusenc.h>

#include <array>

namespace rapport::recordings {
namespace {

constexpr int channels = 2;
constexpr int bits_per_second = 64'000;
constexpr int complexity = 5;
constexpr int stereo_by_the_rules = 0;  // channel mapping family

base::Error const unwritten{"Opus: what came of it could not be written"};

base::Error failed(int code) { return base::Error{fmt::format("Opus: {}", ope_strerror(code))}; }

}  // namespace

int OpusFile::write(void* self, unsigned char const* bytes, std::int32_t size) {
  auto& file = *static_cast<OpusFile*>(self);
  // Told of a failure, libopusenc aborts when it is to finish: we tell instead.
  file.lost_ = file.lost_ || !file.sink_({bytes, static_cast<std::size_t>(size)});
  return 0;
}

base::Result<std::unique_ptr<OpusFile>> OpusFile::open(Sink sink) {
  std::unique_ptr<OpusFile> file{new OpusFile{std::move(sink)}};
  std::unique_ptr<OggOpusComments, void (*)(OggOpusComments*)> const comments{ope_comments_create(), ope_comments_destroy};
  static constexpr OpusEncCallbacks callbacks{write, close};
  int code = OPE_OK;
  file->encoder_ = ope_encoder_create_callbacks(&callbacks, file.get(), comments.get(), media::sample_rate, channels, stereo_by_the_rules, &code);
  if (file->encoder_ == nullptr) return failed(code);
  ope_encoder_ctl(file->encoder_, OPUS_SET_BITRATE(bits_per_second));
  ope_encoder_ctl(file->encoder_, OPUS_SET_COMPLEXITY(complexity));
  // Its mode for speech takes one channel for the other's echo: a tone was 15 to 29 dB down beside its own channel, here 50.
  ope_encoder_ctl(file->encoder_, OPUS_SET_SIGNAL(OPUS_SIGNAL_MUSIC));
  ope_encoder_ctl(file->encoder_, OPUS_SET_FORCE_CHANNELS(channels));
  return file;
}

OpusFile::~OpusFile() {
  if (encoder_ != nullptr) ope_encoder_destroy(encoder_);
}

base::Result<void> OpusFile::add(media::RecordedFrame const& frame) {
  std::array<opus_int16, media::recording_frame_bytes> samples;
  for (std::size_t i = 0; i < frame.size(); ++i) samples[i] = media::decode(media::Codec::pcmu, frame[i]);
  int const code = ope_encoder_write(encoder_, samples.data(), media::frame_samples);
  if (code != OPE_OK) return failed(code);
  if (lost_) return unwritten;
  empty_ = false;
  return {};
}

base::Result<void> OpusFile::finish() {
  if (empty_) {
    // libopusenc 0.2.1 looks at samples that were never written where there are none, and may then abort.
    media::RecordedFrame silence;
    silence.fill(media::silence(media::Codec::pcmu));
    if (auto added = add(silence); !added) return added;
  }
  int const code = ope_encoder_drain(encoder_);
  if (code != OPE_OK) return failed(code);
  if (lost_) return unwritten;
  return {};
}

}  // namespace rapport::recordings

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "media/recording_format.hpp"
#include "recordings/ogg_pages.hpp"

struct OpusEncoder;

namespace rapport::recordings {

/// Encodes a recording to Opus in Ogg (RFC 7845), two channels. At lower rates and in Opus's mode for speech
/// the customer would be heard on the agent's side. Silence costs next to nothing. One thread.
///
/// By libopus alone, at the recording's own sample rate (decision 0009).
class OpusFile {
 public:
  using Sink = OggPages::Sink;  ///< takes the file's next bytes; false: it could not

  /// Error: the encoder cannot be had, or the sink did not take the file's head.
  static base::Result<std::unique_ptr<OpusFile>> open(Sink sink);

  // Error: the sink could not take what came of it.
  base::Result<void> add(media::RecordedFrame const& frame);
  /// A recording without a frame gets one of silence.
  base::Result<void> finish();

 private:
  struct Free {
    void operator()(OpusEncoder* encoder) const;
  };

  OpusFile(OpusEncoder* encoder, Sink sink) : encoder_(encoder), pages_(std::move(sink)) {}
  /// `granule`: where the file is after it.
  base::Result<void> encode(media::RecordedFrame const& frame, std::uint64_t granule);

  std::unique_ptr<OpusEncoder, Free> encoder_;
  OggPages pages_;
  std::uint64_t frames_ = 0;   ///< added
  std::uint64_t skipped_ = 0;  ///< what a decoder leaves out first, in samples at 48 kHz
};

}  // namespace rapport::recordings

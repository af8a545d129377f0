#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/result.hpp"
#include "media/recording_format.hpp"

struct OggOpusEnc;

namespace rapport::recordings {

/// Encodes a recording to Opus in Ogg (RFC 7845), two channels, by libopusenc. At lower rates and in its mode
/// for speech the customer would be heard on the agent's side. Silence costs next to nothing. One thread.
class OpusFile {
 public:
  using Sink = std::function<bool(std::span<std::uint8_t const>)>;  ///< takes the file's next bytes; false: it could not

  /// Error: the encoder cannot be had.
  static base::Result<std::unique_ptr<OpusFile>> open(Sink sink);
  ~OpusFile();
  OpusFile(OpusFile const&) = delete;
  OpusFile& operator=(OpusFile const&) = delete;

  // Error: the sink could not take what came of it.
  base::Result<void> add(media::RecordedFrame const& frame);
  /// A recording without a frame gets one of silence.
  base::Result<void> finish();

 private:
  explicit OpusFile(Sink sink) : sink_(std::move(sink)) {}
  static int write(void* self, unsigned char const* bytes, std::int32_t size);
  static int close(void*) { return 0; }

  Sink sink_;
  OggOpusEnc* encoder_ = nullptr;
  bool empty_ = true;
  bool lost_ = false;  ///< the sink failed
};

}  // namespace rapport::recordings

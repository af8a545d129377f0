#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/phone_limits.hpp"
#include "media/bands.hpp"
#include "media/frame.hpp"
#include "media/jitter_buffer.hpp"

struct OpusDecoder;
struct OpusEncoder;

/// Opus on the line (RFC 6716, 7587) by libopus, one channel. What we send is at the rate of all our sound, 8 kHz,
/// in its mode for speech: there it costs a fifth of what it does at 48 kHz, and a packet can hold the one before
/// it once more (forward error correction), which its mode for music cannot. What comes is decoded at 16 kHz and
/// taken apart (bands.hpp). Pure; each object is one thread's.
namespace rapport::media {

inline constexpr std::uint32_t opus_clock_rate = 48'000;  ///< of RTP timestamps, whatever is within (RFC 7587, section 4.1)
inline constexpr std::uint32_t opus_ticks_per_sample = opus_clock_rate / sample_rate;
inline constexpr std::int32_t opus_bits_per_second = 24'000;  ///< clear speech, and room for its repetition
inline constexpr std::int32_t opus_bits_per_second_min = 6'000;

/// What a peer takes.
struct OpusTerms {
  std::uint8_t payload_type = 0;
  bool repetitions = false;  ///< it can make use of them (useinbandfec)
  std::int32_t bits_per_second = opus_bits_per_second;

  bool operator==(OpusTerms const&) const = default;
};

/// What one leg is sent.
class OpusSender {
 public:
  /// Nothing where there is no memory.
  static std::optional<OpusSender> make(OpusTerms const& terms);

  /// The bytes that were written; 0: it could not be encoded.
  std::size_t encode(Frame const& frame, std::span<std::uint8_t> bytes);

 private:
  struct Free {
    void operator()(OpusEncoder* encoder) const;
  };
  explicit OpusSender(OpusEncoder* encoder) : encoder_(encoder) {}

  std::unique_ptr<OpusEncoder, Free> encoder_;
};

/// One stream that comes. Packets are decoded in their order once their sound is due, so that one that was
/// overtaken is heard; of a hole the last part is made of its repetition in the packet behind it, where that has
/// one, and what is before it is guessed by the decoder.
class OpusReceiver {
 public:
  /// Nothing where there is no memory.
  static std::optional<OpusReceiver> make();

  /// False for what is no Opus packet of at most 120 ms.
  bool put(std::uint32_t timestamp, std::span<std::uint8_t const> payload);
  /// Before each JitterBuffer::take; the upper band, too, where the buffer carries it.
  void decode_into(JitterBuffer& buffer);
  /// Another stream begins.
  void restart();

  /// Samples, of 8 kHz, that were lost and came by repetition, and those that were guessed.
  std::uint64_t repeated() const { return repeated_; }
  std::uint64_t guessed() const { return guessed_; }

 private:
  struct Packet {
    std::int64_t at = 0;  ///< its first tick of the RTP clock, unwrapped
    std::vector<std::uint8_t> bytes{};
  };
  struct Free {
    void operator()(OpusDecoder* decoder) const;
  };
  explicit OpusReceiver(OpusDecoder* decoder) : decoder_(decoder) {}

  void mend(Packet const& behind, std::size_t samples, JitterBuffer& buffer);
  void hand(JitterBuffer& buffer, std::span<Sample const> wide);

  std::unique_ptr<OpusDecoder, Free> decoder_;
  BandSplitter splitter_;
  std::array<Packet, limits::opus_packets_max> waiting_{};  ///< the earliest first
  std::size_t count_ = 0;
  bool begun_ = false;
  std::int64_t next_ = 0;  ///< the tick behind what was decoded
  std::uint64_t repeated_ = 0;
  std::uint64_t guessed_ = 0;
};

/// Whether an Opus packet holds the sound before it once more (RFC 6716, section 4.2.4).
bool repeats(std::span<std::uint8_t const> packet);

}  // namespace rapport::media

#include "media/opus_line.hpp"

#include <opus.h>

#include <algorithm>
#include <utility>

namespace rapport::media {
namespace {

// Below 2 the encoder makes no repetitions; above 3 it costs more than is heard at 8 kHz.
constexpr opus_int32 opus_complexity = 3;
// How many packets in a hundred the encoder takes to be lost: so many that it repeats whatever is speech.
constexpr opus_int32 expected_loss_percent = 10;
constexpr std::int64_t opus_jump_ticks = opus_clock_rate;  // a second: the sender's clock began anew

opus_int32 size_of(std::span<std::uint8_t const> bytes) { return static_cast<opus_int32>(bytes.size()); }

/// Samples of a packet; 0: it is none.
std::size_t samples_in(std::span<std::uint8_t const> packet) {
  int const samples = packet.empty() ? 0 : opus_packet_get_nb_samples(packet.data(), size_of(packet), static_cast<opus_int32>(sample_rate));
  return samples <= 0 || static_cast<std::size_t>(samples) > limits::packet_samples_max ? 0 : static_cast<std::size_t>(samples);
}

}  // namespace

bool repeats(std::span<std::uint8_t const> packet) {
  constexpr std::uint8_t first_without_silk = 16;  // of the configurations in section 3.1
  if (packet.empty() || packet[0] >> 3U >= first_without_silk) return false;
  std::array<unsigned char const*, 48> frames{};
  std::array<opus_int16, 48> sizes{};
  int const count = opus_packet_parse(packet.data(), size_of(packet), nullptr, frames.data(), sizes.data(), nullptr);
  if (count <= 0 || sizes[0] <= 0) return false;
  // One flag of voice for each 20 ms, then that of the repetition, each of them a bit of the first byte.
  unsigned const of_20_ms = std::max(1U, static_cast<unsigned>(opus_packet_get_samples_per_frame(packet.data(), static_cast<opus_int32>(sample_rate))) / static_cast<unsigned>(frame_samples));
  return (frames[0][0] >> (7U - of_20_ms) & 1U) != 0;
}

void OpusSender::Free::operator()(OpusEncoder* encoder) const { opus_encoder_destroy(encoder); }

std::optional<OpusSender> OpusSender::make(OpusTerms const& terms) {
  int failed = OPUS_OK;
  OpusEncoder* const encoder = opus_encoder_create(static_cast<opus_int32>(sample_rate), 1, OPUS_APPLICATION_VOIP, &failed);
  if (encoder == nullptr || failed != OPUS_OK) return std::nullopt;
  OpusSender sender{encoder};
  opus_encoder_ctl(encoder, OPUS_SET_BITRATE(std::clamp(terms.bits_per_second, opus_bits_per_second_min, opus_bits_per_second)));
  opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(opus_complexity));
  opus_encoder_ctl(encoder, OPUS_SET_INBAND_FEC(terms.repetitions ? 1 : 0));
  opus_encoder_ctl(encoder, OPUS_SET_PACKET_LOSS_PERC(terms.repetitions ? expected_loss_percent : 0));
  return sender;
}

std::size_t OpusSender::encode(Frame const& frame, std::span<std::uint8_t> bytes) {
  opus_int32 const written = opus_encode(encoder_.get(), frame.data(), static_cast<int>(frame.size()), bytes.data(), static_cast<opus_int32>(bytes.size()));
  return written < 0 ? 0 : static_cast<std::size_t>(written);
}

void OpusReceiver::Free::operator()(OpusDecoder* decoder) const { opus_decoder_destroy(decoder); }

std::optional<OpusReceiver> OpusReceiver::make() {
  int failed = OPUS_OK;
  OpusDecoder* const decoder = opus_decoder_create(static_cast<opus_int32>(wide_rate), 1, &failed);
  if (decoder == nullptr || failed != OPUS_OK) return std::nullopt;
  return OpusReceiver{decoder};
}

void OpusReceiver::restart() {
  count_ = 0;
  begun_ = false;
  splitter_.restart();
  opus_decoder_ctl(decoder_.get(), OPUS_RESET_STATE);
}

bool OpusReceiver::put(std::uint32_t timestamp, std::span<std::uint8_t const> payload) {
  if (samples_in(payload) == 0) return false;
  std::int64_t at = next_ + static_cast<std::int32_t>(timestamp - static_cast<std::uint32_t>(next_));
  if (begun_ && (at - next_ > opus_jump_ticks || next_ - at > opus_jump_ticks)) restart();
  if (!begun_) {
    begun_ = true;
    at = std::int64_t{timestamp};
    next_ = at;
  }
  auto const end = waiting_.begin() + static_cast<std::ptrdiff_t>(count_);
  auto place = std::lower_bound(waiting_.begin(), end, at, [](Packet const& one, std::int64_t wanted) { return one.at < wanted; });
  if (at < next_ || (place != end && place->at == at)) return true;  // too late, or twice
  if (count_ == waiting_.size()) {
    if (place == waiting_.begin()) return true;
    std::rotate(waiting_.begin(), waiting_.begin() + 1, waiting_.end());
    --place;
    --count_;
  }
  // The free place behind the last one comes here, with the memory that it has.
  std::rotate(place, waiting_.begin() + static_cast<std::ptrdiff_t>(count_), waiting_.begin() + static_cast<std::ptrdiff_t>(count_) + 1);
  place->at = at;
  place->bytes.assign(payload.begin(), payload.end());
  ++count_;
  return true;
}

void OpusReceiver::hand(JitterBuffer& buffer, std::span<Sample const> wide) {
  std::size_t const samples = wide.size() / 2;
  std::array<Sample, limits::packet_samples_max> lower;
  std::array<Sample, limits::packet_samples_max> upper;
  splitter_.split(wide, std::span{lower}.first(samples), std::span{upper}.first(samples));
  buffer.put(static_cast<std::uint32_t>(next_ / opus_ticks_per_sample), std::span<Sample const>{lower}.first(samples), std::span<Sample const>{upper}.first(samples));
  next_ += static_cast<std::int64_t>(samples * opus_ticks_per_sample);
}

/// What is missing before this packet, of whole 2.5 ms.
void OpusReceiver::mend(Packet const& behind, std::size_t samples, JitterBuffer& buffer) {
  std::array<Sample, 2 * limits::opus_mended_samples_max> sound;
  std::span<Sample> const hole = std::span{sound}.first(2 * samples);
  int const made = opus_decode(decoder_.get(), behind.bytes.data(), size_of(behind.bytes), hole.data(), static_cast<int>(hole.size()), 1);
  if (made != static_cast<int>(hole.size())) return;
  std::size_t const frame = static_cast<std::size_t>(opus_packet_get_samples_per_frame(behind.bytes.data(), static_cast<opus_int32>(sample_rate)));
  std::size_t const again = repeats(behind.bytes) && samples >= frame ? frame : 0;
  repeated_ += again;
  guessed_ += samples - again;
  hand(buffer, hole);
}

void OpusReceiver::decode_into(JitterBuffer& buffer) {
  constexpr std::int64_t step = sample_rate / 400 * opus_ticks_per_sample;  // 2.5 ms
  std::size_t done = 0;
  for (; done < count_; ++done) {
    Packet const& packet = waiting_[done];
    std::int64_t const missing = packet.at - next_;
    if (missing > 0 && buffer.depth() >= frame_samples) break;  // it may come yet
    auto const samples = static_cast<std::size_t>(missing / opus_ticks_per_sample);
    if (missing > 0 && missing % step == 0 && samples <= limits::opus_mended_samples_max) mend(packet, samples, buffer);
    next_ = packet.at;
    std::array<Sample, 2 * limits::packet_samples_max> sound;
    int const made = opus_decode(decoder_.get(), packet.bytes.data(), size_of(packet.bytes), sound.data(), static_cast<int>(sound.size()), 0);
    if (made > 0)
      hand(buffer, std::span<Sample const>{sound}.first(static_cast<std::size_t>(made)));
    else
      next_ += static_cast<std::int64_t>(samples_in(packet.bytes) * opus_ticks_per_sample);
  }
  std::rotate(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(done), waiting_.begin() + static_cast<std::ptrdiff_t>(count_));
  count_ -= done;
}

}  // namespace rapport::media

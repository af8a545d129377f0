#include "simulation/sound_end.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "media/g711.hpp"
#include "media/level.hpp"

namespace rapport::simulation {
namespace {

constexpr std::chrono::milliseconds frame_time{media::frame_ms};
constexpr int late_frames_max = 10;        // made up for at once after a stall; what is more is lost
constexpr std::uint8_t speech_level = 40;  // dBov below the loudest; quieter is noise
constexpr int turn_frames_min = 15;        // of speech; less is a cough
constexpr std::size_t sound_datagram_max = 1'500;

}  // namespace

SoundEnd::SoundEnd(asio::io_context& context, std::uint32_t seed) : socket_(context) {
  boost::system::error_code failed;
  socket_.open(asio::ip::udp::v4(), failed);
  if (!failed) socket_.bind({asio::ip::address_v4::loopback(), 0}, failed);
  if (!failed) socket_.non_blocking(true, failed);
  if (!failed) port_ = socket_.local_endpoint(failed).port();
  header_.payload_type = media::payload_type(media::Codec::pcmu);
  header_.ssrc = seed;
  header_.sequence = static_cast<std::uint16_t>(seed >> 16U);
  header_.timestamp = seed ^ 0x5555U;
}

void SoundEnd::say(std::shared_ptr<media::Announcement const> words) {
  if (words && !words->empty()) saying_.push_back(std::move(words));
}

void SoundEnd::tick(Time now) {
  listen(now);
  if (peer_.port() != 0) send();
}

void SoundEnd::listen(Time now) {
  std::array<std::uint8_t, sound_datagram_max> datagram{};
  boost::system::error_code nothing;
  for (;;) {
    asio::ip::udp::endpoint from;
    std::size_t const size = socket_.receive_from(asio::buffer(datagram), from, 0, nothing);
    if (nothing) break;
    auto const packet = media::read_rtp({datagram.data(), size});
    if (!packet || packet->header.payload_type != header_.payload_type || packet->payload.size() != media::frame_samples) continue;
    media::Frame frame{};
    media::decode(media::Codec::pcmu, packet->payload, frame);
    if (media::level(frame) > speech_level) continue;
    last_loud_ = now;
    ++loud_frames_;
  }
  if (loud_frames_ == 0 || hears(now)) return;
  bool const turn = std::exchange(loud_frames_, 0) >= turn_frames_min;
  if (turn && on_turn_) on_turn_();
}

void SoundEnd::send() {
  std::array<std::uint8_t, media::rtp_header_bytes + media::frame_samples> packet{};
  std::span<std::uint8_t> const sound{packet.data() + media::rtp_header_bytes, media::frame_samples};
  std::ranges::fill(sound, media::silence(media::Codec::pcmu));
  if (!saying_.empty()) {
    media::Announcement const& words = *saying_.front();
    std::size_t const count = std::min(sound.size(), words.size() - said_);
    media::encode(media::Codec::pcmu, std::span{words}.subspan(said_, count), sound.first(count));
    said_ += count;
    if (said_ == words.size()) {
      saying_.pop_front();
      said_ = 0;
    }
  }
  media::write_rtp(header_, std::span{packet}.first<media::rtp_header_bytes>());
  ++header_.sequence;
  header_.timestamp += media::frame_samples;
  boost::system::error_code lost;
  socket_.send_to(asio::buffer(packet), peer_, 0, lost);
}

void SoundClock::drive(std::weak_ptr<SoundEnd> end) {
  bool const rests = ends_.empty();
  ends_.push_back(std::move(end));
  if (!rests) return;
  next_ = std::chrono::steady_clock::now();
  wait();
}

void SoundClock::wait() {
  timer_.expires_at(next_ += frame_time);
  timer_.async_wait([self = shared_from_this()](boost::system::error_code stopped) {
    if (!stopped) self->tick();
  });
}

void SoundClock::tick() {
  auto const now = std::chrono::steady_clock::now();
  int due = 1;
  for (; next_ + frame_time <= now; next_ += frame_time) ++due;
  due = std::min(due, late_frames_max);
  for (auto const& one : ends_) {
    auto const end = one.lock();
    for (int i = 0; end && i < due; ++i) end->tick(now);
  }
  std::erase_if(ends_, [](auto const& one) { return one.expired(); });
  if (!ends_.empty()) wait();
}

}  // namespace rapport::simulation

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "media/rtp.hpp"
#include "media/wav.hpp"

namespace rapport::simulation {

namespace asio = boost::asio;

/// The mouth and ear of a simulated person in a call: RTP in PCMU from a port of loopback's. It sends what it
/// is given to say, and silence between; of what it hears it only knows whether somebody speaks. On the
/// thread of its io_context.
class SoundEnd {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// Error by an empty `port()`: none is free.
  SoundEnd(asio::io_context& context, std::uint32_t seed);

  std::uint16_t port() const { return port_; }
  void send_to(asio::ip::udp::endpoint peer) { peer_ = std::move(peer); }
  /// After what is still being said.
  void say(std::shared_ptr<media::Announcement const> words);
  /// Everything was said.
  bool silent() const { return saying_.empty(); }
  /// The other side speaks, or did just now.
  bool hears(Time now) const { return now - last_loud_ < pause; }
  /// Called when the other side has spoken for a while and stopped.
  void on_turn(std::function<void()> told) { on_turn_ = std::move(told); }
  /// 20 ms have passed: reads what came, sends one packet.
  void tick(Time now);

 private:
  static constexpr std::chrono::milliseconds pause{700};

  void listen(Time now);
  void send();

  asio::ip::udp::socket socket_;
  std::uint16_t port_ = 0;
  asio::ip::udp::endpoint peer_;
  media::RtpHeader header_;
  std::deque<std::shared_ptr<media::Announcement const>> saying_;
  std::size_t said_ = 0;  ///< of the first of them
  Time last_loud_{};
  int loud_frames_ = 0;  ///< since the other side was silent last
  std::function<void()> on_turn_;
};

/// Ticks for all ends that are in a call, by one timer that rests while there are none.
class SoundClock : public std::enable_shared_from_this<SoundClock> {
 public:
  explicit SoundClock(asio::io_context& context) : timer_(context) {}
  /// For as long as somebody holds it.
  void drive(std::weak_ptr<SoundEnd> end);

 private:
  void wait();
  void tick();

  asio::steady_timer timer_;
  SoundEnd::Time next_{};
  std::vector<std::weak_ptr<SoundEnd>> ends_;
};

}  // namespace rapport::simulation

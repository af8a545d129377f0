#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/phone_limits.hpp"
#include "media/bands.hpp"
#include "media/g711.hpp"
#include "media/hold_music.hpp"
#include "media/jitter_buffer.hpp"
#include "media/key_sender.hpp"
#include "media/line_quality.hpp"
#include "media/mixer.hpp"
#include "media/opus_line.hpp"
#include "media/recording_format.hpp"
#include "media/rtcp.hpp"
#include "media/rtp.hpp"
#include "media/tape.hpp"
#include "media/telephone_event.hpp"
#include "media/wav.hpp"

namespace rapport::media {

/// In which channel of the recording a leg is heard.
enum class Side : std::uint8_t { customer,
                                 agents,
                                 nowhere  ///< who only listens, or whispers
};

/// What a leg hears beside the others.
enum class Sound : std::uint8_t { none,
                                  music,
                                  ringing };

/// In what a leg's sound and keys come and go.
struct Format {
  Codec codec = Codec::pcmu;              ///< of what we send where it is no Opus; either law is understood
  std::optional<std::uint8_t> keys{};     ///< payload type of telephone events
  std::optional<OpusTerms> opus{};        ///< then Opus it is, both ways, and no law
  std::uint32_t keys_rate = sample_rate;  ///< in which the events' durations are told

  std::uint32_t clock_rate() const { return opus ? opus_clock_rate : sample_rate; }  ///< of RTP
  bool operator==(Format const&) const = default;
};

/// How a leg begins. Its numbers are random, so that nobody can guess them (RFC 3550, section 5.1).
struct LegOptions {
  Format format{};
  Side side = Side::customer;
  std::uint32_t ssrc = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
};

/// A leg's line as it is now.
struct LineState {
  std::uint64_t packets = 0;  ///< received
  std::int64_t lost = 0;
  std::uint32_t loss = 0;                    ///< over the last report's time, in thousandths: what was not there in time
  std::optional<std::uint32_t> loss_away{};  ///< of what we sent, as the peer last reported it, in thousandths
  std::uint32_t jitter_ms = 0;
  std::uint32_t buffered_ms = 0;                 ///< the delay that the jitter buffer adds
  std::optional<std::uint32_t> round_trip_ms{};  ///< nothing: the peer sends no RTCP, or none yet
  std::uint32_t score = 0;                       ///< mean_opinion_score over the last report's time, of the worse way
};

/// The sound of one call: its legs' streams, who hears whom, what is played, what is recorded. It knows no
/// socket, no thread and no clock: datagrams in, a tick every 20 ms, datagrams out. One thread.
class Bridge {
 public:
  using Place = std::size_t;
  static constexpr std::size_t packet_bytes = rtp_header_bytes + frame_samples;
  using Packet = std::array<std::uint8_t, packet_bytes>;

  enum class Received : std::uint8_t { sound,
                                       key,      ///< telephone event
                                       foreign,  ///< a payload type that was not agreed
                                       refused   ///< no RTP, or not of this stream
  };

  explicit Bridge(std::shared_ptr<HoldMusic const> music) : music_(std::move(music)) {}

  /// Nothing where limits::legs_per_bridge_max are there. A new leg hears nobody and nothing.
  std::optional<Place> add(LegOptions const& options);
  /// REQUIRES, here and below: a place that `add` gave and that was not removed.
  void remove(Place place);
  /// What is played as music from now on. REQUIRES: not null.
  void use_music(std::shared_ptr<HoldMusic const> music) { music_ = std::move(music); }
  /// After another offer and answer.
  void change(Place place, Format const& format);
  void hear(Place listener, Place speaker, Gain gain);
  /// Both hear each other in full.
  void connect(Place one, Place other);
  /// In which channel of the recording it is from now on.
  void record_as(Place place, Side side);
  void play(Place place, Sound sound);
  /// Instead of the sound, from its beginning to its end; null: no more.
  void announce(Place place, std::shared_ptr<Announcement const> announcement);
  bool announcing(Place place) const;
  /// What this leg says reaches neither others nor the recording.
  void mute(Place place, bool muted);

  /// A key for this leg, after those that it is sent already: as events where it takes them, else as tones.
  /// False: KeySender takes no more.
  bool press(Place place, char key);

  /// While it is paused the recording holds silence; who hears whom stays as it is.
  void pause_recording(bool paused) { tape_.pause(paused); }
  /// Nothing that was said before is in it.
  void begin_recording() { tape_.restart(); }

  /// `arrival` is in samples of sample_rate, from any beginning.
  Received receive(Place place, std::span<std::uint8_t const> datagram, std::uint32_t arrival);
  /// Keys that came since the last call, in order; nothing more: nullopt.
  std::optional<char> next_key(Place place);
  /// False for no RTCP. `now` is NTP time.
  bool receive_rtcp(Place place, std::span<std::uint8_t const> datagram, std::uint64_t now);
  std::size_t write_report(Place place, std::uint64_t now, std::string_view canonical_name, std::span<std::uint8_t, rtcp_bytes_max> bytes);

  /// 20 ms go by: every leg's packet to send and the recording's frame (Tape) are made.
  void tick();
  std::span<std::uint8_t const> packet(Place place) const;
  RecordedFrame const& recorded() const { return recorded_; }
  /// What this leg said in this tick.
  Frame const& spoken(Place place) const;
  /// The same with what came above 4 kHz, of a leg that brings it.
  Bands spoken_wide(Place place) const;

  LineState line(Place place) const;
  bool bye(Place place) const;

 private:
  static constexpr std::size_t keys_held_max = 32;

  struct Leg {
    LegOptions options;
    JitterBuffer buffer;
    std::optional<OpusReceiver> opus_in;  ///< of a leg in Opus, here and below
    std::optional<OpusSender> opus_out;
    Reception reception;
    KeyReader key_reader;
    std::array<char, keys_held_max> keys{};
    std::size_t keys_held = 0;
    std::size_t key_frames = 0;  ///< for so long a key counts as down
    Frame said{};
    KeySender key_sender;
    std::uint32_t key_pressed_at = 0;  ///< RTP time of the key that is being sent
    Packet packet{};
    std::size_t packet_size = 0;
    Sound sound = Sound::none;
    std::uint64_t played = 0;  ///< frames of the sound
    std::shared_ptr<Announcement const> announcement;
    std::size_t announced = 0;  ///< samples of it
    bool muted = false;
    bool first = true;  ///< nothing was sent yet
    std::optional<std::uint32_t> source;
    std::uint32_t sent = 0;         ///< packets
    std::uint32_t sent_octets = 0;  ///< of their payloads
    std::uint32_t last_report = 0;  ///< compact time of the peer's
    std::uint64_t last_report_at = 0;
    std::optional<std::uint32_t> round_trip_ms;
    std::uint32_t loss_thousandths = 0;
    std::optional<std::uint32_t> loss_away;  ///< thousandths
    std::uint64_t frames_before = 0;         ///< at the last report
    std::uint64_t mended_before = 0;
    std::uint64_t frames = 0;
    bool bye = false;
  };

  Leg& leg(Place place);
  Leg const& leg(Place place) const { return const_cast<Bridge*>(this)->leg(place); }
  static void set_up_opus(Leg& leg);
  Received take_sound(Leg& from, RtpPacket const& packet);
  static std::uint64_t missed(Leg const& leg);
  void take_key(Leg& leg, std::uint32_t timestamp, std::span<std::uint8_t const> payload);
  Frame played_to(Leg& leg) const;
  void make_packet(Place place);
  Frame heard_by(Place place) const;
  static std::size_t write_key(Leg& to, KeySender::Step const& step);
  static std::size_t write_sound(Leg& to, Frame const& heard);
  void make_recorded();

  std::shared_ptr<HoldMusic const> music_;
  std::array<std::unique_ptr<Leg>, GainMatrix::size> legs_{};
  GainMatrix gains_;
  Tape tape_;
  RecordedFrame recorded_{};
};

}  // namespace rapport::media

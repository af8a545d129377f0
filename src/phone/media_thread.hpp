#pragma once

#include <array>
#include <atomic>
#include <boost/lockfree/spsc_queue.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "media/bridge.hpp"
#include "phone/address.hpp"
#include "phone/recorder.hpp"
#include "phone/rtp_sockets.hpp"
#include "phone/srtp.hpp"
#include "phone/taps.hpp"

namespace rapport::phone {

using LegNumber = std::uint64_t;  ///< of this process

class SecureLeg;
struct SecureTerms;

/// What a media thread has to tell. A plain value.
struct MediaNews {
  enum class Kind : std::uint8_t { key,
                                   line,
                                   quiet,     ///< nothing was said for limits::message_silence_ms
                                   silent,    ///< nothing came for limits::sound_away_ms
                                   announced  ///< the announcement of this ticket is over
  };
  Kind kind = Kind::key;
  CallNumber call = 0;
  LegNumber leg = 0;
  char key = 0;
  media::LineState line{};
  std::uint32_t ticket = 0;  ///< of what was announced
};

/// Counters of all media threads.
struct MediaMetrics {
  explicit MediaMetrics(base::Metrics& metrics);
  base::Counter& received;
  base::Counter& sent;
  base::Counter& foreign;  ///< from an address, or of a kind, that was not agreed
  base::Counter& refused;  ///< no RTP
  base::Counter& late_ticks;
  base::Counter& unsent;
  base::Counter& refused_commands;
  base::Gauge& realtime;
  base::Counter& news_lost;
};

/// The sound of one call with its sockets. The media thread's alone.
class MediaCall {
 public:
  struct Shared {
    std::shared_ptr<media::HoldMusic const> music;
    MediaMetrics& metrics;
    boost::lockfree::spsc_queue<MediaNews>& news;
    Recorder::Feed& feed;
    Taps::Feed& taps;
  };

  MediaCall(CallNumber number, Shared& shared) : number_(number), shared_(shared), bridge_(shared.music) {}
  ~MediaCall();

  /// A further leg than limits::legs_per_bridge_max stays silent.
  void add(LegNumber leg, RtpSockets sockets, media::LegOptions const& options, Address const& remote);
  void remove(LegNumber leg);
  /// Where the peer says that it wants its sound; an invalid address: where its own comes from. Not
  /// `sends`: it wants none, for it holds the line.
  void send_to(LegNumber leg, Address const& remote, bool sends);
  /// Whether the peer should send all the time; where it does not, that is told once.
  void watch(LegNumber leg, bool watched);
  void change(LegNumber leg, media::Format const& format);
  void hear(LegNumber listener, LegNumber speaker, bool heard);
  void record_as(LegNumber leg, media::Side side);
  void play(LegNumber leg, media::Sound sound);
  /// Null: what every call has.
  void use_music(std::shared_ptr<media::HoldMusic const> music) { bridge_.use_music(music != nullptr ? std::move(music) : shared_.music); }
  /// Told as news when it is over. Null: no more of what is announced, which is not told.
  void announce(LegNumber leg, std::shared_ptr<media::Announcement const> announcement, std::uint32_t ticket);
  void mute(LegNumber leg, bool muted);
  void record();
  /// What there is of it is whole; what follows is in none.
  void end_recording();
  /// The recording goes on in silence, or again in sound.
  void pause_recording(bool paused) { bridge_.pause_recording(paused); }
  /// Tells once that nothing is said any more.
  void await_silence(LegNumber leg);
  /// What these two say is offered to analysers; 0: nobody's any more.
  void tap(LegNumber customer, LegNumber agent);
  void press(LegNumber leg, std::string const& keys);
  /// The leg is a browser's: its sound comes and goes under lock.
  void lock(LegNumber leg, std::shared_ptr<SecureLeg> secure);
  /// Its checks are made by these from now on.
  void check_by(LegNumber leg, SecureTerms const& terms);
  /// The leg's sound is under SRTP by these keys; the same ones again change nothing.
  void seal(LegNumber leg, SrtpKeys const& keys);

  void tick();

 private:
  struct Leg {
    LegNumber number = 0;
    media::Bridge::Place place = 0;
    RtpSockets sockets;
    Address remote;                  ///< by SDP
    std::optional<Address> latched;  ///< where its sound comes from: symmetric RTP
    std::uint64_t quiet_ticks = 0;   ///< since the latched one sent
    std::uint64_t ticks = 0;
    bool sends = true;
    bool watched = false;
    std::uint64_t away_ticks = 0;                     ///< since it sent anything, while it is watched
    std::optional<std::uint64_t> quiet_ticks_left{};  ///< of a leg whose silence is awaited
    std::uint32_t ticket = 0;                         ///< of what is announced; 0: nothing is
    std::shared_ptr<SecureLeg> secure{};              ///< of a browser's
    std::optional<SrtpKeys> keys{};                   ///< of one whose keys SDP told
    std::unique_ptr<Srtp> sealed{};                   ///< by them
  };

  struct Datagram {
    std::span<std::uint8_t const> bytes;
    Address from;
    timespec arrived{};  ///< when the system received it, not when we looked
  };
  class Reading;
  static Reading& reading();

  Leg* find(LegNumber leg);
  void read(Leg& leg);
  void read_reports(Leg& leg);
  bool open(Leg& leg, Datagram& datagram);
  void send(Leg& leg);
  void report(Leg& leg);
  void watch(Leg& leg);
  void tell_announced(Leg& leg);
  void listen(Leg& leg);
  void take_down();
  void offer();
  bool latches(Leg& leg, Address const& from) const;

  CallNumber number_;
  Shared& shared_;
  media::Bridge bridge_;
  std::vector<std::unique_ptr<Leg>> legs_;
  std::unique_ptr<RecordingChunk> chunk_;
  bool recording_ = false;
  LegNumber tapped_customer_ = 0;
  LegNumber tapped_agent_ = 0;
  std::uint64_t recorded_frames_ = 0;
  std::uint64_t ticks_ = 0;  ///< its clock
};

/// One thread that carries calls: every 20 ms it reads what has come, mixes, and sends. All legs of a call
/// are on one. It waits for nothing but its clock.
class MediaThread {
 public:
  using Work = std::function<void(MediaCall&)>;

  MediaThread(std::shared_ptr<media::HoldMusic const> music, MediaMetrics& metrics, Recorder::Feed& feed, Taps::Feed& taps);
  ~MediaThread();
  MediaThread(MediaThread const&) = delete;
  MediaThread& operator=(MediaThread const&) = delete;

  // One other thread, always the same, calls these; none waits. What is asked of a call is done in order,
  // at the next tick. False where limits::phone_commands_max wait.
  bool begin(CallNumber call);
  bool with(CallNumber call, Work work);
  bool end(CallNumber call);
  /// Ends all calls. Nothing may be asked of it afterwards.
  void stop();
  /// The next of its news; nullopt: no more.
  std::optional<MediaNews> next_news();

  std::size_t calls() const { return count_.load(std::memory_order_relaxed); }

 private:
  struct Command {
    enum class Kind : std::uint8_t { begin,
                                     work,
                                     end } kind = Kind::work;
    CallNumber call = 0;
    Work work;
  };

  bool push(Command command);
  void run();
  void obey();
  void tick();

  boost::lockfree::spsc_queue<Command*> commands_{limits::phone_commands_max};
  boost::lockfree::spsc_queue<MediaNews> news_{limits::phone_commands_max};
  MediaMetrics& metrics_;
  MediaCall::Shared shared_;
  std::unordered_map<CallNumber, MediaCall> calls_;
  std::atomic<std::size_t> count_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace rapport::phone

#pragma once

#include <boost/lockfree/spsc_queue.hpp>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "media/bands.hpp"

namespace rapport::phone {

/// What customer and agent said in one tick of a call in which they talk, as a media thread puts it. A plain value.
struct TapFrame {
  std::uint64_t call = 0;
  std::uint64_t leg = 0;   ///< the agent's
  std::uint64_t tick = 0;  ///< the call's clock: ticks of 20 ms since its sound began
  media::Bands customer{};
  media::Bands agent{};
};

/// The same as analysers take it. A side that speaks by G.711 has nothing above 4 kHz. Sound is 2.9 ms behind its
/// tick (media::band_delay_us), beside what its line and the jitter buffer took.
struct TappedSound {
  std::uint64_t call = 0;
  std::uint64_t leg = 0;
  std::uint64_t tick = 0;  ///< one above the last, but behind a hole: a hold, or what was dropped
  media::WideFrame customer{};
  media::WideFrame agent{};
};

/// Who analyses sound. Called on the taps' thread alone.
class Analyser {
 public:
  virtual ~Analyser() = default;
  /// In order for each call and leg.
  virtual void take(TappedSound const& sound) = 0;
  /// What there was is taken for now; five times a second.
  virtual void looked() = 0;
};

/// Where decoded sound is offered at 16 kHz to those who analyse it, beside the calls and never in their way: a
/// media thread puts frames in a queue of bounded size; where that is full they are dropped, and counted. One thread
/// looks at them five times a second, joins their bands and hands them to the analysers.
class Taps {
 public:
  /// A media thread's way in: it alone puts. Never waits, takes no memory.
  class Feed {
   public:
    void put(TapFrame const& frame) {
      if (!frames_.push(frame)) dropped_.add();
    }

   private:
    friend class Taps;
    Feed(base::Counter& dropped, std::size_t size) : frames_(size), dropped_(dropped) {}
    boost::lockfree::spsc_queue<TapFrame> frames_;
    base::Counter& dropped_;
  };

  /// `feeds`: as many as there are media threads. The analysers outlive it.
  Taps(base::Metrics& metrics, std::vector<Analyser*> analysers, std::size_t feeds = 1);
  ~Taps();
  Taps(Taps const&) = delete;
  Taps& operator=(Taps const&) = delete;

  Feed& feed(std::size_t media_thread = 0) { return *feeds_[media_thread]; }
  void stop();

 private:
  /// Where one talk's sound is joined.
  struct Joint {
    media::BandJoiner customer;
    media::BandJoiner agent;
    std::uint64_t next = 0;   ///< tick
    std::uint32_t quiet = 0;  ///< looks without a frame
  };

  static std::vector<std::unique_ptr<Feed>> make_feeds(base::Metrics& metrics, std::size_t count);
  void run();
  void look();
  void take(Feed& feed);

  std::vector<Analyser*> analysers_;
  std::vector<std::unique_ptr<Feed>> feeds_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Joint> joints_;  ///< by call and leg; the taps' thread alone
  std::mutex mutex_;                                                 ///< of what follows
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::phone

#pragma once

#include <boost/lockfree/spsc_queue.hpp>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "media/frame.hpp"
#include "media/talk.hpp"

namespace rapport::phone {

/// What customer and agent said in one tick of a call in which they talk. A plain value.
struct TapFrame {
  std::uint64_t call = 0;
  std::uint64_t leg = 0;  ///< the agent's
  media::Frame customer{};
  media::Frame agent{};
};

/// Where decoded sound is offered to those who analyse it, beside the calls and never in their way: a media
/// thread puts frames in a queue of bounded size; where that is full they are dropped, and counted. One thread
/// looks at them five times a second and measures who speaks how long.
class Taps {
 public:
  /// Called on the taps' thread about every second while they talk: all so far between this call's customer
  /// and the agent of this leg.
  using Told = std::function<void(std::uint64_t call, std::uint64_t leg, media::Talk)>;

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

  /// `feeds`: as many as there are media threads.
  Taps(base::Metrics& metrics, Told told, std::size_t feeds = 1);
  ~Taps();
  Taps(Taps const&) = delete;
  Taps& operator=(Taps const&) = delete;

  Feed& feed(std::size_t media_thread = 0) { return *feeds_[media_thread]; }
  void stop();

 private:
  struct Meter {
    media::TalkMeter meter;
    std::uint64_t told = 0;   ///< milliseconds that were told
    std::uint32_t quiet = 0;  ///< looks without a frame
    bool fresh = false;
  };

  static std::vector<std::unique_ptr<Feed>> make_feeds(base::Metrics& metrics, std::size_t count);
  void run();
  void look();
  void take(Feed& feed);

  Told told_;
  std::vector<std::unique_ptr<Feed>> feeds_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Meter> meters_;  ///< the taps' thread alone
  std::mutex mutex_;                                                 ///< of what follows
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::phone

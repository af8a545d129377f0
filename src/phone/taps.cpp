#include "phone/taps.hpp"

#include <pthread.h>

#include <chrono>

namespace rapport::phone {
namespace {

constexpr std::chrono::milliseconds look_every{200};
constexpr std::uint32_t let_go_after_looks = 5;  // nothing is left of a filter's sound by then

}  // namespace

Taps::Taps(base::Metrics& metrics, std::vector<Analyser*> analysers, std::size_t feeds)
    : analysers_(std::move(analysers)),
      feeds_(make_feeds(metrics, feeds)),
      thread_([this] { run(); }) {}

std::vector<std::unique_ptr<Taps::Feed>> Taps::make_feeds(base::Metrics& metrics, std::size_t count) {
  auto& dropped = metrics.counter("rapport_tap_frames_dropped_total", "Frames of calls that analysers did not take in time.");
  std::vector<std::unique_ptr<Feed>> feeds;
  for (std::size_t index = 0; index < count; ++index) feeds.emplace_back(new Feed{dropped, limits::tap_frames_max / count});
  return feeds;
}

Taps::~Taps() { stop(); }

void Taps::stop() {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_) return;
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void Taps::run() {
  ::pthread_setname_np(::pthread_self(), "taps");
  std::unique_lock lock{mutex_};
  while (!woken_.wait_for(lock, look_every, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

void Taps::take(Feed& feed) {
  TapFrame frame;
  while (feed.frames_.pop(frame)) {
    Joint& joint = joints_[{frame.call, frame.leg}];
    // Sound behind a hole does not go on from what was before it.
    if (frame.tick != joint.next) joint = Joint{};
    joint.next = frame.tick + 1;
    joint.quiet = 0;
    TappedSound sound{frame.call, frame.leg, frame.tick};
    joint.customer.join(frame.customer, sound.customer);
    joint.agent.join(frame.agent, sound.agent);
    for (Analyser* const analyser : analysers_) analyser->take(sound);
  }
}

void Taps::look() {
  for (auto& [of, joint] : joints_) ++joint.quiet;
  for (auto const& feed : feeds_) take(*feed);
  for (Analyser* const analyser : analysers_) analyser->looked();
  std::erase_if(joints_, [](auto const& entry) { return entry.second.quiet > let_go_after_looks; });
}

}  // namespace rapport::phone

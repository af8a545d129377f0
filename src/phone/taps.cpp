#include "phone/taps.hpp"

#include <chrono>

namespace rapport::phone {
namespace {

constexpr std::chrono::milliseconds look_every{200};
constexpr std::uint64_t tell_every_ms = 1'000;
constexpr std::uint32_t forget_after_looks = 9'000;  // half an hour: a talk that was on hold goes on where it was

}  // namespace

Taps::Taps(base::Metrics& metrics, Told told, std::size_t feeds)
    : told_(std::move(told)),
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
    Meter& meter = meters_[{frame.call, frame.leg}];
    meter.meter.take(frame.customer, frame.agent);
    meter.fresh = true;
  }
}

void Taps::look() {
  for (auto const& feed : feeds_) take(*feed);
  for (auto& [of, meter] : meters_) {
    meter.quiet = meter.fresh ? 0 : meter.quiet + 1;
    meter.fresh = false;
    std::uint64_t const all = meter.meter.talk().all();
    if (all - meter.told < tell_every_ms) continue;
    meter.told = all;
    told_(of.first, of.second, meter.meter.talk());
  }
  std::erase_if(meters_, [](auto const& entry) { return entry.second.quiet > forget_after_looks; });
}

}  // namespace rapport::phone

#include "phone/media_thread.hpp"

#include <pthread.h>
#include <sched.h>

#include <utility>

#include "base/assert.hpp"

namespace rapport::phone {
namespace {

using std::chrono::steady_clock;
constexpr std::chrono::milliseconds tick_every{media::frame_ms};
constexpr int priority = 10;

/// Sound goes before all else on this machine, so that a busy hour of the judge or the disk is not heard.
/// False where the system does not allow it.
bool go_first() {
  sched_param parameters{};
  parameters.sched_priority = priority;
  return ::pthread_setschedparam(::pthread_self(), SCHED_RR, &parameters) == 0;
}

}  // namespace

MediaMetrics::MediaMetrics(base::Metrics& metrics)
    : received(metrics.counter("rapport_rtp_received_total", "RTP packets read.")),
      sent(metrics.counter("rapport_rtp_sent_total", "RTP packets sent.")),
      foreign(metrics.counter("rapport_rtp_foreign_total", "Packets from an address or of a payload type that was not agreed.")),
      refused(metrics.counter("rapport_rtp_refused_total", "Datagrams on a media port that are no RTP or RTCP of its stream.")),
      late_ticks(metrics.counter("rapport_media_ticks_skipped_total", "20 ms steps that media threads could not make in time.")),
      unsent(metrics.counter("rapport_rtp_unsent_total", "Packets that the system did not take.")),
      refused_commands(metrics.counter("rapport_media_commands_refused_total", "Commands to media threads beyond phone_commands_max.")),
      realtime(metrics.gauge("rapport_media_realtime_threads", "Media threads that the system lets go before all others.")),
      news_lost(metrics.counter("rapport_media_news_lost_total", "Keys and line reports that nobody fetched in time.")) {}

MediaThread::MediaThread(std::shared_ptr<media::HoldMusic const> music, MediaMetrics& metrics, Recorder::Feed& feed, Taps::Feed& taps)
    : metrics_(metrics), shared_{std::move(music), metrics, news_, feed, taps}, thread_([this] { run(); }) {}

void MediaThread::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

MediaThread::~MediaThread() {
  stop();
  Command* left = nullptr;
  while (commands_.pop(left)) delete left;
}

bool MediaThread::push(Command command) {
  auto owned = std::make_unique<Command>(std::move(command));
  if (!commands_.push(owned.get())) {
    metrics_.refused_commands.add();
    return false;
  }
  owned.release();  // `obey` deletes it
  return true;
}

bool MediaThread::begin(CallNumber call) { return push({Command::Kind::begin, call, {}}); }
bool MediaThread::with(CallNumber call, Work work) { return push({Command::Kind::work, call, std::move(work)}); }
bool MediaThread::end(CallNumber call) { return push({Command::Kind::end, call, {}}); }

std::optional<MediaNews> MediaThread::next_news() {
  MediaNews news;
  return news_.pop(news) ? std::optional{news} : std::nullopt;
}

void MediaThread::obey() {
  Command* next = nullptr;
  while (commands_.pop(next)) {
    std::unique_ptr<Command const> const command{next};
    switch (command->kind) {
      case Command::Kind::begin:
        calls_.try_emplace(command->call, command->call, shared_);
        break;
      case Command::Kind::work:
        if (auto const found = calls_.find(command->call); found != calls_.end()) command->work(found->second);
        break;
      case Command::Kind::end:
        calls_.erase(command->call);
        break;
    }
  }
  count_.store(calls_.size(), std::memory_order_relaxed);
}

void MediaThread::tick() {
  for (auto& [number, call] : calls_) call.tick();
}

void MediaThread::run() {
  ::pthread_setname_np(::pthread_self(), "sound");
  if (go_first()) metrics_.realtime.add(1);
  auto next = steady_clock::now() + tick_every;
  while (!stopping_) {
    std::this_thread::sleep_until(next);
    // After a stall some ticks are made up for; more would keep it from ever reading again.
    auto const behind = static_cast<std::size_t>((steady_clock::now() - next) / tick_every);
    if (behind > limits::catch_up_ticks_max) {
      metrics_.late_ticks.add(behind);
      next += tick_every * behind;
    }
    next += tick_every;
    obey();
    tick();
  }
  obey();
  calls_.clear();
}

}  // namespace rapport::phone

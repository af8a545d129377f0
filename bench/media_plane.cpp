#include <fmt/format.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string_view>
#include <thread>

#include "app/system_clock.hpp"
#include "base/assert.hpp"
#include "far_ends.hpp"
#include "phone/media_threads.hpp"
#include "phone/talk_teller.hpp"

/// rapport-media-plane [threads=N] [CALLS…]: carries so many calls on N media threads (1), by real sockets on loopback, both
/// legs G.711, mixed and recorded in stereo, and tells what a call costs, whether a 20 ms step was missed, and
/// how long a caller's sound takes to the agent's end. Without numbers it goes up until the first underrun.
/// Peer: rtpengine in user space, 1,110 to 1,220 calls a core, 8 to 9 microseconds a packet, not recorded.
/// Aim: 1,200 a core, recorded; 40 ms of delay at p99. The far ends run on a thread of their own beside it,
/// whose processor time is told apart; measure on a machine that does nothing else, and as root: then both go
/// before other work, as the server's sound does.
namespace {

using namespace rapport;

constexpr std::size_t measured_calls = 20;
constexpr double settle_seconds = 10;  // all begin at once
constexpr double seconds = 8;

double processor_seconds(clockid_t clock) {
  timespec spent{};
  ::clock_gettime(clock, &spent);
  return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

double quantile(std::vector<double>& values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

/// A folder of this process that goes with it.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / fmt::format("rapport-media-plane-{}", ::getpid())) { std::filesystem::create_directories(path_); }
  ~Folder() {
    std::error_code gone;
    std::filesystem::remove_all(path_, gone);
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

std::pair<phone::Address, phone::Address> place_call(phone::CallNumber call, phone::MediaThreads& media, phone::PortPool& ports, phone::Recorder& recorder) {
  auto const host = *phone::Address::parse("127.0.0.1", 0);
  auto caller = ports.open(host);
  auto agent = ports.open(host);
  RAPPORT_ASSERT(caller && agent);
  auto const where = std::pair{caller->local, agent->local};
  recorder.begin(call, fmt::format("call-{}", call));
  auto const both = std::make_shared<std::pair<phone::RtpSockets, phone::RtpSockets>>(std::move(*caller), std::move(*agent));
  RAPPORT_ASSERT(media.begin(call));
  RAPPORT_ASSERT(media.with(call, [both](phone::MediaCall& sound) {
    sound.add(1, std::move(both->first), {{media::Codec::pcmu, {}}, media::Side::customer, 1, 0, 0}, {});
    sound.add(2, std::move(both->second), {{media::Codec::pcmu, {}}, media::Side::agents, 2, 0, 0}, {});
    sound.hear(1, 2, true);
    sound.hear(2, 1, true);
    sound.record();
    sound.tap(1, 2);
  }));
  return where;
}

/// Whether every step was made in time and everything came back.
bool carry(std::size_t threads, std::size_t calls) {
  Folder const folder;
  base::Metrics metrics;
  phone::MediaMetrics counted{metrics};
  auto const place = [&folder](std::string const& interaction) { return std::optional{phone::RecordingPlace{interaction, std::filesystem::path{folder.path()} / interaction, recordings::random_key()}}; };
  phone::Recorder recorder{place, metrics, [](phone::RecordingFinished const&) {}, threads};
  phone::TalkTeller talk{[](std::uint64_t, std::uint64_t, media::Talk const&) {}};
  phone::Taps taps{metrics, {&talk}, threads};
  phone::MediaThreads media{threads, std::make_shared<media::HoldMusic const>(), counted, recorder, taps};
  phone::PortPool ports{10'000, 65'534};
  std::vector<std::pair<phone::Address, phone::Address>> places;
  for (phone::CallNumber call = 0; call < calls; ++call) places.push_back(place_call(call, media, ports, recorder));
  bench::FarEnds ends{std::move(places), std::min(calls, measured_calls)};
  ends.play(settle_seconds);
  std::uint64_t const late_before = counted.late_ticks.value();
  double const all_before = processor_seconds(CLOCK_PROCESS_CPUTIME_ID);
  double const ends_before = processor_seconds(CLOCK_THREAD_CPUTIME_ID);
  bench::Seen seen = ends.play(seconds);
  double const ends_spent = processor_seconds(CLOCK_THREAD_CPUTIME_ID) - ends_before;
  double const spent = processor_seconds(CLOCK_PROCESS_CPUTIME_ID) - all_before - ends_spent;
  std::uint64_t const late = counted.late_ticks.value() - late_before;
  double const share = spent / seconds;
  double const packets = static_cast<double>(seen.sent + seen.received);
  fmt::print("{:>6} {:>10.0f} {:>8.1f} % {:>10.1f} us {:>9.1f} us {:>12.0f} {:>8} {:>8.2f} % {:>7.1f} {:>7.1f} {:>8.1f} %\n",
             calls, packets / seconds, share * 100, spent / packets * 1e6, spent / (static_cast<double>(calls) * seconds * 50) * 1e6, static_cast<double>(calls) / share, late,
             100 - 100 * static_cast<double>(seen.received) / static_cast<double>(std::max<std::uint64_t>(1, seen.sent)), quantile(seen.delays_ms, 0.5), quantile(seen.delays_ms, 0.99), ends_spent / seconds * 100);
  std::fflush(stdout);
  return late == 0;
}

/// Nothing for none from 1 to `most`.
std::optional<std::size_t> number_in(std::string_view text, std::size_t most) {
  std::size_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number > 0 && number <= most ? std::optional{number} : std::nullopt;
}

int usage() {
  std::cerr << "usage: rapport-media-plane [threads=N] [CALLS…], each from 1 to 10000\n";
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  sched_param ends{};
  ends.sched_priority = 5;
  if (::pthread_setschedparam(::pthread_self(), SCHED_RR, &ends) != 0) fmt::print("without real-time scheduling: delays tell of this machine's other work too\n");
  std::size_t threads = 1;
  if (count > 1 && std::string_view{arguments[1]}.starts_with("threads=")) {
    auto const wanted = number_in(std::string_view{arguments[1]}.substr(8), limits::sound_threads_max);
    if (!wanted) return usage();
    threads = *wanted;
    --count;
    ++arguments;
  }
  fmt::print("{} media threads with their recorder; peer (rtpengine, not recorded): 1,110 to 1,220 calls a core, 8 to 9 us a packet; aim 1,200 calls a core, p99 40 ms\n", threads);
  fmt::print("{:>6} {:>10} {:>10} {:>13} {:>12} {:>12} {:>8} {:>10} {:>7} {:>7} {:>10}\n", "calls", "packets/s", "processor", "a packet", "call, 20 ms", "calls a core", "missed", "not back", "p50 ms", "p99 ms", "far ends");
  if (count > 1) {
    for (int index = 1; index < count; ++index) {
      auto const calls = number_in(arguments[index], 10'000);
      if (!calls) return usage();
      carry(threads, *calls);
    }
    return 0;
  }
  for (std::size_t calls = 100; calls <= 4'000 * threads && carry(threads, calls); calls += 100) {
  }
}

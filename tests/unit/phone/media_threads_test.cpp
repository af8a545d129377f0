#include "phone/media_threads.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "phone/talk_teller.hpp"

namespace rapport::phone {
namespace {

constexpr std::size_t threads = 3;
constexpr CallNumber calls = 7;

/// Until it holds, or half a minute went by.
template <typename Holds>
bool eventually(Holds holds) {
  for (int tries = 0; tries < 3'000; ++tries) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return false;
}

class SoundThreads : public testing::Test {
 protected:
  SoundThreads() { std::filesystem::create_directories(folder_); }
  ~SoundThreads() override { std::filesystem::remove_all(folder_); }

  void begin(CallNumber call) {
    recorder_.begin(call, std::to_string(call));
    media_.begin(call);
    for (LegNumber const leg : {2 * call, 2 * call + 1}) {
      auto opened = ports_.open(*Address::parse("127.0.0.1", 0));
      ASSERT_TRUE(opened) << opened.error().message;
      auto const sockets = std::make_shared<RtpSockets>(std::move(*opened));
      media_.with(call, [leg, sockets](MediaCall& sound) { sound.add(leg, std::move(*sockets), {}, {}); });
    }
    auto const words = std::make_shared<media::Announcement const>(media::frame_samples * 3, media::Sample{1'000});
    media_.with(call, [call, words](MediaCall& sound) {
      sound.record();
      sound.tap(2 * call, 2 * call + 1);
      sound.announce(2 * call, words, static_cast<std::uint32_t>(call));
    });
  }
  std::size_t in(auto const& set) {
    std::lock_guard const lock{mutex_};
    return set.size();
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() / fmt::format("rapport-sound-threads-{}", ::getpid());
  base::Metrics metrics_;
  MediaMetrics counted_{metrics_};
  std::mutex mutex_;                               // of what follows
  std::map<std::string, std::uint64_t> finished_;  // frames of each recording
  std::set<CallNumber> measured_;
  Recorder recorder_{[this](std::string const& interaction) { return std::optional{RecordingPlace{interaction, folder_ / interaction, recordings::random_key()}}; }, metrics_,
                     [this](RecordingFinished const& done) {
                       std::lock_guard const lock{mutex_};
                       finished_[done.interaction] = done.frames;
                     },
                     threads};
  TalkTeller talk_{[this](CallNumber call, LegNumber leg, media::Talk const&) {
    std::lock_guard const lock{mutex_};
    if (leg == 2 * call + 1) measured_.insert(call);
  }};
  Taps taps_{metrics_, {&talk_}, threads};
  PortPool ports_{41'000, 41'400};
  MediaThreads media_{threads, std::make_shared<media::HoldMusic const>(), counted_, recorder_, taps_};
};

TEST_F(SoundThreads, EachCallIsCarriedRecordedMeasuredAndToldOfWhicheverThreadItIsOn) {
  for (CallNumber call = 1; call <= calls; ++call) begin(call);
  std::set<CallNumber> announced;
  EXPECT_TRUE(eventually([&] {
    while (auto const news = media_.next_news()) {
      if (news->kind == MediaNews::Kind::announced && news->ticket == news->call && news->leg == 2 * news->call) announced.insert(news->call);
    }
    return announced.size() == calls;
  })) << announced.size();
  EXPECT_EQ(media_.calls(), calls);
  EXPECT_TRUE(eventually([&] { return in(measured_) == calls; })) << "who speaks is measured in all";
  for (CallNumber call = 1; call <= calls; ++call) media_.end(call);
  EXPECT_TRUE(eventually([&] { return in(finished_) == calls; })) << "all are recorded";
  EXPECT_EQ(media_.calls(), 0U);
  media_.stop();
  std::lock_guard const lock{mutex_};
  for (auto const& [interaction, frames] : finished_) EXPECT_GT(frames, 40U) << interaction;
}

}  // namespace
}  // namespace rapport::phone

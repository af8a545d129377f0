#include "phone/recorder.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "support/tones.hpp"

namespace rapport::phone {
namespace {

namespace fs = std::filesystem;

/// A recorder in a folder of its own that goes with it.
struct Desk {
  fs::path folder = fs::temp_directory_path() / ("rapport-recorder-" + std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  base::Metrics metrics;
  recordings::FileKey key = recordings::random_key();
  bool whole = false;  ///< of what was read last
  std::mutex mutex;
  std::condition_variable told;
  std::vector<RecordingFinished> finished;
  std::unique_ptr<Recorder> recorder;

  Desk() {
    fs::create_directories(folder);
    open();
  }
  ~Desk() {
    recorder.reset();
    fs::remove_all(folder);
  }
  void open() {
    auto place = [this](std::string const& interaction) -> std::optional<RecordingPlace> {
      if (interaction == "nowhere") return std::nullopt;
      return RecordingPlace{interaction, folder / interaction, key};
    };
    recorder = std::make_unique<Recorder>(place, metrics, [this](RecordingFinished one) {
      std::lock_guard const lock{mutex};
      finished.push_back(std::move(one));
      told.notify_all();
    });
  }
  std::vector<RecordingFinished> wait_for(std::size_t count) {
    std::unique_lock lock{mutex};
    EXPECT_TRUE(told.wait_for(lock, std::chrono::minutes{2}, [&] { return finished.size() >= count; }));
    return finished;
  }
  /// What can be read of a file, plain.
  media::Recorded read(std::string const& name) {
    auto reader = recordings::SealedReader::open(folder / name, key);
    EXPECT_TRUE(reader);
    std::vector<std::uint8_t> bytes;
    while (reader) {
      auto const chunk = reader->next();
      EXPECT_TRUE(chunk);
      if (!chunk || !*chunk) break;
      bytes.insert(bytes.end(), (*chunk)->begin(), (*chunk)->end());
    }
    whole = reader && reader->whole();
    auto const recorded = media::read_recording(bytes);
    EXPECT_TRUE(recorded);
    return recorded ? *recorded : media::Recorded{};
  }
  static std::unique_ptr<RecordingChunk> chunk(CallNumber call, std::uint64_t first, std::size_t frames, bool last) {
    auto made = std::make_unique<RecordingChunk>();
    *made = {call, first, frames, last, {}};
    auto const sound = tests::tone(400, media::frame_samples);
    media::Frame frame;
    std::copy(sound.begin(), sound.end(), frame.begin());
    made->sound.fill(media::record(frame, {}));
    return made;
  }
};

TEST(Recorder, WritesACallDownSealed) {
  Desk desk;
  desk.recorder->begin(1, "call-1");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->feed().put(Desk::chunk(1, 10, 3, true));
  auto const finished = desk.wait_for(1);
  EXPECT_EQ(finished[0].interaction, "call-1");
  EXPECT_EQ(finished[0].name, "call-1");
  EXPECT_EQ(finished[0].frames, 13U);
  auto const recorded = desk.read("call-1");
  EXPECT_TRUE(desk.whole);
  EXPECT_EQ(recorded.customer.size(), 13 * media::frame_samples);
  EXPECT_GT(tests::peak_at(recorded.customer, 400), 7'500);
}

TEST(Recorder, WhatWasLostIsSilenceSoThatTimeStaysRight) {
  Desk desk;
  desk.recorder->begin(1, "gap");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->feed().put(Desk::chunk(1, 30, 10, true));
  desk.wait_for(1);
  auto const recorded = desk.read("gap");
  ASSERT_EQ(recorded.customer.size(), 40 * media::frame_samples);
  std::span const whole{recorded.customer};
  EXPECT_LT(tests::peak_at(whole.subspan(10 * media::frame_samples, 20 * media::frame_samples), 400), 10);
  EXPECT_GT(tests::peak_at(whole.subspan(30 * media::frame_samples), 400), 7'500);
}

TEST(Recorder, TwoCallsAtOnceDoNotMix) {
  Desk desk;
  for (CallNumber call : {1U, 2U}) desk.recorder->begin(call, "call-" + std::to_string(call));
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->feed().put(Desk::chunk(2, 0, 5, true));
  desk.recorder->feed().put(Desk::chunk(1, 10, 10, true));
  desk.wait_for(2);
  EXPECT_EQ(desk.read("call-1").customer.size(), 20 * media::frame_samples);
  EXPECT_EQ(desk.read("call-2").customer.size(), 5 * media::frame_samples);
}

TEST(Recorder, WhatIsCutOffIsReadAsFarAsItCame) {
  Desk desk;
  desk.recorder->begin(1, "cut");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->stop();  // before its last chunk
  EXPECT_EQ(desk.read("cut").customer.size(), 10 * media::frame_samples);
  EXPECT_FALSE(desk.whole);
}

TEST(Recorder, WhereThereIsNoPlaceTheCallGoesOnUnrecorded) {
  Desk desk;
  for (std::string const name : {"taken", "nowhere"}) {
    desk.recorder->begin(1, name);
    desk.recorder->begin(2, name == "taken" ? "taken" : "free");
    desk.recorder->feed().put(Desk::chunk(1, 0, 1, true));
    desk.recorder->feed().put(Desk::chunk(2, 0, 1, true));
    desk.wait_for(name == "taken" ? 1 : 2);
  }
  EXPECT_EQ(desk.read("taken").customer.size(), media::frame_samples) << "and it is not written over";
  EXPECT_EQ(desk.metrics.counter("rapport_recording_failures_total", "").value(), 2U);
}

}  // namespace
}  // namespace rapport::phone

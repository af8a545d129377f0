#include "phone/recorder.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>

#include "base/hash.hpp"
#include "support/tones.hpp"

namespace rapport::phone {
namespace {

namespace fs = std::filesystem;

/// A recorder in a folder of its own that goes with it.
struct Desk {
  fs::path folder = fs::temp_directory_path() / ("rapport-recorder-" + std::to_string(::getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
  base::Metrics metrics;
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
    recorder = std::make_unique<Recorder>(folder.string(), metrics, [this](RecordingFinished one) {
      std::lock_guard const lock{mutex};
      finished.push_back(std::move(one));
      told.notify_all();
    });
  }
  std::vector<RecordingFinished> wait_for(std::size_t count) {
    std::unique_lock lock{mutex};
    EXPECT_TRUE(told.wait_for(lock, std::chrono::seconds{20}, [&] { return finished.size() >= count; }));
    return finished;
  }
  std::string read(std::string const& name) {
    std::ifstream file{folder / name, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
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

media::Recorded parse(std::string const& bytes) {
  auto const recorded = media::read_recording({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()});
  EXPECT_TRUE(recorded);
  return recorded ? *recorded : media::Recorded{};
}

TEST(Recorder, WritesACallDownWithItsHashBesideIt) {
  Desk desk;
  desk.recorder->begin(1, "call-1");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->feed().put(Desk::chunk(1, 10, 3, true));
  auto const finished = desk.wait_for(1);
  std::string const file = desk.read("call-1.au");
  EXPECT_EQ(finished[0].interaction, "call-1");
  EXPECT_EQ(finished[0].frames, 13U);
  EXPECT_EQ(finished[0].sha256, base::sha256_hex(file));
  EXPECT_EQ(desk.read("call-1.sha256"), finished[0].sha256 + "  call-1.au\n");
  EXPECT_EQ(parse(file).customer.size(), 13 * media::frame_samples);
  EXPECT_GT(tests::peak_at(parse(file).customer, 400), 7'500);
}

TEST(Recorder, WhatWasLostIsSilenceSoThatTimeStaysRight) {
  Desk desk;
  desk.recorder->begin(1, "gap");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->feed().put(Desk::chunk(1, 30, 10, true));
  desk.wait_for(1);
  auto const recorded = parse(desk.read("gap.au"));
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
  EXPECT_EQ(parse(desk.read("call-1.au")).customer.size(), 20 * media::frame_samples);
  EXPECT_EQ(parse(desk.read("call-2.au")).customer.size(), 5 * media::frame_samples);
}

TEST(Recorder, AtAStartFinishesWhatACrashLeft) {
  Desk desk;
  desk.recorder->begin(1, "cut");
  desk.recorder->feed().put(Desk::chunk(1, 0, 10, false));
  desk.recorder->stop();  // before its last chunk
  EXPECT_EQ(desk.read("cut.sha256"), "");
  desk.open();
  desk.wait_for(1);
  EXPECT_EQ(desk.read("cut.sha256"), base::sha256_hex(desk.read("cut.au")) + "  cut.au\n");
  EXPECT_EQ(parse(desk.read("cut.au")).customer.size(), 10 * media::frame_samples);
}

TEST(Recorder, AFileThatIsThereIsNeverWrittenOver) {
  Desk desk;
  desk.recorder.reset();
  std::ofstream{desk.folder / "taken.au"} << "mine";
  desk.open();  // finishes it, for it has no hash
  desk.recorder->begin(1, "taken");
  desk.recorder->begin(2, "free");
  desk.recorder->feed().put(Desk::chunk(1, 0, 1, true));
  desk.recorder->feed().put(Desk::chunk(2, 0, 1, true));
  desk.wait_for(2);
  EXPECT_EQ(desk.read("taken.au"), "mine");
  EXPECT_EQ(desk.metrics.counter("rapport_recording_failures_total", "").value(), 1U);
}

}  // namespace
}  // namespace rapport::phone

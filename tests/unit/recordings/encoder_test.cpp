#include "recordings/encoder.hpp"
#include "recordings/opus_file.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <thread>

#include "base/hash.hpp"
#include "recordings/sealed_file.hpp"
#include "support/memory_store.hpp"
#include "support/tones.hpp"

namespace rapport::recordings {
namespace {

namespace fs = std::filesystem;

/// A shelf in a folder of its own, over a store of interactions.
class Encoding : public testing::Test {
 protected:
  Encoding() { fs::create_directories(folder_); }
  ~Encoding() override {
    encoder_.reset();
    fs::remove_all(folder_);
  }

  void interaction(std::string const& id, std::string const& customer) {
    records::InteractionRow row;
    row.id = id;
    row.brand = "northwind";
    row.customer = customer;
    row.started_at = now_;
    ASSERT_TRUE(store_.commit({{records::OpenInteraction{row, {"{}", "{}"}}}, now_, true}));
  }
  /// 400 Hz on the customer's side and 1000 Hz on the agents', half a second as a rule.
  std::string recorded(std::string const& interaction, bool finish = true, std::size_t frames = 25) {
    auto const begun = shelf_.begin(interaction);
    EXPECT_TRUE(begun);
    auto writer = SealedWriter::create(shelf_.raw_path(begun->name), begun->key);
    EXPECT_TRUE(writer);
    EXPECT_TRUE(writer->write(media::recording_header()));
    for (std::size_t i = 0; i < frames; ++i) {
      EXPECT_TRUE(writer->write(media::record(frame(400, i), frame(1'000, i, 4'000))));
    }
    if (finish) {
      EXPECT_TRUE(writer->finish());
    }
    return begun->name;
  }
  static media::Frame frame(double hertz, std::size_t number, double peak = 8'000) {
    auto const sound = tests::tone(hertz, media::frame_samples, number * media::frame_samples, peak);
    media::Frame made;
    std::copy(sound.begin(), sound.end(), made.begin());
    return made;
  }
  void start() {
    encoder_ = std::make_unique<Encoder>(shelf_, metrics_, [this](std::string const&, std::string const&) { ++failed_; });
  }
  template <typename Condition>
  void wait_for(Condition const& holds) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!holds() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds{5});
    ASSERT_TRUE(holds());
  }
  void wait_until_idle() {
    wait_for([this] { return metrics_.gauge("rapport_recordings_waiting", "").value() == 0; });
  }
  Recording found(std::string const& name) {
    auto const one = shelf_.find(name);
    EXPECT_TRUE(one && *one);
    return one && *one ? **one : Recording{};
  }

  fs::path folder_ = fs::temp_directory_path() / ("rapport-encoder-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
  base::Instant now_{1'780'000'000'000};
  test::MemoryStore store_;
  Shelf shelf_{store_, folder_, [this] { return now_; }};
  base::Metrics metrics_;
  std::atomic<int> failed_ = 0;
  std::unique_ptr<Encoder> encoder_;
};

TEST_F(Encoding, MakesOpusAndTheRawFileGoes) {
  interaction("call", "pat");
  recorded("call");
  EXPECT_FALSE(found("call").encoded);
  start();
  wait_until_idle();
  Recording const recording = found("call");
  ASSERT_TRUE(recording.encoded);
  EXPECT_FALSE(fs::exists(shelf_.raw_path("call")));
  EXPECT_EQ(recording.frames, 25U);
  auto const bytes = shelf_.read(recording, 0, recording.bytes);
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->substr(0, 4), "OggS");
  EXPECT_NE(bytes->find("OpusHead"), std::string::npos);
  EXPECT_EQ(base::sha256_hex(*bytes), recording.sha256);
  EXPECT_EQ(*shelf_.read(recording, 7, 20), bytes->substr(7, 20));
  EXPECT_EQ(recording.peaks.customer.size(), 25U);
  EXPECT_NEAR(recording.peaks.customer[10], 8'000 / 128, 3);
  EXPECT_NEAR(recording.peaks.agents[10], 4'000 / 128, 3);
}

TEST_F(Encoding, HoweverShortItIs) {
  for (std::size_t frames = 0; frames < 10; ++frames) {
    std::string const name = "call" + std::to_string(frames);
    interaction(name, "pat");
    recorded(name, true, frames);
  }
  start();
  wait_until_idle();
  for (std::size_t frames = 0; frames < 10; ++frames) {
    Recording const recording = found("call" + std::to_string(frames));
    EXPECT_TRUE(recording.encoded) << frames;
    EXPECT_EQ(recording.frames, frames);
  }
  EXPECT_EQ(failed_, 0);
}

TEST_F(Encoding, WhatACrashCutOffIsEncodedAtTheNextStart) {
  interaction("call", "pat");
  recorded("call", false);
  start();
  wait_until_idle();
  EXPECT_EQ(found("call").frames, 25U);
}

TEST_F(Encoding, WhoIsErasedTakesTheirRecordingsAlong) {
  interaction("call", "pat");
  interaction("next", "pat");
  recorded("call");
  start();
  wait_until_idle();
  ASSERT_TRUE(found("call").encoded);
  encoder_.reset();
  recorded("next");
  ASSERT_TRUE(store_.erase_person("pat"));
  EXPECT_FALSE(*shelf_.find("call")) << "the key is gone";
  start();
  wait_until_idle();
  EXPECT_FALSE(fs::exists(shelf_.raw_path("next")));
  EXPECT_FALSE(fs::exists(shelf_.encoded_path("next")));
}

TEST_F(Encoding, AnInteractionIsRecordedInParts) {
  interaction("call", "pat");
  EXPECT_EQ(recorded("call"), "call");
  EXPECT_EQ(recorded("call"), "call.2");
  start();
  wait_until_idle();
  EXPECT_EQ(recorded("call"), "call.3");
  EXPECT_TRUE(found("call.2").encoded);
  EXPECT_EQ(interaction_of("call.2"), "call");
}

TEST_F(Encoding, RetentionRemovesThoseWhoseInteractionsAreGone) {
  interaction("019a0000-0000-7000-8000-000000000001", "pat");
  recorded("019a0000-0000-7000-8000-000000000001");
  start();
  wait_until_idle();
  EXPECT_EQ(*shelf_.sweep("northwind", now_ + base::day), 0U) << "the interaction is there";
  records::InteractionRow row = **store_.row("019a0000-0000-7000-8000-000000000001");
  row.closed_at = now_;
  ASSERT_TRUE(store_.commit({{records::CloseInteraction{row, {"{}", "{}"}, {}, std::nullopt}}, now_, true}));
  ASSERT_EQ(*store_.purge("northwind", std::nullopt, now_ + 1), 1U);
  EXPECT_EQ(*shelf_.sweep("northwind", base::Instant{0}), 0U) << "it is younger";
  EXPECT_EQ(*shelf_.sweep("southsea", now_ + base::day), 0U) << "of another brand";
  EXPECT_EQ(*shelf_.sweep("northwind", now_ + base::day), 1U);
  EXPECT_FALSE(fs::exists(shelf_.encoded_path("019a0000-0000-7000-8000-000000000001")));
  EXPECT_FALSE(*shelf_.find("019a0000-0000-7000-8000-000000000001"));
}

TEST_F(Encoding, AFileThatWasChangedIsKeptAndSaid) {
  interaction("call", "pat");
  recorded("call");
  std::FILE* const file = std::fopen(shelf_.raw_path("call").c_str(), "r+b");
  std::fseek(file, 200, SEEK_SET);
  std::fputc('x', file);
  std::fputc('y', file);
  std::fclose(file);
  start();
  wait_until_idle();
  EXPECT_EQ(failed_, 1);
  EXPECT_TRUE(fs::exists(shelf_.raw_path("call")));
  EXPECT_FALSE(found("call").encoded);
}

TEST(OpusFile, ASinkThatFailsIsAnErrorAndNoMore) {
  for (int taken : {0, 1, 2, 3}) {
    int left = taken;
    auto file = OpusFile::open([&](std::span<std::uint8_t const>) { return left-- > 0; });
    constexpr int pages_of_head = 2;
    EXPECT_EQ(static_cast<bool>(file), taken >= pages_of_head);
    if (!file) continue;
    base::Result<void> done;
    for (int i = 0; i < 200 && done; ++i) done = (*file)->add({});
    if (done) done = (*file)->finish();
    EXPECT_FALSE(done) << taken;
  }
}

TEST(PeakMeter, ALongRecordingHasNoMoreThanPeaksMax) {
  PeakMeter meter;
  media::Frame loud;
  loud.fill(32'000);
  for (std::size_t i = 0; i < 3 * peaks_max; ++i) meter.add(i == 3 * peaks_max - 1 ? media::record({}, loud) : media::record({}, {}));
  Peaks const peaks = meter.peaks();
  EXPECT_EQ(peaks.frames_each, 3U);
  EXPECT_EQ(peaks.customer.size(), peaks_max);
  EXPECT_GT(peaks.agents.back(), 240);
  EXPECT_EQ(peaks.agents[10], 0);
}

}  // namespace
}  // namespace rapport::recordings

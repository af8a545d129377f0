#include "recordings/encoder.hpp"

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/sha256.hpp"
#include "recordings/opus_file.hpp"

namespace rapport::recordings {
namespace {

constexpr int low_priority = 15;
constexpr std::chrono::seconds try_again_after{2};

/// The frames of a raw file, whatever the chunks.
class Frames {
 public:
  explicit Frames(SealedReader reader) : reader_(std::move(reader)) {}

  /// The next ones; empty: the end.
  base::Result<std::vector<media::RecordedFrame>> next() {
    std::vector<media::RecordedFrame> frames;
    while (frames.empty()) {
      auto chunk = reader_.next();
      if (!chunk) return chunk.error();
      if (!*chunk) return frames;
      left_.insert(left_.end(), (*chunk)->begin(), (*chunk)->end());
      std::size_t at = skip(0);
      for (; left_.size() - at >= media::recording_frame_bytes; at += media::recording_frame_bytes) {
        std::copy_n(left_.begin() + static_cast<std::ptrdiff_t>(at), media::recording_frame_bytes, frames.emplace_back().begin());
      }
      left_.erase(left_.begin(), left_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    return frames;
  }

 private:
  /// Past the header, once.
  std::size_t skip(std::size_t at) {
    if (past_header_ || left_.size() < media::recording_header_bytes) return at;
    past_header_ = true;
    return media::recording_header_bytes;
  }

  SealedReader reader_;
  std::vector<std::uint8_t> left_;
  bool past_header_ = false;
};

}  // namespace

Encoder::Encoder(Shelf& shelf, base::Metrics& metrics, Failed failed)
    : shelf_(shelf),
      failed_(std::move(failed)),
      waiting_(metrics.gauge("rapport_recordings_waiting", "Recordings that wait to be encoded.")),
      encoded_(metrics.counter("rapport_recordings_encoded_total", "Recordings that were encoded.")),
      failures_(metrics.counter("rapport_recordings_not_encoded_total", "Recordings that could not be encoded; they stay as they were recorded.")) {
  for (std::string& name : shelf_.raw_names()) add(std::move(name));
  thread_ = std::thread{[this] { run(); }};
}

void Encoder::add(std::string name) {
  {
    std::lock_guard const lock{mutex_};
    names_.push_back(std::move(name));
    waiting_.set(static_cast<std::int64_t>(names_.size()));
  }
  woken_.notify_one();
}

void Encoder::stop() {
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
  }
  woken_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool Encoder::stopping() {
  std::lock_guard const lock{mutex_};
  return stopping_;
}

void Encoder::run() {
  ::pthread_setname_np(::pthread_self(), "encoder");
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), low_priority);  // of this thread alone, on Linux
  for (;;) {
    std::string name;
    {
      std::unique_lock lock{mutex_};
      woken_.wait(lock, [this] { return stopping_ || !names_.empty(); });
      if (stopping_) return;
      name = names_.front();
    }
    Outcome const outcome = take(name);
    std::unique_lock lock{mutex_};
    if (outcome == Outcome::store_away) {
      woken_.wait_for(lock, try_again_after, [this] { return stopping_; });
      continue;
    }
    if (outcome == Outcome::stopped) return;
    names_.pop_front();
    waiting_.set(static_cast<std::int64_t>(names_.size()));
  }
}

Encoder::Outcome Encoder::take(std::string const& name) {
  if (!shelf_.available()) return Outcome::store_away;
  auto found = shelf_.find(name);
  if (!found) return Outcome::store_away;
  if (!*found) return shelf_.remove(name) ? Outcome::done : Outcome::store_away;
  auto const encoded = encode(**found);
  if (encoded) {
    if (*encoded == Outcome::done) encoded_.add();
    return *encoded;
  }
  failures_.add();
  failed_(name, encoded.error().message);
  return Outcome::done;
}

base::Result<Encoder::Outcome> Encoder::encode(Recording& recording) {
  auto raw = SealedReader::open(shelf_.raw_path(recording.name), recording.key);
  if (!raw) return raw.error();
  std::filesystem::path const path = shelf_.encoded_path(recording.name);
  std::filesystem::path partly = path;
  partly += ".part";
  std::error_code failure;
  std::filesystem::remove(partly, failure);
  auto file = SealedWriter::create(partly, recording.key);
  if (!file) return file.error();
  base::Sha256 hash;
  recording.bytes = 0;
  auto opus = OpusFile::open([&](std::span<std::uint8_t const> bytes) {
    hash.add(bytes);
    recording.bytes += bytes.size();
    return static_cast<bool>(file->write(bytes));
  });
  if (!opus) return opus.error();
  Frames frames{std::move(*raw)};
  PeakMeter meter;
  recording.frames = 0;
  for (;;) {
    if (stopping()) return Outcome::stopped;
    auto const some = frames.next();
    if (!some) return some.error();
    if (some->empty()) break;
    for (media::RecordedFrame const& frame : *some) {
      if (auto added = (*opus)->add(frame); !added) return added.error();
      meter.add(frame);
    }
    recording.frames += some->size();
  }
  if (auto done = (*opus)->finish(); !done) return done.error();
  if (auto done = file->finish(); !done) return done.error();
  std::filesystem::rename(partly, path, failure);
  if (failure) return base::Error{failure.message()};
  recording.encoded = true;
  recording.sha256 = hash.finish_hex();
  recording.peaks = meter.peaks();
  // Erased while it was encoded: it must not come back under a new key of theirs.
  auto const still = shelf_.find(recording.name);
  if (!still) return Outcome::store_away;
  if (!*still) return shelf_.remove(recording.name) ? Outcome::done : Outcome::store_away;
  if (!shelf_.put(recording)) return Outcome::store_away;
  std::filesystem::remove(shelf_.raw_path(recording.name), failure);
  return Outcome::done;
}

}  // namespace rapport::recordings

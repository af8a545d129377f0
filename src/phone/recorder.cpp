#include "phone/recorder.hpp"

#include <pthread.h>

#include <chrono>
#include <span>
#include <utility>

namespace rapport::phone {
namespace {

constexpr std::chrono::milliseconds write_every{200};

void append(std::vector<std::uint8_t>& to, std::span<std::uint8_t const> bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

}  // namespace

bool Recorder::Feed::put(std::unique_ptr<RecordingChunk> chunk) {
  if (!chunks_.push(chunk.get())) {
    lost_.add();
    return false;
  }
  chunk.release();  // the recorder's thread deletes it
  return true;
}

Recorder::Recorder(Place place, base::Metrics& metrics, Finished finished, std::size_t feeds)
    : place_(std::move(place)),
      finished_(std::move(finished)),
      open_(metrics.gauge("rapport_recordings_open", "Recordings that are being written.")),
      failures_(metrics.counter("rapport_recording_failures_total", "Recordings that could not be written to their end.")),
      feeds_(make_feeds(metrics, feeds)),
      thread_([this] { run(); }) {}

std::vector<std::unique_ptr<Recorder::Feed>> Recorder::make_feeds(base::Metrics& metrics, std::size_t count) {
  auto& lost = metrics.counter("rapport_recording_chunks_lost_total", "Pieces of recordings that came faster than they could be written.");
  std::vector<std::unique_ptr<Feed>> feeds;
  for (std::size_t index = 0; index < count; ++index) feeds.emplace_back(new Feed{lost});
  return feeds;
}

Recorder::~Recorder() { stop(); }

void Recorder::begin(CallNumber call, std::string interaction) {
  std::lock_guard const lock{mutex_};
  beginnings_.push_back({call, std::move(interaction)});
}

void Recorder::stop() {
  {
    std::lock_guard const lock{mutex_};
    if (stopping_) return;
    stopping_ = true;
  }
  woken_.notify_one();
  thread_.join();
}

void Recorder::run() {
  ::pthread_setname_np(::pthread_self(), "recorder");
  bool last = false;
  while (!last) {
    {
      std::unique_lock lock{mutex_};
      last = woken_.wait_for(lock, write_every, [this] { return stopping_; });
    }
    write_down();
  }
}

void Recorder::write_down() {
  std::vector<std::unique_ptr<RecordingChunk const>> chunks;
  RecordingChunk* next = nullptr;
  for (auto const& feed : feeds_) {
    while (feed->chunks_.pop(next)) chunks.emplace_back(next);
  }
  std::vector<Beginning> beginnings;
  {
    std::lock_guard const lock{mutex_};  // after the chunks: what they are of has begun
    beginnings.swap(beginnings_);
  }
  for (Beginning const& beginning : beginnings) open(beginning);
  for (auto const& chunk : chunks) take(*chunk);
  for (auto& [call, file] : files_) flush(file);
}

void Recorder::open(Beginning const& beginning) {
  auto const place = place_(beginning.interaction);
  auto writer = place ? recordings::SealedWriter::create(place->path, place->key) : base::Error{"no place"};
  if (!writer) {
    failures_.add();
    return;
  }
  File file{beginning.interaction, place->name, std::move(*writer)};
  append(file.waiting, media::recording_header());
  open_.add(1);
  files_.emplace(beginning.call, std::move(file));
}

void Recorder::take(RecordingChunk const& chunk) {
  auto const found = files_.find(chunk.call);
  if (found == files_.end()) return;
  File& file = found->second;
  static media::RecordedFrame const silence = media::record({}, {});
  for (; file.frames < chunk.first_frame; ++file.frames) append(file.waiting, silence);
  for (std::size_t i = 0; i < chunk.frames; ++i) append(file.waiting, chunk.sound[i]);
  file.frames += chunk.frames;
  if (!chunk.last) return;
  finish(file);
  files_.erase(found);
}

void Recorder::flush(File& file) {
  if (file.waiting.empty()) return;
  if (!file.failed && !file.writer.write(file.waiting)) {
    file.failed = true;
    failures_.add();
  }
  file.waiting.clear();
}

void Recorder::finish(File& file) {
  flush(file);
  open_.add(-1);
  // What could not be written wholly is as after a crash: what is there can be read.
  if (!file.failed && !file.writer.finish()) failures_.add();
  finished_({file.interaction, file.name, file.frames});
}

}  // namespace rapport::phone

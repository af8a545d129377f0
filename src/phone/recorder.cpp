#include "phone/recorder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <utility>

namespace rapport::phone {
namespace {

constexpr std::chrono::milliseconds write_every{200};
constexpr mode_t for_us_alone = 0600;

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t const written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string_view text_of(std::span<std::uint8_t const> bytes) { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }

}  // namespace

bool Recorder::Feed::put(std::unique_ptr<RecordingChunk> chunk) {
  if (!chunks_.push(chunk.get())) {
    lost_.add();
    return false;
  }
  chunk.release();  // the recorder's thread deletes it
  return true;
}

Recorder::Recorder(std::string folder, base::Metrics& metrics, Finished finished)
    : folder_(std::move(folder)),
      finished_(std::move(finished)),
      open_(metrics.gauge("rapport_recordings_open", "Recordings that are being written.")),
      failures_(metrics.counter("rapport_recording_failures_total", "Recordings that could not be written to their end.")),
      feed_(metrics.counter("rapport_recording_chunks_lost_total", "Pieces of recordings that came faster than they could be written.")),
      thread_([this] { run(); }) {}

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

/// Recordings without a hash, in pieces, so that a long one takes little room.
void Recorder::finish_left() {
  std::error_code failure;
  for (auto const& entry : std::filesystem::directory_iterator{folder_, failure}) {
    std::filesystem::path const path = entry.path();
    std::filesystem::path hash_path = path;
    bool const left = path.extension() == ".au" && !std::filesystem::exists(hash_path.replace_extension(".sha256"), failure);
    if (!left) continue;
    Descriptor const file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    base::Sha256 hash;
    std::array<std::uint8_t, 64U << 10U> piece;
    std::uint64_t bytes = 0;
    ssize_t count = 0;
    while (file && (count = ::read(file.number(), piece.data(), piece.size())) > 0) {
      hash.add(std::span{piece}.first(static_cast<std::size_t>(count)));
      bytes += static_cast<std::uint64_t>(count);
    }
    std::uint64_t const sound = bytes - std::min<std::uint64_t>(bytes, media::recording_header_bytes);
    lay_hash({path.stem(), path, hash.finish_hex(), sound / media::recording_frame_bytes});
  }
}

void Recorder::run() {
  finish_left();
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
  while (feed_.chunks_.pop(next)) chunks.emplace_back(next);
  std::vector<Beginning> beginnings;
  {
    std::lock_guard const lock{mutex_};  // after the chunks: what they are of has begun
    beginnings.swap(beginnings_);
  }
  for (Beginning& beginning : beginnings) open(std::move(beginning));
  for (auto const& chunk : chunks) take(*chunk);
  for (auto& [call, file] : files_) flush(file);
}

void Recorder::open(Beginning beginning) {
  File file;
  file.path = fmt::format("{}/{}.au", folder_, beginning.interaction);
  file.interaction = std::move(beginning.interaction);
  file.descriptor = Descriptor{::open(file.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, for_us_alone)};
  if (!file.descriptor) {
    failures_.add();
    return;
  }
  file.waiting = text_of(media::recording_header());
  open_.add(1);
  files_.emplace(beginning.call, std::move(file));
}

void Recorder::take(RecordingChunk const& chunk) {
  auto const found = files_.find(chunk.call);
  if (found == files_.end()) return;
  File& file = found->second;
  static media::RecordedFrame const silence = media::record({}, {});
  for (; file.frames < chunk.first_frame; ++file.frames) file.waiting += text_of(silence);
  for (std::size_t i = 0; i < chunk.frames; ++i) file.waiting += text_of(chunk.sound[i]);
  file.frames += chunk.frames;
  if (!chunk.last) return;
  finish(file);
  files_.erase(found);
}

void Recorder::flush(File& file) {
  if (file.waiting.empty()) return;
  file.hash.add({reinterpret_cast<std::uint8_t const*>(file.waiting.data()), file.waiting.size()});
  if (!file.failed && !write_all(file.descriptor.number(), file.waiting)) {
    file.failed = true;
    failures_.add();
  }
  file.waiting.clear();
}

void Recorder::finish(File& file) {
  flush(file);
  open_.add(-1);
  if (file.failed || ::fdatasync(file.descriptor.number()) != 0) return;
  RecordingFinished const finished{file.interaction, file.path, file.hash.finish_hex(), file.frames};
  lay_hash(finished);
}

void Recorder::lay_hash(RecordingFinished const& finished) {
  std::string const beside = fmt::format("{}  {}.au\n", finished.sha256, finished.interaction);
  std::string const name = fmt::format("{}/{}.sha256", folder_, finished.interaction);
  Descriptor const hash{::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, for_us_alone)};
  if (!hash || !write_all(hash.number(), beside)) failures_.add();
  finished_(finished);
}

}  // namespace rapport::phone

#pragma once

#include <array>
#include <atomic>
#include <boost/lockfree/spsc_queue.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "media/recording_format.hpp"
#include "recordings/sealed_file.hpp"

namespace rapport::phone {

using CallNumber = std::uint64_t;  ///< of this process; not the interaction's id

/// Some frames of one call, in the order of time.
struct RecordingChunk {
  CallNumber call = 0;
  std::uint64_t first_frame = 0;  ///< since the call began: what is missing before it is written as silence
  std::size_t frames = 0;
  bool last = false;
  std::array<media::RecordedFrame, limits::recording_chunk_frames> sound;
};

/// What became of a recording: its file is whole.
struct RecordingFinished {
  std::string interaction;
  std::string name;  ///< as RecordingPlace gave it
  std::uint64_t frames = 0;
};

/// Where a recording goes.
struct RecordingPlace {
  std::string name;
  std::filesystem::path path;  ///< nothing is there yet
  recordings::FileKey key{};
};

/// Writes recordings down while they run: one thread for all, which seals and writes what has come five
/// times a second, so that little is lost where the process is killed. Nothing of them stands on the disk
/// in the clear.
class Recorder {
 public:
  using Finished = std::function<void(RecordingFinished)>;  ///< called on the recorder's thread
  /// Where the interaction's next recording goes; nothing: it cannot be recorded. On the recorder's thread; may
  /// read the store.
  using Place = std::function<std::optional<RecordingPlace>(std::string const& interaction)>;

  /// A media thread's way in: it alone puts.
  class Feed {
   public:
    /// Never waits. False where limits::recording_chunks_max wait: then it is lost, and counted.
    bool put(std::unique_ptr<RecordingChunk> chunk);

   private:
    friend class Recorder;
    explicit Feed(base::Counter& lost) : lost_(lost) {}
    boost::lockfree::spsc_queue<RecordingChunk*> chunks_{limits::recording_chunks_max};
    base::Counter& lost_;
  };

  /// `feeds`: as many as there are media threads.
  Recorder(Place place, base::Metrics& metrics, Finished finished, std::size_t feeds = 1);
  ~Recorder();
  Recorder(Recorder const&) = delete;
  Recorder& operator=(Recorder const&) = delete;

  Feed& feed(std::size_t media_thread = 0) { return *feeds_[media_thread]; }
  /// Any thread, never waits for the disk; before the first chunk of the call. Where the file cannot be
  /// made that is counted, and the call goes on.
  void begin(CallNumber call, std::string interaction);
  /// Writes what has come and ends. What is not finished stays as it is.
  void stop();

 private:
  struct File {
    std::string interaction;
    std::string name;
    recordings::SealedWriter writer;
    std::vector<std::uint8_t> waiting{};  ///< to be sealed and written
    std::uint64_t frames = 0;
    bool failed = false;
  };

  struct Beginning {
    CallNumber call = 0;
    std::string interaction;
  };

  static std::vector<std::unique_ptr<Feed>> make_feeds(base::Metrics& metrics, std::size_t count);
  void run();
  void write_down();
  void open(Beginning const& beginning);
  void take(RecordingChunk const& chunk);
  void flush(File& file);
  void finish(File& file);

  Place place_;
  Finished finished_;
  base::Gauge& open_;
  base::Counter& failures_;
  std::vector<std::unique_ptr<Feed>> feeds_;
  std::unordered_map<CallNumber, File> files_;  ///< the recorder's thread alone
  std::mutex mutex_;                            ///< of what follows
  std::condition_variable woken_;
  std::vector<Beginning> beginnings_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::phone

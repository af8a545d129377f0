#pragma once

#include <array>
#include <atomic>
#include <boost/lockfree/spsc_queue.hpp>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "base/metrics.hpp"
#include "base/phone_limits.hpp"
#include "base/sha256.hpp"
#include "media/recording_format.hpp"
#include "phone/rtp_sockets.hpp"

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

/// What became of a recording.
struct RecordingFinished {
  std::string interaction;
  std::string path;
  std::string sha256;  ///< of the whole file
  std::uint64_t frames = 0;
};

/// Writes recordings down while they run: one thread for all, which writes what has come five times a
/// second, so that little is lost where the process is killed. Where a file is finished, its SHA-256 is
/// laid beside it (NAME.sha256, as sha256sum -c reads it), and it is synced to the disk. What a crash left
/// unfinished is finished at the next start, before anything else.
class Recorder {
 public:
  using Finished = std::function<void(RecordingFinished)>;  ///< called on the recorder's thread

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

  /// `folder` is there already.
  Recorder(std::string folder, base::Metrics& metrics, Finished finished);
  ~Recorder();
  Recorder(Recorder const&) = delete;
  Recorder& operator=(Recorder const&) = delete;

  Feed& feed() { return feed_; }
  /// Any thread, never waits for the disk; before the first chunk of the call. Where the file cannot be
  /// made that is counted, and the call goes on.
  void begin(CallNumber call, std::string interaction);
  /// Writes what has come and ends. What is not finished stays as it is.
  void stop();

 private:
  struct File {
    std::string interaction;
    std::string path;
    Descriptor descriptor;
    base::Sha256 hash;
    std::string waiting;  ///< bytes to write
    std::uint64_t frames = 0;
    bool failed = false;
  };

  struct Beginning {
    CallNumber call = 0;
    std::string interaction;
  };

  void run();
  void finish_left();
  void write_down();
  void open(Beginning beginning);
  void take(RecordingChunk const& chunk);
  void flush(File& file);
  void finish(File& file);
  void lay_hash(RecordingFinished const& finished);

  std::string folder_;
  Finished finished_;
  base::Gauge& open_;
  base::Counter& failures_;
  Feed feed_;
  std::unordered_map<CallNumber, File> files_;  ///< the recorder's thread alone
  std::mutex mutex_;                            ///< of what follows
  std::condition_variable woken_;
  std::vector<Beginning> beginnings_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::phone

#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "base/metrics.hpp"
#include "base/result.hpp"
#include "recordings/shelf.hpp"

namespace rapport::recordings {

/// Makes Opus of what was recorded, one recording after the other, on a thread of low priority. The raw file
/// goes when the encoded one and its document are durable; what a stop or a crash cuts off is done at the next
/// start. Of what was cut off while it was recorded, all whole chunks are encoded. A recording whose person was
/// erased meanwhile, or whose key never became durable, is removed.
class Encoder {
 public:
  /// On the encoder's thread: a recording could not be encoded, and why. Its raw file stays.
  using Failed = std::function<void(std::string const& name, std::string const& why)>;

  /// Takes what is left in the shelf, too: before the first call is recorded.
  Encoder(Shelf& shelf, base::Metrics& metrics, Failed failed);
  ~Encoder() { stop(); }
  Encoder(Encoder const&) = delete;
  Encoder& operator=(Encoder const&) = delete;

  /// Any thread.
  void add(std::string name);
  /// Ends in the middle of a recording.
  void stop();

 private:
  enum class Outcome : std::uint8_t { done,
                                      stopped,
                                      store_away };

  void run();
  bool stopping();
  Outcome take(std::string const& name);
  base::Result<Outcome> encode(Recording& recording);

  Shelf& shelf_;
  Failed failed_;
  base::Gauge& waiting_;
  base::Counter& encoded_;
  base::Counter& failures_;
  std::mutex mutex_;  ///< of what follows
  std::condition_variable woken_;
  std::deque<std::string> names_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace rapport::recordings

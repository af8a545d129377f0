#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace rapport::recordings {

/// Packets as one logical stream of Ogg pages (RFC 3533). A page goes out when the next packet does not fit
/// any more, or a second of packets is on it: players seek by pages. One thread.
class OggPages {
 public:
  using Sink = std::function<bool(std::span<std::uint8_t const>)>;  ///< takes the next page; false: it could not

  explicit OggPages(Sink sink) : sink_(std::move(sink)) {}

  /// `granule`: where the stream is after this packet, as its codec counts. False: the sink took no page.
  /// REQUIRES: shorter than a page's 65,025 bytes.
  bool add(std::span<std::uint8_t const> packet, std::uint64_t granule);
  /// Ends the page: the next packet begins another.
  bool flush() { return segments_.empty() || write(0); }
  /// The last page; the stream is over. REQUIRES: a packet was added since the last flush.
  bool finish();

 private:
  bool write(std::uint8_t flags);

  Sink sink_;
  std::vector<std::uint8_t> segments_;  ///< lengths of the page's packets, as Ogg writes them
  std::vector<std::uint8_t> body_;
  std::vector<std::uint8_t> page_;
  std::size_t packets_ = 0;    ///< on the page
  std::uint64_t granule_ = 0;  ///< after the last of them
  std::uint32_t number_ = 0;   ///< of the page
};

}  // namespace rapport::recordings

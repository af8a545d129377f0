#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "media/frame.hpp"
#include "media/g711.hpp"
#include "phone/address.hpp"
#include "phone/rtp_sockets.hpp"

/// The other ends of many calls: they send a packet of sound each every 20 ms and read what comes back.
namespace rapport::bench {

/// What the far ends of some calls saw.
struct Seen {
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::vector<double> delays_ms;  ///< from a caller's packet being sent to its sound coming back at the agent
};

/// One thread's. Each call has a caller and an agent. Most share one socket; some calls have sockets of their
/// own, and their callers are silent but for one loud packet in 25, so that it can be seen how long it took.
class FarEnds {
 public:
  /// Where the server listens for each call: caller's, agent's. The first `measured` are the measured ones.
  FarEnds(std::vector<std::pair<phone::Address, phone::Address>> calls, std::size_t measured);
  ~FarEnds();
  FarEnds(FarEnds&&) noexcept;

  /// Plays for so long, the calls' packets spread evenly over each 20 ms.
  Seen play(double seconds);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace rapport::bench

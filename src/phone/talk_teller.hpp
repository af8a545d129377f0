#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

#include "media/talk.hpp"
#include "phone/taps.hpp"

namespace rapport::phone {

/// Measures who of a call speaks how long, and tells it.
class TalkTeller final : public Analyser {
 public:
  /// Called on the taps' thread about every second while they talk: all so far between this call's customer
  /// and the agent of this leg.
  using Told = std::function<void(std::uint64_t call, std::uint64_t leg, media::Talk)>;

  explicit TalkTeller(Told told) : told_(std::move(told)) {}

  void take(TappedSound const& sound) override;
  void looked() override;

 private:
  struct Meter {
    media::TalkMeter meter;
    std::uint64_t told = 0;   ///< milliseconds that were told
    std::uint32_t quiet = 0;  ///< looks without a frame
    bool fresh = false;
  };

  Told told_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, Meter> meters_;
};

}  // namespace rapport::phone

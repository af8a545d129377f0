#include "phone/talk_teller.hpp"

namespace rapport::phone {
namespace {

constexpr std::uint64_t tell_every_ms = 1'000;
constexpr std::uint32_t forget_after_looks = 9'000;  // half an hour: a talk that was on hold goes on where it was

}  // namespace

void TalkTeller::take(TappedSound const& sound) {
  Meter& meter = meters_[{sound.call, sound.leg}];
  meter.meter.take(sound.customer, sound.agent);
  meter.fresh = true;
}

void TalkTeller::looked() {
  for (auto& [of, meter] : meters_) {
    meter.quiet = meter.fresh ? 0 : meter.quiet + 1;
    meter.fresh = false;
    std::uint64_t const all = meter.meter.talk().all();
    if (all - meter.told < tell_every_ms) continue;
    meter.told = all;
    told_(of.first, of.second, meter.meter.talk());
  }
  std::erase_if(meters_, [](auto const& entry) { return entry.second.quiet > forget_after_looks; });
}

}  // namespace rapport::phone

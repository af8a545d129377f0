#include "media/talk.hpp"

namespace rapport::media {
namespace {

constexpr std::int64_t murmur = 184;  // RMS of -45 dBov: lines murmur at -50 and less, people speak at -35 to -15
constexpr std::int64_t quietest_talk = murmur * murmur * static_cast<std::int64_t>(wide_samples);
constexpr std::size_t talk_pause_frames = 16;

}  // namespace

bool VoiceActivity::speaks(WideFrame const& frame) {
  std::int64_t energy = 0;
  for (Sample const sample : frame) energy += std::int64_t{sample} * sample;
  if (energy > quietest_talk) {
    goes_on_ = talk_pause_frames;
    return true;
  }
  if (goes_on_ == 0) return false;
  --goes_on_;
  return true;
}

void TalkMeter::take(WideFrame const& customer, WideFrame const& agent) {
  bool const one = customer_.speaks(customer);
  bool const other = agent_.speaks(agent);
  std::uint64_t& spoken = one && other ? talk_.both : one ? talk_.customer
                                                  : other ? talk_.agent
                                                          : talk_.neither;
  spoken += frame_ms;
}

}  // namespace rapport::media

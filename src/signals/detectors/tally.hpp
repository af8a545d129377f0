#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "domain/event.hpp"
#include "domain/words.hpp"
#include "signals/occurrence.hpp"

namespace rapport::signals::detectors {

/// How surely each signal was heard in the events so far: summed once for all scales, which weigh it
/// at the end (weighing.hpp). A value; part of a reader's checkpoint.
class Tally {
 public:
  /// What is counted of one signal at most, in thousandths: two sure firings, or many that are not.
  static constexpr std::int32_t heard_max = 2'000;

  /// One signal, and its surest firing, which is what is shown of it.
  struct Heard {
    std::int32_t sum = 0;  ///< thousandths, up to `heard_max`
    std::int32_t surest = 0;
    std::uint32_t event = 0;
    TextRange range;
    domain::ParticipantIndex participant = domain::nobody;
    std::uint16_t sentence = 0;
    domain::Role by = domain::Role::agent;
  };

  /// The surest firing of its signal in one event.
  void take(Occurrence const& firing) {
    if (firing.signal >= heard_.size()) heard_.resize(firing.signal + std::size_t{1});
    Heard& heard = heard_[firing.signal];
    heard.sum = std::min(heard_max, heard.sum + firing.confidence);
    if (firing.confidence <= heard.surest) return;
    heard.surest = firing.confidence;
    heard.event = firing.event;
    heard.range = firing.range;
    heard.participant = firing.participant;
    heard.sentence = firing.sentence;
    heard.by = firing.by;
  }

  Heard of(SignalId signal) const { return signal < heard_.size() ? heard_[signal] : Heard{}; }

 private:
  std::vector<Heard> heard_;  ///< by signal
};

}  // namespace rapport::signals::detectors

#include "signals/detectors/promising.hpp"

#include <optional>
#include <vector>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/commitments.hpp"
#include "signals/detectors/due_time.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

/// American English writes the month first.
bool month_first(Moment const& moment) {
  return moment.language == "en-US" || moment.head.time_zone.starts_with("America/") || moment.head.time_zone.starts_with("US/");
}

std::optional<base::Millis> due_of(TimeFrame const& frame, Moment const& moment) {
  return due_time(frame, moment.event.end(), moment.head.started_at, moment.head.has_date(), moment.head.time_zone);
}

/// A date with a year that lies behind: a date of birth.
bool names_the_past(TimeFrame const& frame, Moment const& moment) {
  constexpr std::int32_t surely_past = 2'015;
  if (frame.year == 0) return false;
  return frame.year < surely_past || (moment.head.has_date() && !due_of(frame, moment));
}

class StatesTimeFrame final : public Detector {
 public:
  bool remembers() const override { return false; }
  std::unique_ptr<Detector> clone() const override { return std::make_unique<StatesTimeFrame>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    for (TimeFrame const& frame : moment.analysis.time_frames(moment.words, month_first(moment))) {
      if (names_the_past(frame, moment)) continue;
      emit.fire(moment, frame.first, frame.last).due_ms = due_of(frame, moment).value_or(-1);
    }
  }
};

class MakesPromise final : public Detector {
 public:
  bool remembers() const override { return false; }
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MakesPromise>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.role != Role::agent) return;
    TokenView const view = moment.analysis.view(moment.words);
    auto const frames = moment.analysis.time_frames(moment.words, month_first(moment));
    std::vector<Commitment> commitments;
    find_commitments(view, frames, commitments);
    for (Commitment const& commitment : commitments) {
      Occurrence& promise = emit.fire(moment, commitment.first, commitment.last);
      Stem const verb = moment.analysis.stems(moment.words)[commitment.verb];
      promise.item = verb != 0 ? verb : view.hash(commitment.verb);
      if (TimeFrame const* const frame = frame_for(view, commitment, frames)) promise.due_ms = due_of(*frame, moment).value_or(-1);
    }
  }

 private:
  /// The first frame after the verb in its sentence, else the last before it, else the only one of
  /// the text; null without any.
  static TimeFrame const* frame_for(TokenView view, Commitment const& commitment, std::span<TimeFrame const> frames) {
    TimeFrame const* before = nullptr;
    for (TimeFrame const& frame : frames) {
      if (view.tokens()[frame.first].sentence != view.tokens()[commitment.verb].sentence) continue;
      if (frame.first > commitment.verb) return &frame;
      before = &frame;
    }
    if (before != nullptr) return before;
    return frames.size() == 1 ? &frames.front() : nullptr;
  }
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_time_frame(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<StatesTimeFrame>()};
}

base::Result<std::unique_ptr<Detector>> make_promise(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<MakesPromise>()};
}

}  // namespace rapport::signals

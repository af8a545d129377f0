#include "signals/detectors/promising.hpp"

#include <optional>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/due_time.hpp"
#include "signals/detectors/phrase_table.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

/// American English writes the month first.
bool month_first(Moment const& moment) {
  return moment.language == "en-US" || moment.head.time_zone.starts_with("America/");
}

base::Millis due_of(TimeFrame const& frame, Moment const& moment) {
  return due_time(frame, moment.event.at_ms, moment.head.started_at, moment.head.has_date(), moment.head.time_zone)
      .value_or(-1);
}

class StatesTimeFrame final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<StatesTimeFrame>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    for (TimeFrame const& frame : moment.analysis.time_frames(moment.words, month_first(moment))) {
      emit.fire(moment, frame.first, frame.last).due_ms = due_of(frame, moment);
    }
  }
};

/// Who will, up to the verb.
PhraseTable const& who_will() {
  static PhraseTable const phrases{
      "i will | we will | i shall | we shall | i am going to | we are going to | someone will | somebody will | they will\n"
      "he will | she will | team will | colleague will | manager will | supervisor will | engineer will | technician will\n"
      "specialist will | driver will | courier will | department will | advisor will | adviser will | agent will\n"
      "you will receive | you will get | you will hear | you will have | you should receive | you should hear\n"
      "i promise | we promise | you have my word | i guarantee | refund will | replacement will | parcel will | it will be"};
  return phrases;
}

/// Acts of this very moment, or of the talk itself: no promise.
PhraseTable const& at_once() {
  static PhraseTable const phrases{
      "check | look | see | need | ask | explain | try | say | tell | just | now | put you | transfer | be honest | be happy\n"
      "be able | help | assist | go ahead | have a look | take a look | pull | search | find | read | have to | not | never\n"
      "quickly | also need | start | begin | repeat | stop | wait | hold | connect | walk you | guide you | go through"};
  return phrases;
}

class MakesPromise final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<MakesPromise>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.role != Role::agent) return;
    TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = 0; at < view.size(); ++at) {
      auto const who = who_will().match(view.tokens(), at, view.size());
      if (!who) continue;
      std::size_t const verb = at + who.length;
      if (at_once().match(view.tokens(), verb, view.size())) continue;
      std::size_t const last = std::min(verb, view.size() - 1);
      Occurrence& promise = emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(last));
      promise.item = view.hash(last);
      auto const frames = moment.analysis.time_frames(moment.words, month_first(moment));
      if (!frames.empty()) promise.due_ms = due_of(frames.front(), moment);
      at = last;
    }
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

#include "signals/detectors/counting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/signal_parameter.hpp"

namespace rapport::signals {
namespace {

using detectors::signal_parameter;

class Nth final : public Detector {
 public:
  Nth(SignalId of, std::int64_t n) : of_(of), left_(n) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Nth>(*this); }
  Attention attention() const override { return {.signals = {of_}}; }

  void read(Moment const& moment, Emitter& emit) override {
    for (Occurrence const& occurrence : moment.fired) {
      if (occurrence.signal != of_ || left_ == 0) continue;
      if (--left_ == 0) emit.fire(moment).position = occurrence.position;
    }
  }

 private:
  SignalId of_;
  std::int64_t left_;
};

class AtOnce final : public Detector {
 public:
  AtOnce(SignalId of, std::int64_t n, base::Millis gap) : of_(of), n_(n), gap_(gap) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<AtOnce>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.backchannel) return;
    bool const written = moment.event.kind == domain::EventKind::message;
    if (written || moment.step.turn_started || moment.event.at_ms - end_ms_ >= gap_) count_ = 0;
    end_ms_ = moment.event.end();
    std::int64_t const before = count_;
    count_ += std::count_if(moment.fired.begin(), moment.fired.end(),
                            [this](Occurrence const& occurrence) { return occurrence.signal == of_; });
    if (before < n_ && count_ >= n_) emit.fire(moment);
  }

 private:
  SignalId of_;
  std::int64_t n_;
  base::Millis gap_;
  base::Millis end_ms_ = 0;  ///< of the last words
  std::int64_t count_ = 0;   ///< in this breath
};

class AddsUp final : public Detector {
 public:
  AddsUp(SignalId of, std::int64_t to) : of_(of), left_(to), to_(to) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<AddsUp>(*this); }
  Attention attention() const override { return {.signals = {of_}}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (left_ <= 0) return;
    Occurrence const* const surest = moment.analysis.surest(of_, moment.fired);
    if (surest == nullptr) return;
    left_ -= surest->confidence;
    if (left_ > 0) return;
    // Firing may move the firings of this event: what is taken over from the surest is copied first.
    std::uint32_t const position = surest->position;
    TextRange const range = surest->range;
    Occurrence& sum = emit.fire(moment);
    sum.position = position;
    sum.range = range;
    sum.confidence = static_cast<std::int32_t>(std::min<std::int64_t>(to_ - left_, certain));
  }

 private:
  static constexpr std::int64_t certain = 1'000;

  SignalId of_;
  std::int64_t left_;  ///< thousandths
  std::int64_t to_;
};

class Elapsed final : public Detector {
 public:
  Elapsed(SignalId since, base::Millis after) : since_(since), after_(after) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Elapsed>(*this); }
  Attention attention() const override { return {.signals = {since_}}; }

  void read(Moment const& moment, Emitter&) override {
    if (due_ || done_) return;
    for (Occurrence const& occurrence : moment.fired) {
      if (occurrence.signal != since_) continue;
      due_ = occurrence.at_ms + after_;
      event_ = moment.index;
      return;
    }
  }

  bool watches_time() const override { return true; }
  void pass_time(base::Millis now_ms, timeline::Conversation const&, Emitter& emit) override {
    done_ = fire_if_due(now_ms, emit) || done_;
  }

  void finish(Ending const& ending, Emitter& emit) const override {
    fire_if_due(ending.at_ms, emit);
  }

 private:
  /// Whether it fires now; once for all.
  bool fire_if_due(base::Millis now_ms, Emitter& emit) const {
    if (done_ || !due_ || now_ms < *due_) return false;
    emit.fire_at(*due_, *due_, domain::Role::agent, event_);
    return true;
  }

  SignalId since_;
  base::Millis after_;
  std::optional<base::Millis> due_;
  std::uint32_t event_ = 0;
  bool done_ = false;
};

class SpeechBlock final : public Detector {
 public:
  explicit SpeechBlock(base::Millis each) : each_(each) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<SpeechBlock>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer}), .kinds = Attention::kinds_of({domain::EventKind::speech})}; }

  void read(Moment const& moment, Emitter& emit) override {
    base::Millis const blocks = moment.conversation.share(domain::Role::customer).speech_ms / each_;
    while (filled_ < blocks) emit.fire(moment).item = static_cast<std::uint64_t>(++filled_);  // each block is its own
  }

 private:
  base::Millis each_;
  base::Millis filled_ = 0;
};

class Ends final : public Detector {
 public:
  explicit Ends(SignalId after) : after_(after), armed_(after == no_signal) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Ends>(*this); }
  Attention attention() const override { return {.signals = {after_}}; }

  void read(Moment const& moment, Emitter&) override {
    armed_ = armed_ || moment.analysis.surest(after_, moment.fired) != nullptr;
  }

  void finish(Ending const& ending, Emitter& emit) const override {
    if (armed_) emit.fire_at(ending.at_ms, ending.at_ms, domain::Role::agent, ending.last_event).position = after_all_else;
  }

 private:
  static constexpr std::uint32_t after_all_else = std::numeric_limits<std::uint32_t>::max();

  SignalId after_;
  bool armed_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_nth(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const of = signal_parameter(parameters, vocabulary, "of");
  if (!of) return of.error();
  auto const n = parameters.number("n", 1);
  if (!n) return n.error();
  if (*n < 1) return base::Error{fmt::format("\"n\" is {}; expected 1 or more", *n)};
  return std::unique_ptr<Detector>{std::make_unique<Nth>(*of, *n)};
}

base::Result<std::unique_ptr<Detector>> make_at_once(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const of = signal_parameter(parameters, vocabulary, "of");
  if (!of) return of.error();
  auto const n = parameters.number("n", 4);
  if (!n) return n.error();
  if (*n < 1) return base::Error{fmt::format("\"n\" is {}; expected 1 or more", *n)};
  auto const gap = parameters.millis("gap", 2 * base::second);
  if (!gap) return gap.error();
  return std::unique_ptr<Detector>{std::make_unique<AtOnce>(*of, *n, *gap)};
}

base::Result<std::unique_ptr<Detector>> make_adds_up(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const of = signal_parameter(parameters, vocabulary, "of");
  if (!of) return of.error();
  auto const to = parameters.number("to", 1'000);
  if (!to) return to.error();
  if (*to < 1) return base::Error{fmt::format("\"to\" is {}; expected 1 or more", *to)};
  return std::unique_ptr<Detector>{std::make_unique<AddsUp>(*of, *to)};
}

base::Result<std::unique_ptr<Detector>> make_elapsed(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const since = signal_parameter(parameters, vocabulary, "since");
  if (!since) return since.error();
  auto const after = parameters.millis("after", 10 * base::second);
  if (!after) return after.error();
  return std::unique_ptr<Detector>{std::make_unique<Elapsed>(*since, *after)};
}

base::Result<std::unique_ptr<Detector>> make_speech_block(Parameters const& parameters, Vocabulary const&) {
  auto const each = parameters.millis("each", 120 * base::second);
  if (!each) return each.error();
  if (*each < 1) return base::Error{"\"each\" is no span; expected more than 0 ms"};
  return std::unique_ptr<Detector>{std::make_unique<SpeechBlock>(*each)};
}

base::Result<std::unique_ptr<Detector>> make_ends(Parameters const& parameters, Vocabulary const& vocabulary) {
  if (!parameters.has("after")) return std::unique_ptr<Detector>{std::make_unique<Ends>(no_signal)};
  auto const after = signal_parameter(parameters, vocabulary, "after");
  if (!after) return after.error();
  return std::unique_ptr<Detector>{std::make_unique<Ends>(*after)};
}

}  // namespace rapport::signals

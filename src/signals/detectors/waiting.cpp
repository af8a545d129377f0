#include "signals/detectors/waiting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "signals/detectors/signal_parameter.hpp"

namespace rapport::signals {
namespace {

using detectors::fired;
using detectors::signal_parameter;

using base::Millis;
using domain::Role;

bool waits_on_voice(Moment const& moment) { return moment.head.channel == domain::Channel::voice; }

class Silence final : public Detector {
 public:
  explicit Silence(Millis over) : over_(over) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Silence>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    Millis const silence = moment.step.silence_before_ms;
    if (!waits_on_voice(moment) || silence <= over_) return;
    emit.fire_at(moment.event.at_ms - silence + over_, moment.event.at_ms, moment.step.role, moment.index);
  }

 private:
  Millis over_;
};

class ResponseGap final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<ResponseGap>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.backchannel) return;
    Millis const held = moment.conversation.hold_total_ms();
    if (moment.step.role == Role::customer) {
      Millis const from = waits_on_voice(moment) ? moment.event.end() : moment.event.at_ms;
      if (!waiting_since_ || waits_on_voice(moment)) {
        waiting_since_ = from;
        held_before_ = held;
      }
      return;
    }
    if (moment.step.role != Role::agent || !waiting_since_) return;
    Millis const gap = moment.event.at_ms - *waiting_since_ - (held - held_before_);
    waiting_since_.reset();
    longest_ = std::max(longest_, gap);
    emit.fire(moment).value = longest_;
  }

 private:
  std::optional<Millis> waiting_since_;
  Millis held_before_ = 0;
  Millis longest_ = 0;
};

class SearchLong final : public Detector {
 public:
  SearchLong(SignalId starts, Millis over) : starts_(starts), over_(over) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<SearchLong>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!waits_on_voice(moment)) return;
    if (moment.event.kind == domain::EventKind::hold) {
      since_.reset();  // the customer hears music, not silence
    } else if (moment.step.words && moment.step.role == Role::agent) {
      if (since_ && moment.event.at_ms - *since_ > over_) fire(emit);
      since_.reset();
      if (fired(moment, starts_)) {
        since_ = moment.event.end();
        event_ = moment.index;
      }
    }
  }

  bool watches_time() const override { return true; }
  void pass_time(Millis now_ms, timeline::Conversation const&, Emitter& emit) override {
    if (since_ && now_ms - *since_ > over_) {
      fire(emit);
      since_.reset();
    }
  }

 private:
  void fire(Emitter& emit) { emit.fire_at(*since_ + over_, *since_ + over_, Role::agent, event_); }

  SignalId starts_;
  Millis over_;
  std::optional<Millis> since_;
  std::uint32_t event_ = 0;
};

class InstructionPause final : public Detector {
 public:
  InstructionPause(SignalId after, Millis gap) : after_(after), gap_(gap) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<InstructionPause>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    bool const agent = moment.step.role == Role::agent;
    if (instructed_until_) {
      bool const pause = agent && moment.event.at_ms - *instructed_until_ >= gap_;
      bool const answer = moment.step.role == Role::customer && moment.step.turn_started;
      if (pause || answer) {
        emit.fire(moment).by = Role::agent;
        instructed_until_.reset();
      }
    }
    if (agent && (instructed_until_ || fired(moment, after_))) instructed_until_ = moment.event.end();
  }

 private:
  SignalId after_;
  Millis gap_;
  std::optional<Millis> instructed_until_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_silence(Parameters const& parameters, Vocabulary const&) {
  auto const over = parameters.millis("over", 10 * base::second);
  if (!over) return over.error();
  return std::unique_ptr<Detector>{std::make_unique<Silence>(*over)};
}

base::Result<std::unique_ptr<Detector>> make_response_gap(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<ResponseGap>()};
}

base::Result<std::unique_ptr<Detector>> make_search_long(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const starts = signal_parameter(parameters, vocabulary, "starts");
  if (!starts) return starts.error();
  auto const over = parameters.millis("over", 20 * base::second);
  if (!over) return over.error();
  return std::unique_ptr<Detector>{std::make_unique<SearchLong>(*starts, *over)};
}

base::Result<std::unique_ptr<Detector>> make_instruction_pause(Parameters const& parameters,
                                                               Vocabulary const& vocabulary) {
  auto const after = signal_parameter(parameters, vocabulary, "after");
  if (!after) return after.error();
  auto const gap = parameters.millis("gap", 2 * base::second);
  if (!gap) return gap.error();
  return std::unique_ptr<Detector>{std::make_unique<InstructionPause>(*after, *gap)};
}

}  // namespace rapport::signals

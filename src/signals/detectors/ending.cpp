#include "signals/detectors/ending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace rapport::signals {
namespace {

using base::Millis;
using domain::Role;

class Vanished final : public Detector {
 public:
  explicit Vanished(SignalId goodbye) : goodbye_(goodbye) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Vanished>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter&) override {
    if (!moment.step.words || moment.step.backchannel) return;
    bool const customer = moment.step.role == Role::customer;
    if (customer) {
      said_goodbye_ = (last_ == Role::customer && said_goodbye_) || fired_in(moment);
      event_ = moment.index;
    }
    last_ = moment.step.role;
  }

  void finish(Ending const& ending, Emitter& emit) const override {
    if (last_ == Role::customer && !said_goodbye_) emit.fire_at(ending.at_ms, ending.at_ms, Role::customer, event_);
  }

 private:
  bool fired_in(Moment const& moment) const {
    return std::any_of(moment.fired.begin(), moment.fired.end(),
                       [this](Occurrence const& occurrence) { return occurrence.signal == goodbye_; });
  }

  SignalId goodbye_;
  std::optional<Role> last_;
  bool said_goodbye_ = false;
  std::uint32_t event_ = 0;
};

class EndsOn final : public Detector {
 public:
  explicit EndsOn(SignalId signal) : signal_(signal) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<EndsOn>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::customer})}; }

  void read(Moment const& moment, Emitter&) override {
    if (!moment.step.words || moment.step.role != Role::customer || moment.step.backchannel) return;
    if (moment.step.turn_started) held_ = false;
    held_ = held_ || std::any_of(moment.fired.begin(), moment.fired.end(),
                                 [this](Occurrence const& occurrence) { return occurrence.signal == signal_; });
    event_ = moment.index;
  }

  void finish(Ending const& ending, Emitter& emit) const override {
    if (held_) emit.fire_at(ending.at_ms, ending.at_ms, Role::customer, event_);
  }

 private:
  SignalId signal_;
  bool held_ = false;
  std::uint32_t event_ = 0;
};

class WrapUpLate final : public Detector {
 public:
  explicit WrapUpLate(Millis after) : after_(after) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<WrapUpLate>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = Attention::kinds_of({domain::EventKind::hold, domain::EventKind::disposition, domain::EventKind::ended})}; }

  void read(Moment const& moment, Emitter&) override {
    ended_ = ended_ || moment.event.kind == domain::EventKind::ended;
    if (moment.step.words || moment.event.kind == domain::EventKind::hold) talked_until_ = moment.event.end();
    if (moment.event.kind == domain::EventKind::disposition) {
      bool const late = talked_until_ && moment.event.at_ms - *talked_until_ > after_;
      if (!captured_ && late && moment.head.channel == domain::Channel::voice) long_after_ = moment.index;
      captured_ = true;
    }
    if (moment.event.kind == domain::EventKind::ended && !captured_ && !due_) {
      due_ = moment.event.at_ms + after_;
      event_ = moment.index;
    }
    if (captured_ && (!due_ || moment.event.at_ms <= *due_)) due_.reset();
  }

  bool watches_time() const override { return true; }
  void pass_time(Millis now_ms, timeline::Conversation const&, Emitter& emit) override {
    if (!due_ || now_ms <= *due_) return;
    emit.fire_at(*due_, *due_, Role::agent, event_);
    due_.reset();
    captured_ = true;
  }

  void finish(Ending const& ending, Emitter& emit) const override {
    if (long_after_ && !ended_) emit.fire_at(ending.at_ms, ending.at_ms, Role::agent, *long_after_);
  }

 private:
  Millis after_;
  bool captured_ = false;
  bool ended_ = false;
  std::optional<Millis> talked_until_;       ///< end of the last words or hold so far
  std::optional<std::uint32_t> long_after_;  ///< the disposition, if it came later than that by more than `after_`
  std::optional<Millis> due_;
  std::uint32_t event_ = 0;
};

/// A detector made of the signal that the parameter names.
template <typename Made>
base::Result<std::unique_ptr<Detector>> make_of_signal(Parameters const& parameters, Vocabulary const& vocabulary,
                                                       std::string_view parameter) {
  std::string const name = parameters.text(parameter, "");
  auto const signal = vocabulary.find_signal(name);
  if (!signal) return base::Error{fmt::format("\"{}\" in \"{}\" is no signal; expected a signal's name", name, parameter)};
  return std::unique_ptr<Detector>{std::make_unique<Made>(*signal)};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_vanished(Parameters const& parameters, Vocabulary const& vocabulary) {
  return make_of_signal<Vanished>(parameters, vocabulary, "goodbye");
}

base::Result<std::unique_ptr<Detector>> make_ends_on(Parameters const& parameters, Vocabulary const& vocabulary) {
  return make_of_signal<EndsOn>(parameters, vocabulary, "signal");
}

base::Result<std::unique_ptr<Detector>> make_wrap_up_late(Parameters const& parameters, Vocabulary const&) {
  auto const after = parameters.millis("after", 120 * base::second);
  if (!after) return after.error();
  return std::unique_ptr<Detector>{std::make_unique<WrapUpLate>(*after)};
}

}  // namespace rapport::signals

#include "signals/detectors/floor.hpp"

#include <algorithm>
#include <optional>

namespace rapport::signals {
namespace {

using domain::Role;

bool on_voice(Moment const& moment) { return moment.head.channel == domain::Channel::voice; }

bool agent_begins(Moment const& moment) {
  return moment.event.by == Role::agent && moment.step.words && !moment.step.backchannel;
}

class Interruption final : public Detector {
 public:
  explicit Interruption(base::Millis overlap) : overlap_(overlap) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<Interruption>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!on_voice(moment) || !agent_begins(moment)) return;
    if (moment.step.overlap_ms > overlap_ && moment.step.other_yielded) emit.fire(moment);
  }

 private:
  base::Millis overlap_;
};

/// Finds the customer's first statement; fires at it, or at the agent's onsets within it.
class FirstStatement final : public Detector {
 public:
  FirstStatement(std::int64_t words, std::optional<std::uint32_t> greeting, Vocabulary const& vocabulary, bool cuts)
      : words_(words), greeting_(greeting), vocabulary_(&vocabulary), cuts_(cuts) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<FirstStatement>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!on_voice(moment)) return;
    if (!from_ && is_statement(moment)) {
      from_ = moment.event.at_ms;
      to_ = moment.event.end();
      if (!cuts_) emit.fire(moment);
    } else if (cuts_ && from_ && agent_begins(moment) && moment.event.at_ms > *from_ && moment.event.at_ms < to_) {
      emit.fire(moment);
    }
  }

 private:
  bool is_statement(Moment const& moment) const {
    if (moment.event.by != Role::customer || !moment.step.words) return false;
    auto const is_plain = [this](Token const& token) {
      return !greeting_ || !vocabulary_->in_class(token, *greeting_);
    };
    return std::count_if(moment.words.tokens.begin(), moment.words.tokens.end(), is_plain) > words_;
  }

  std::int64_t words_;
  std::optional<std::uint32_t> greeting_;
  Vocabulary const* vocabulary_;
  bool cuts_;
  std::optional<base::Millis> from_;
  base::Millis to_ = 0;
};

base::Result<std::unique_ptr<Detector>> make_statement(Parameters const& parameters, Vocabulary const& vocabulary,
                                                       bool cuts) {
  auto const words = parameters.number("words", 4);
  if (!words) return words.error();
  return std::unique_ptr<Detector>{
      std::make_unique<FirstStatement>(*words, vocabulary.find_class("greeting"), vocabulary, cuts)};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_interruption(Parameters const& parameters, Vocabulary const&) {
  auto const overlap = parameters.millis("overlap", 500);
  if (!overlap) return overlap.error();
  return std::unique_ptr<Detector>{std::make_unique<Interruption>(*overlap)};
}

base::Result<std::unique_ptr<Detector>> make_first_statement(Parameters const& parameters,
                                                             Vocabulary const& vocabulary) {
  return make_statement(parameters, vocabulary, false);
}

base::Result<std::unique_ptr<Detector>> make_first_statement_cut(Parameters const& parameters,
                                                                 Vocabulary const& vocabulary) {
  return make_statement(parameters, vocabulary, true);
}

}  // namespace rapport::signals

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
  Attention attention() const override { return {.speakers = Attention::everybody}; }

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

/// A search: from the agent's announcement of one until the agent says what came of it, puts the customer on
/// hold, or the customer says more than a word or two.
class AnnouncedSearch {
 public:
  explicit AnnouncedSearch(SignalId starts) : starts_(starts) {}

  /// Where the announcement began; none while nothing is looked for.
  std::optional<Millis> since() const { return since_; }
  std::uint32_t event() const { return event_; }

  void read(Moment const& moment) {
    if (moment.event.kind == domain::EventKind::hold) since_.reset();  // the customer hears music, not silence
    if (!moment.step.words) return;
    bool const agent = moment.step.role == Role::agent;
    if (agent && fired(moment, starts_)) {
      if (!since_) since_ = moment.event.at_ms;
      event_ = moment.index;
      return;
    }
    std::size_t const words_max = agent ? narrating_words_max : patient_words_max;
    if (moment.words.tokens.size() > words_max) since_.reset();
  }

 private:
  static constexpr std::size_t narrating_words_max = 14;  ///< more than that says what was found
  static constexpr std::size_t patient_words_max = 6;     ///< "take your time", "are you still there"

  SignalId starts_;
  std::optional<Millis> since_;
  std::uint32_t event_ = 0;
};

class SearchLong final : public Detector {
 public:
  SearchLong(SignalId starts, SignalId looks, Millis over) : search_(starts), looks_(looks), over_(over) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<SearchLong>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = Attention::kinds_of({domain::EventKind::hold})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!waits_on_voice(moment)) return;
    bool const words = moment.step.words;
    bool const agent = words && moment.step.role == Role::agent;
    bool const unannounced = agent && customer_spoke_last_ && !customer_looks_ && !search_.since() && moment.step.silence_before_ms > over_;
    if (agent && silent_since_ && moment.event.at_ms - *silent_since_ > over_) fire(*silent_since_, event_, emit);
    // The silence is the customer's words' own: what the agent says to end it answers it too late.
    if (unannounced) fire(moment.event.at_ms - moment.step.silence_before_ms, customer_event_, emit);
    search_.read(moment);
    if (agent) silent_since_ = moment.event.end();
    bool const nods = agent && customer_spoke_last_ && moment.words.tokens.size() <= nodding_words_max;
    if (words && !nods) customer_spoke_last_ = moment.step.role == Role::customer;
    if (words && moment.step.role == Role::customer) {
      customer_event_ = moment.index;
      customer_looks_ = looks_ != no_signal && fired(moment, looks_);
    }
    if (!search_.since()) silent_since_.reset();
    event_ = search_.event();
  }

  bool watches_time() const override { return true; }
  void pass_time(Millis now_ms, timeline::Conversation const&, Emitter& emit) override {
    if (!silent_since_ || now_ms - *silent_since_ <= over_) return;
    fire(*silent_since_, event_, emit);
    silent_since_.reset();
  }

 private:
  void fire(Millis since, std::uint32_t event, Emitter& emit) const {
    emit.fire_at(since + over_, since + over_, Role::agent, event);
  }

  static constexpr std::size_t nodding_words_max = 2;  ///< "okay", "right then": it is still the agent's turn

  AnnouncedSearch search_;
  SignalId looks_;
  Millis over_;
  std::optional<Millis> silent_since_;  ///< end of the agent's last words in a search that goes on
  bool customer_spoke_last_ = false;
  bool customer_looks_ = false;       ///< their last words: they look for something themselves
  std::uint32_t customer_event_ = 0;  ///< of their last words
  std::uint32_t event_ = 0;
};

class SearchTold final : public Detector {
 public:
  SearchTold(SignalId starts, Millis over) : search_(starts), over_(over) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<SearchTold>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = Attention::kinds_of({domain::EventKind::hold})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!waits_on_voice(moment)) return;
    std::optional<Millis> const since = search_.since();
    if (since && moment.step.words) quiet_ms_ += moment.step.silence_before_ms;
    if (since && moment.step.words && moment.step.role == Role::agent) {
      bool const searched = moment.event.at_ms - *since >= over_ && 2 * quiet_ms_ >= over_;
      if (searched && told_ && !counted_) emit.fire(moment);
      counted_ = counted_ || (searched && told_);
      told_ = true;
    }
    search_.read(moment);
    if (search_.since() == since && since) return;
    told_ = false;
    counted_ = false;
    quiet_ms_ = 0;
  }

 private:
  AnnouncedSearch search_;
  Millis over_;
  Millis quiet_ms_ = 0;   ///< silence since the announcement
  bool told_ = false;     ///< the agent has spoken after the announcement
  bool counted_ = false;  ///< this search has fired
};

class InstructionPause final : public Detector {
 public:
  InstructionPause(SignalId after, Millis gap) : after_(after), gap_(gap) {}

  std::unique_ptr<Detector> clone() const override { return std::make_unique<InstructionPause>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

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
  SignalId looks = no_signal;
  if (parameters.has("looks")) {
    auto const given = signal_parameter(parameters, vocabulary, "looks");
    if (!given) return given.error();
    looks = *given;
  }
  auto const over = parameters.millis("over", 20 * base::second);
  if (!over) return over.error();
  return std::unique_ptr<Detector>{std::make_unique<SearchLong>(*starts, looks, *over)};
}

base::Result<std::unique_ptr<Detector>> make_search_told(Parameters const& parameters, Vocabulary const& vocabulary) {
  auto const starts = signal_parameter(parameters, vocabulary, "starts");
  if (!starts) return starts.error();
  auto const over = parameters.millis("over", 20 * base::second);
  if (!over) return over.error();
  return std::unique_ptr<Detector>{std::make_unique<SearchTold>(*starts, *over)};
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

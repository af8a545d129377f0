#include "signals/detectors/shares.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace rapport::signals {
namespace {

using base::Millis;
using domain::Role;

constexpr std::int64_t pace_words_min = 20;
constexpr Millis pace_speech_min = 5 * base::second;

bool spoke(Moment const& moment) {
  return moment.head.channel == domain::Channel::voice && moment.step.words;
}

/// Words a minute in thousandths, or nothing while too little was said.
std::optional<std::int64_t> pace_of(timeline::Share const& share) {
  if (share.words < pace_words_min || share.speech_ms < pace_speech_min) return std::nullopt;
  return share.words * base::minute * 1'000 / share.speech_ms;
}

class TalkShare final : public Detector {
 public:
  explicit TalkShare(Millis after) : after_(after) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<TalkShare>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!spoke(moment)) return;
    Millis const agent = moment.conversation.share(Role::agent).speech_ms;
    Millis const customer = moment.conversation.share(Role::customer).speech_ms;
    if (agent == 0 || customer == 0 || agent + customer < after_) return;
    emit.fire(moment).value = agent * 1'000 / (agent + customer);
  }

 private:
  Millis after_;
};

class Pace final : public Detector {
 public:
  explicit Pace(bool distance) : distance_(distance) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Pace>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!spoke(moment)) return;
    auto const agent = pace_of(moment.conversation.share(Role::agent));
    auto const customer = pace_of(moment.conversation.share(Role::customer));
    if (!agent || (distance_ && !customer)) return;
    emit.fire(moment).value = distance_ ? std::abs(*agent - *customer) : *agent;
  }

 private:
  bool distance_;
};

class TurnWords final : public Detector {
 public:
  explicit TurnWords(bool mean) : mean_(mean) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<TurnWords>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words || moment.step.backchannel || moment.step.role != Role::agent) return;
    bool const written = moment.head.channel != domain::Channel::voice;
    if (written || moment.step.turn_started || turns_ == 0) {
      ++turns_;
      current_ = 0;
    }
    auto const words = static_cast<std::int64_t>(moment.words.tokens.size());
    current_ += words;
    total_ += words;
    longest_ = std::max(longest_, current_);
    emit.fire(moment).value = mean_ ? 1'000 * total_ / turns_ : 1'000 * longest_;
  }

 private:
  bool mean_;
  std::int64_t turns_ = 0;
  std::int64_t current_ = 0;
  std::int64_t total_ = 0;
  std::int64_t longest_ = 0;
};

class HoldTime final : public Detector {
 public:
  explicit HoldTime(bool total) : total_(total) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<HoldTime>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    // An open hold has its length when it ends, which any later event may tell.
    Millis const now = total_ ? moment.conversation.hold_total_ms() : moment.conversation.hold_longest_ms();
    bool const begins = moment.event.kind == domain::EventKind::hold;
    if (now == last_ && !begins) return;
    last_ = now;
    emit.fire(moment).value = now;
  }

 private:
  bool total_;
  Millis last_ = 0;
};

class HoldOver final : public Detector {
 public:
  explicit HoldOver(Millis over) : over_(over) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<HoldOver>(*this); }
  Attention attention() const override { return {.kinds = Attention::kinds_of({domain::EventKind::hold})}; }

  void read(Moment const& moment, Emitter& emit) override {
    domain::Event const& event = moment.event;
    if (event.kind != domain::EventKind::hold || event.end() - event.at_ms <= over_) return;
    emit.fire_at(event.at_ms + over_, event.end(), Role::agent, moment.index);
  }

 private:
  Millis over_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_talk_share(Parameters const& parameters, Vocabulary const&) {
  auto const after = parameters.millis("after", 20 * base::second);
  if (!after) return after.error();
  return std::unique_ptr<Detector>{std::make_unique<TalkShare>(*after)};
}

base::Result<std::unique_ptr<Detector>> make_pace(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<Pace>(false)};
}

base::Result<std::unique_ptr<Detector>> make_pace_distance(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<Pace>(true)};
}

base::Result<std::unique_ptr<Detector>> make_turn_words(Parameters const& parameters, Vocabulary const&) {
  std::string const aggregate = parameters.text("aggregate", "longest");
  if (aggregate != "longest" && aggregate != "mean") {
    return base::Error{fmt::format("\"{}\" in \"aggregate\"; expected longest or mean", aggregate)};
  }
  return std::unique_ptr<Detector>{std::make_unique<TurnWords>(aggregate == "mean")};
}

base::Result<std::unique_ptr<Detector>> make_hold_longest(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<HoldTime>(false)};
}

base::Result<std::unique_ptr<Detector>> make_hold_total(Parameters const&, Vocabulary const&) {
  return std::unique_ptr<Detector>{std::make_unique<HoldTime>(true)};
}

base::Result<std::unique_ptr<Detector>> make_hold_over(Parameters const& parameters, Vocabulary const&) {
  auto const over = parameters.millis("over", 120 * base::second);
  if (!over) return over.error();
  return std::unique_ptr<Detector>{std::make_unique<HoldOver>(*over)};
}

}  // namespace rapport::signals

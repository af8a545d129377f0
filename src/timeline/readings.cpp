#include "timeline/readings.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "timeline/speech_text.hpp"

namespace rapport::timeline {
namespace {

using base::Millis;
using domain::Event;
using domain::EventKind;
using domain::Role;

class ReadingsBuilder {
 public:
  ReadingsBuilder(Timeline const& timeline, Millis silence_min_ms)
      : timeline_(timeline), silence_min_ms_(silence_min_ms), conversation_(timeline.head().channel) {}

  Readings build() {
    for (std::uint32_t index = 0; index < timeline_.events().size(); ++index) take(index);
    conversation_.finish(timeline_.end_ms());
    close_open_hold(timeline_.end_ms());
    for (std::size_t role = 0; role < domain::role_count; ++role) {
      readings_.shares[role] = conversation_.share(static_cast<Role>(role));
    }
    readings_.hold_total_ms = conversation_.hold_total_ms();
    readings_.hold_longest_ms = conversation_.hold_longest_ms();
    readings_.end_ms = timeline_.end_ms();
    return std::move(readings_);
  }

 private:
  void take(std::uint32_t index) {
    Event const& event = timeline_.events()[index];
    std::string_view const language = event.language.empty() ? timeline_.head().language : event.language;
    auto const turn_before = conversation_.turn_of();
    Step const step = conversation_.advance(event, language);
    if (event.kind == EventKind::hold) {
      close_open_hold(event.at_ms);
      readings_.holds.push_back({event.at_ms, event.end(), index});
      hold_open_ = !event.end_ms;
    }
    bool const agent_spoke = (step.words || event.kind == EventKind::speech) && event.by == Role::agent;
    if (agent_spoke || event.kind == EventKind::ended) close_open_hold(event.at_ms);
    if (domain::carries_words(event.kind)) {
      readings_.transcript.push_back({index, step});
      take_turn(event, step, index, turn_before.has_value());
    }
    if (step.silence_before_ms >= silence_min_ms_ && timeline_.head().channel == domain::Channel::voice &&
        step.silence_before_ms > 0) {
      readings_.silences.push_back({event.at_ms - step.silence_before_ms, event.at_ms, index});
    }
    if (step.overlap_ms > 0) {
      readings_.talk_overs.push_back(
          {step.role, event.at_ms, step.overlap_ms, step.other_yielded, step.backchannel, index});
    }
  }

  void take_turn(Event const& event, Step const& step, std::uint32_t index, bool answers) {
    if (!step.words || step.backchannel || !event.by) return;
    if (step.turn_started) {
      readings_.turns.push_back({step.role, event.participant, event.at_ms, event.end(), index, 0});
      if (answers) readings_.gaps.push_back({step.role, event.at_ms, step.silence_before_ms, index});
    }
    Turn& turn = readings_.turns.back();
    turn.end_ms = std::max(turn.end_ms, event.end());
    turn.words += count_words(event.text);
  }

  void close_open_hold(Millis at_ms) {
    if (hold_open_) readings_.holds.back().end_ms = std::max(readings_.holds.back().at_ms, at_ms);
    hold_open_ = false;
  }

  Timeline const& timeline_;
  Millis silence_min_ms_;
  Conversation conversation_;
  Readings readings_;
  bool hold_open_ = false;
};

}  // namespace

std::int64_t Readings::agent_talk_share() const {
  Millis const agent = share(Role::agent).speech_ms;
  Millis const both = agent + share(Role::customer).speech_ms;
  return both == 0 ? 0 : agent * 1'000 / both;
}

Readings read(Timeline const& timeline, Millis silence_min_ms) {
  return ReadingsBuilder{timeline, silence_min_ms}.build();
}

}  // namespace rapport::timeline

#include "timeline/conversation.hpp"

#include <algorithm>

namespace rapport::timeline {
namespace {

using base::Millis;
using domain::Event;
using domain::EventKind;
using domain::Role;

std::size_t index_of(Role role) { return static_cast<std::size_t>(role); }

}  // namespace

Step Conversation::advance(Event const& event, std::string_view language) {
  switch (event.kind) {
    case EventKind::utterance:
    case EventKind::message:
      return words(event, language);
    case EventKind::speech: {
      Step step;
      speak(step, event);
      return step;
    }
    case EventKind::answered:
      if (event.by == Role::agent) current_agent_ = event.participant;
      return {};
    case EventKind::hold:
      hold(event);
      return {};
    case EventKind::ended:
      close_open_hold(event.at_ms);
      return {};
    default:
      return {};
  }
}

Step Conversation::words(Event const& event, std::string_view language) {
  std::int64_t const count = count_words(event.text);
  Step step;
  if (event.by) step.role = *event.by;
  if (count == 0) return step;  // noise
  step.words = true;
  if (event.by) {
    shares_[index_of(*event.by)].words += count;
    take_turn(step, event, language);
  }
  speak(step, event);
  return step;
}

/// Whether these words are a backchannel, begin a turn or go on with one.
void Conversation::take_turn(Step& step, Event const& event, std::string_view language) {
  Role const role = step.role;
  bool const spoken = channel_ == domain::Channel::voice && event.kind == EventKind::utterance;
  bool const listens = spoken && is_backchannel(event.text, language);
  bool const may_be_answered = channel_ == domain::Channel::voice;  // elsewhere nobody listens aloud
  if (turn_of_ == role) {
    if (!listens) question_open_ = may_be_answered && ends_in_question(event.text, language);
    return;
  }
  if (listens && turn_of_ && !question_open_) {
    step.backchannel = true;
    return;
  }
  step.turn_started = true;
  ++shares_[index_of(role)].turns;
  turn_of_ = role;
  question_open_ = may_be_answered && ends_in_question(event.text, language);
}

/// Books the span of words or speech: silence and overlap at its onset, then time and floor.
void Conversation::speak(Step& step, Event const& event) {
  Span const span{event.at_ms, std::max(event.end(), event.at_ms)};
  step.silence_before_ms = silence_before(span.from);
  if (event.by == Role::agent) {
    current_agent_ = event.participant;
    close_open_hold(span.from);
  }
  if (event.by) {
    Role const role = *event.by;
    step.role = role;
    Overlap const overlap = overlap_at_onset(role, span);
    step.overlap_ms = overlap.ms;
    step.other_yielded = overlap.other_yielded;

    auto& last_end = last_ends_[index_of(role)];
    Millis const counted_from = last_end ? std::max(span.from, *last_end) : span.from;
    shares_[index_of(role)].speech_ms += std::max<Millis>(span.to - counted_from, 0);
    last_end = last_end ? std::max(*last_end, span.to) : span.to;
    if (!step.backchannel) {
      Span& floor = floors_[index_of(role)];
      bool const goes_on = floor.to >= floor.from && span.from <= floor.to + pause_max_ms;
      floor = goes_on ? Span{floor.from, std::max(floor.to, span.to)} : span;
    }
  }
  hear(span.to);
}

/// The longest stretch that the onset shares with a side that was speaking before it. A side that
/// goes on after a mere pause has no onset.
Conversation::Overlap Conversation::overlap_at_onset(Role role, Span onset) const {
  Span const& own = floors_[index_of(role)];
  if (own.to >= own.from && onset.from <= own.to + pause_max_ms) return {};
  Overlap longest;
  for (std::size_t other = 0; other < floors_.size(); ++other) {
    Span const& floor = floors_[other];
    if (other == index_of(role) || floor.from >= onset.from || floor.to <= onset.from) continue;
    Millis const shared = std::min(floor.to, onset.to) - onset.from;
    if (shared > longest.ms) longest = {shared, floor.to < onset.to};
  }
  return longest;
}

base::Millis Conversation::silence_before(Millis at_ms) const {
  if (!speech_end_) return 0;
  Millis const hold_end = hold_open_ ? at_ms : std::min(hold_end_, at_ms);
  Millis const last_hold = std::max<Millis>(hold_end - std::max(hold_from_, *speech_end_), 0);
  return std::max<Millis>(at_ms - *speech_end_ - held_since_speech_ - last_hold, 0);
}

/// Speech reached end_ms. Every hold but the last ended before this speech began, so none of them
/// reaches into the silence that follows.
void Conversation::hear(Millis end_ms) {
  speech_end_ = speech_end_ ? std::max(*speech_end_, end_ms) : end_ms;
  held_since_speech_ = 0;
}

void Conversation::hold(Event const& event) {
  close_open_hold(event.at_ms);
  if (event.at_ms > hold_end_ || hold_from_ == hold_end_) {
    Millis const counted_from = speech_end_ ? std::max(hold_from_, *speech_end_) : hold_from_;
    held_since_speech_ += std::max<Millis>(hold_end_ - counted_from, 0);
    hold_from_ = event.at_ms;
    hold_end_ = event.at_ms;
  }
  Millis const end = std::max(hold_end_, event.end());
  hold_total_ += end - hold_end_;
  hold_end_ = end;
  hold_longest_ = std::max(hold_longest_, hold_end_ - hold_from_);
  hold_open_ = !event.end_ms;
}

void Conversation::close_open_hold(Millis at_ms) {
  if (!hold_open_) return;
  hold_open_ = false;
  if (at_ms <= hold_end_) return;
  hold_total_ += at_ms - hold_end_;
  hold_end_ = at_ms;
  hold_longest_ = std::max(hold_longest_, hold_end_ - hold_from_);
}

std::optional<base::Millis> Conversation::last_end(Role role) const { return last_ends_[index_of(role)]; }

}  // namespace rapport::timeline

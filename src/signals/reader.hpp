#pragma once

#include <memory>
#include <span>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "signals/lexicon.hpp"
#include "signals/occurrence.hpp"
#include "timeline/conversation.hpp"

namespace rapport::signals {

/// What an event came to: its step in the conversation and the signals that fired, ordered by
/// (at_ms, event, position, signal). An earlier span that ends with this event's beginning (a hold)
/// fires its end here, if `pass_time` has not told it, and before the event's own signals.
struct Reading {
  timeline::Step step;
  std::vector<Occurrence> occurrences;
  /// The event has words of `step.role` in a language for which this lexicon has no phrases, or
  /// too poor to read (recogniser's confidence below the limit).
  bool unreadable_words = false;
};

/// Reads one timeline event by event, in the timeline's order, into signals. Holds all that
/// signals must remember (what was known, asked, said). Copyable: a copy is a checkpoint.
/// One thread at a time; the lexicon and the head must outlive it.
class Reader {
 public:
  Reader(Lexicon const& lexicon, domain::Interaction const& head);
  Reader(Reader const& other);
  Reader& operator=(Reader const& other);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Signals that time alone brings (a silence that has become too long) with
  /// previous time < at_ms <= `now_ms`. Appends to `out` in order. Call before `read` of an event
  /// at `now_ms` with now_ms - 1, so that an event exactly at a deadline still counts.
  void pass_time(base::Millis now_ms, std::vector<Occurrence>& out);

  /// Takes the next event. The result is valid until the next call.
  Reading const& read(domain::Event const& event, std::uint32_t index);

  /// Signals that only the end tells (the customer vanished, wrap-up never came).
  void finish(base::Millis end_ms, std::vector<Occurrence>& out);

  timeline::Conversation const& conversation() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rapport::signals

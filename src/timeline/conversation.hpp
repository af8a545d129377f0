#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/event.hpp"
#include "timeline/speech_text.hpp"

namespace rapport::timeline {

/// What one event was to the conversation.
struct Step {
  bool words = false;                          ///< an utterance or message with at least one word
  bool backchannel = false;                    ///< "mm", "right": heard, but no turn
  bool turn_started = false;                   ///< the speaker changed: a new turn of `role` begins with this event
  domain::Role role = domain::Role::customer;  ///< meaningful where words or speech
  /// Milliseconds by which this onset talks over the other side, and whether the other side held
  /// the floor and gave way (stopped before the speaker did). Zero where it does not.
  base::Millis overlap_ms = 0;
  bool other_yielded = false;
  /// Silence off hold between the end of all speech so far and this onset; 0 at the first words.
  base::Millis silence_before_ms = 0;
};

/// Milliseconds and turns of one side so far.
struct Share {
  std::int32_t turns = 0;      ///< started turns; backchannels are none
  base::Millis speech_ms = 0;  ///< time covered by its spans, counted once where they overlap;
                               ///< noise without words excluded
  std::int64_t words = 0;      ///< of utterances and messages, noise marks excluded
};

/// Reads a timeline online, event by event in order, and knows who talks, whose turn it is and how
/// long nobody spoke. A turn is a run of utterances or messages of one side (agents, supervisors
/// and bots are one side each by role), until another role's words that are no backchannel.
/// In text channels every message is a turn's part and none is a backchannel. A side that stops for
/// no longer than `pause_max_ms` has not stopped: it still holds the floor. A hold that names no end
/// lasts until the agent's next words or the end. A value: copying it is a checkpoint. One thread at
/// a time.
class Conversation {
 public:
  /// The silence that separates two inter-pausal units, as usual in the study of turn-taking
  /// (Heldner and Edlund, "Pauses, gaps and overlaps in conversations", 2010).
  static constexpr base::Millis pause_max_ms = 200;

  explicit Conversation(domain::Channel channel) : channel_(channel) {}

  /// Takes the next event (in the timeline's order) and says what it was.
  /// `language` is the event's or the interaction's.
  Step advance(domain::Event const& event, std::string_view language);

  /// The timeline ends: a hold that is still open ends with it.
  void finish(base::Millis end_ms) { close_open_hold(end_ms); }

  Share const& share(domain::Role role) const { return shares_[static_cast<std::size_t>(role)]; }
  std::int32_t turns(domain::Role role) const { return share(role).turns; }
  /// Whose turn it is: the role that last started one; nothing before the first words.
  std::optional<domain::Role> turn_of() const { return turn_of_; }
  /// The agent who is responsible now: of the last answered, or the last that spoke; nobody before.
  domain::ParticipantIndex current_agent() const { return current_agent_; }
  /// An agent answered, or spoke or wrote.
  bool agent_took_part() const { return current_agent_ != domain::nobody; }
  /// End of the last speech of that role; nothing if it never spoke.
  std::optional<base::Millis> last_end(domain::Role role) const;
  /// End of all speech so far; nothing before the first.
  std::optional<base::Millis> speech_end() const { return speech_end_; }
  bool on_hold(base::Millis at_ms) const { return hold_open_ || at_ms < hold_end_; }
  base::Millis hold_total_ms() const { return hold_total_; }
  base::Millis hold_longest_ms() const { return hold_longest_; }

 private:
  struct Span {
    base::Millis from = 0;
    base::Millis to = -1;  ///< empty while to < from
  };
  struct Overlap {
    base::Millis ms = 0;
    bool other_yielded = false;
  };

  Step words(domain::Event const& event, std::string_view language);
  void take_turn(Step& step, domain::Event const& event, std::string_view language);
  void speak(Step& step, domain::Event const& event);
  Overlap overlap_at_onset(domain::Role role, Span onset) const;
  base::Millis silence_before(base::Millis at_ms) const;
  void hear(base::Millis end_ms);
  void hold(domain::Event const& event);
  void close_open_hold(base::Millis at_ms);

  domain::Channel channel_;
  std::array<Share, domain::role_count> shares_{};
  std::array<Span, domain::role_count> floors_{};  ///< last run of speech, backchannels left out
  std::array<std::optional<base::Millis>, domain::role_count> last_ends_{};
  std::optional<domain::Role> turn_of_;
  bool question_open_ = false;  ///< the current turn ends in a question: a short answer is a turn
  domain::ParticipantIndex current_agent_ = domain::nobody;
  std::optional<base::Millis> speech_end_;
  base::Millis hold_from_ = 0;
  base::Millis hold_end_ = 0;
  bool hold_open_ = false;              ///< the last hold named no end and nothing has ended it yet
  base::Millis held_since_speech_ = 0;  ///< holds before the last one, after the end of all speech
  base::Millis hold_total_ = 0;
  base::Millis hold_longest_ = 0;
};

}  // namespace rapport::timeline

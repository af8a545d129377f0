#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "domain/event.hpp"
#include "domain/interaction.hpp"

namespace rapport::timeline {

/// What one event was to the conversation.
struct Step {
  bool words = false;         ///< an utterance or message with at least one word
  bool backchannel = false;   ///< "mm", "right": heard, but no turn
  bool turn_started = false;  ///< the speaker changed: a new turn of `role` begins with this event
  domain::Role role = domain::Role::customer;  ///< meaningful where words or speech
  /// Milliseconds by which this onset talks over the other side, and whether the other side held
  /// the floor and gave way (stopped before the speaker did). Zero where it does not.
  base::Millis overlap_ms = 0;
  bool other_yielded = false;
  /// Silence off hold between the end of all speech so far and this onset; 0 at the first words.
  base::Millis silence_before_ms = 0;
};

/// Seconds and turns of one side so far.
struct Share {
  std::int32_t turns = 0;             ///< started turns; backchannels are none
  base::Millis speech_ms = 0;         ///< sum of spans, noise without words excluded
  std::int64_t words = 0;
};

/// Reads a timeline online, event by event in order, and knows who talks, whose turn it is and how
/// long nobody spoke. A turn is a run of utterances or messages of one side (agents, supervisors
/// and bots are one side each by role), until another role's words that are no backchannel.
/// In text channels every message is a turn's part and none is a backchannel. A value: copying it
/// is a checkpoint. One thread at a time.
class Conversation {
 public:
  explicit Conversation(domain::Channel channel) : channel_(channel) {}

  /// Takes the next event (in the timeline's order) and says what it was.
  /// `language` is the event's or the interaction's.
  Step advance(domain::Event const& event, std::string_view language);

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
  bool on_hold(base::Millis at_ms) const { return at_ms < hold_end_; }
  base::Millis hold_total_ms() const { return hold_total_; }
  base::Millis hold_longest_ms() const { return hold_longest_; }

 private:
  struct Floor {
    base::Millis from = 0;
    base::Millis to = -1;   ///< empty while to < from
  };

  Step speech(domain::Event const& event, domain::Role role, bool words, bool backchannel);

  domain::Channel channel_;
  std::array<Share, domain::role_count> shares_{};
  std::array<Floor, domain::role_count> floors_{};
  std::optional<domain::Role> turn_of_;
  bool question_open_ = false;  ///< the current turn ends in a question: a short answer is a turn
  domain::ParticipantIndex current_agent_ = domain::nobody;
  std::optional<base::Millis> speech_end_;
  base::Millis hold_end_ = 0;
  base::Millis hold_total_ = 0;
  base::Millis hold_longest_ = 0;
};

/// Whether the text is made of words that only say "I am listening" ("mm-hm", "right, okay").
/// Lists for the languages we have them for; in others nothing is a backchannel.
bool is_backchannel(std::string_view text, std::string_view language);

/// Whether the text holds any word at all: "[noise] <unk>" and "..." do not.
bool has_words(std::string_view text);

}  // namespace rapport::timeline

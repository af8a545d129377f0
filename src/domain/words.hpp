#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// The domain's closed vocabularies, with the names they have in files. `name()` gives the file's
/// word, `parse_…` the value or nothing.
namespace rapport::domain {

enum class Channel : std::uint8_t { voice,
                                    chat,
                                    email,
                                    message };
enum class Direction : std::uint8_t { inbound,
                                      outbound };
enum class Role : std::uint8_t { customer,
                                 agent,
                                 supervisor,
                                 bot };
inline constexpr std::size_t role_count = 4;

/// What recorded an event at all; a source that was not observed proves nothing by its silence.
enum class Source : std::uint8_t { words,
                                   timing,
                                   telephony,
                                   desk,
                                   journey,
                                   audio,
                                   survey };
inline constexpr std::size_t source_count = 7;

enum class EventKind : std::uint8_t {
  offered,
  answered,
  utterance,
  message,
  speech,
  hold,
  mute,
  leg_started,
  leg_ended,
  transfer,
  conference,
  context,
  profile_viewed,
  history_viewed,
  article_opened,
  guide_step,
  note,
  field_captured,
  remedy,
  approval_requested,
  help_requested,
  promise,
  followup_scheduled,
  flagged,
  disposition,
  verified,
  recording_started,
  consent,
  escalation_requested,
  fact_known,
  promise_kept,
  contact_repeated,
  survey,
  ended,
  other,  ///< a kind we do not know: kept and reported, never judged
};
inline constexpr std::size_t event_kind_count = static_cast<std::size_t>(EventKind::other) + 1;

std::string_view name(Channel channel);
std::string_view name(Direction direction);
std::string_view name(Role role);
std::string_view name(Source source);
std::string_view name(EventKind kind);

std::optional<Channel> parse_channel(std::string_view text);
std::optional<Direction> parse_direction(std::string_view text);
std::optional<Role> parse_role(std::string_view text);
std::optional<Source> parse_source(std::string_view text);
/// Nothing for a kind we do not know, "other" included.
std::optional<EventKind> parse_event_kind(std::string_view text);

/// A set of sources, as bits.
class SourceSet {
 public:
  constexpr SourceSet() = default;
  constexpr SourceSet(std::initializer_list<Source> sources) {
    for (Source const source : sources) add(source);
  }
  static constexpr SourceSet all() {
    SourceSet set;
    set.bits_ = (1U << source_count) - 1;
    return set;
  }
  constexpr void add(Source source) { bits_ |= 1U << static_cast<unsigned>(source); }
  constexpr void add(SourceSet other) { bits_ |= other.bits_; }
  constexpr bool has(Source source) const { return (bits_ >> static_cast<unsigned>(source) & 1U) != 0; }
  constexpr bool contains(SourceSet other) const { return (bits_ & other.bits_) == other.bits_; }
  constexpr SourceSet minus(SourceSet other) const {
    SourceSet set;
    set.bits_ = bits_ & ~other.bits_;
    return set;
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool operator==(SourceSet const&) const = default;

 private:
  unsigned bits_ = 0;
};

/// The source that records events of this kind (interaction-format: words = utterance, message; …).
/// Kinds that any source may write (recording_started, consent, fact_known, …) belong to journey
/// or telephony as docs/interaction-format.md lists.
Source source_of(EventKind kind);

/// True for utterance and message: the kinds that carry what somebody said or wrote.
constexpr bool carries_words(EventKind kind) {
  return kind == EventKind::utterance || kind == EventKind::message;
}

}  // namespace rapport::domain

#include "domain/words.hpp"

#include <array>

#include "base/assert.hpp"

namespace rapport::domain {
namespace {

constexpr std::array<std::string_view, 4> channel_names{"voice", "chat", "email", "message"};
constexpr std::array<std::string_view, 2> direction_names{"inbound", "outbound"};
constexpr std::array<std::string_view, role_count> role_names{"customer", "agent", "supervisor", "bot"};
constexpr std::array<std::string_view, source_count> source_names{
    "words", "timing", "telephony", "desk", "journey", "audio", "survey"};
constexpr std::array<std::string_view, event_kind_count> kind_names{
    "offered", "answered", "utterance", "message", "speech", "hold", "mute", "leg_started", "leg_ended",
    "transfer", "conference", "context", "profile_viewed", "history_viewed", "article_opened",
    "guide_step", "note", "field_captured", "remedy", "approval_requested", "help_requested", "promise",
    "followup_scheduled", "flagged", "disposition", "verified", "recording_started", "consent",
    "escalation_requested", "fact_known", "promise_kept", "contact_repeated", "survey", "ended", "other"};

template <typename Names>
std::string_view name_in(Names const& names, std::size_t index) {
  RAPPORT_ASSERT(index < names.size());
  return names[index];
}

template <typename Enum, typename Names>
std::optional<Enum> find_in(Names const& names, std::string_view text) {
  for (std::size_t index = 0; index < names.size(); ++index) {
    if (names[index] == text) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

}  // namespace

std::string_view name(Channel channel) { return name_in(channel_names, static_cast<std::size_t>(channel)); }
std::string_view name(Direction direction) { return name_in(direction_names, static_cast<std::size_t>(direction)); }
std::string_view name(Role role) { return name_in(role_names, static_cast<std::size_t>(role)); }
std::string_view name(Source source) { return name_in(source_names, static_cast<std::size_t>(source)); }
std::string_view name(EventKind kind) { return name_in(kind_names, static_cast<std::size_t>(kind)); }

std::optional<Channel> parse_channel(std::string_view text) { return find_in<Channel>(channel_names, text); }
std::optional<Direction> parse_direction(std::string_view text) { return find_in<Direction>(direction_names, text); }
std::optional<Role> parse_role(std::string_view text) { return find_in<Role>(role_names, text); }
std::optional<Source> parse_source(std::string_view text) { return find_in<Source>(source_names, text); }

std::optional<EventKind> parse_event_kind(std::string_view text) {
  auto const kind = find_in<EventKind>(kind_names, text);
  return kind == EventKind::other ? std::nullopt : kind;
}

Source source_of(EventKind kind) {
  switch (kind) {
    case EventKind::utterance:
    case EventKind::message:
      return Source::words;
    case EventKind::speech:
      return Source::timing;
    case EventKind::offered:
    case EventKind::answered:
    case EventKind::hold:
    case EventKind::mute:
    case EventKind::leg_started:
    case EventKind::leg_ended:
    case EventKind::transfer:
    case EventKind::conference:
    case EventKind::recording_started:
    case EventKind::ended:
      return Source::telephony;
    case EventKind::context:
    case EventKind::history_viewed:
    case EventKind::fact_known:
    case EventKind::promise_kept:
    case EventKind::contact_repeated:
      return Source::journey;
    case EventKind::survey:
      return Source::survey;
    case EventKind::profile_viewed:
    case EventKind::article_opened:
    case EventKind::guide_step:
    case EventKind::note:
    case EventKind::field_captured:
    case EventKind::remedy:
    case EventKind::approval_requested:
    case EventKind::help_requested:
    case EventKind::promise:
    case EventKind::followup_scheduled:
    case EventKind::flagged:
    case EventKind::disposition:
    case EventKind::verified:
    case EventKind::consent:
    case EventKind::escalation_requested:
    case EventKind::other:
      return Source::desk;
  }
  RAPPORT_ASSERT(false);
}

}  // namespace rapport::domain

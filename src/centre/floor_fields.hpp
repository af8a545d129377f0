#pragma once

#include <array>
#include <string_view>
#include <tuple>

#include "routing/event.hpp"
#include "routing/snapshot.hpp"

/// The fields of the floor's records with their names as JSON, and the words of its enumerations; for
/// floor_codec, and for numbers_codec that adds its own. A field that a struct gets must be added here: the round trips fail without it.
namespace rapport::centre::floor_fields {

template <typename T>
struct Of {};

template <typename T, typename Member>
struct Field {
  std::string_view name;
  Member T::* member;
};
template <typename T, typename Member>
constexpr Field<T, Member> field(std::string_view name, Member T::* member) {
  return {name, member};
}

constexpr std::array<std::string_view, 4> words(Of<domain::Channel>) { return {"voice", "chat", "email", "message"}; }
constexpr std::array<std::string_view, 3> words(Of<routing::Strategy>) { return {"longest_idle", "most_skilled", "least_loaded"}; }
constexpr std::array<std::string_view, 3> words(Of<routing::Presence>) { return {"offline", "on_break", "available"}; }
constexpr std::array<std::string_view, 4> words(Of<routing::SlotState>) { return {"offered", "receiving", "connected", "wrap_up"}; }
constexpr std::array<std::string_view, 5> words(Of<routing::ContactState>) {
  return {"waiting", "offered", "receiving", "connected", "parked"};
}
constexpr std::array<std::string_view, 4> words(Of<routing::ReturnCause>) {
  return {"refused", "no_answer", "not_acknowledged", "withdrawn"};
}
constexpr std::array<std::string_view, 2> words(Of<routing::OverflowCause>) { return {"unanswered", "waited"}; }
constexpr std::array<std::string_view, 6> words(Of<routing::LeaveCause>) {
  return {"abandoned", "ended", "overflowed", "unreachable", "consult_over", "consult_unanswered"};
}

constexpr auto fields(Of<routing::ZoneChange>) {
  using T = routing::ZoneChange;
  return std::tuple{field("from", &T::from), field("offset_ms", &T::offset_ms)};
}
constexpr auto fields(Of<routing::OpenSpan>) {
  using T = routing::OpenSpan;
  return std::tuple{field("day", &T::day), field("from_minute", &T::from_minute), field("to_minute", &T::to_minute)};
}
constexpr auto fields(Of<routing::OpeningHours>) {
  using T = routing::OpeningHours;
  return std::tuple{field("zone", &T::zone), field("week", &T::week), field("holidays", &T::holidays)};
}
constexpr auto fields(Of<routing::RelaxStep>) {
  using T = routing::RelaxStep;
  return std::tuple{field("after_ms", &T::after_ms), field("to", &T::to)};
}
constexpr auto fields(Of<routing::Queue>) {
  using T = routing::Queue;
  return std::tuple{field("id", &T::id), field("priority", &T::priority), field("needs", &T::needs), field("relax", &T::relax),
                    field("strategy", &T::strategy), field("age_every_ms", &T::age_every_ms), field("target_ms", &T::target_ms),
                    field("target_thousandths", &T::target_thousandths), field("hours", &T::hours),
                    field("accepts_when_closed", &T::accepts_when_closed), field("closed_to", &T::closed_to),
                    field("waiting_max", &T::waiting_max), field("offer_ms", &T::offer_ms),
                    field("acknowledge_ms", &T::acknowledge_ms), field("wrap_up_ms", &T::wrap_up_ms),
                    field("refusal_pause_ms", &T::refusal_pause_ms), field("not_responding_ms", &T::not_responding_ms),
                    field("affinity_ms", &T::affinity_ms), field("fair_load", &T::fair_load), field("directed_ms", &T::directed_ms),
                    field("unanswered_max", &T::unanswered_max), field("overflow_after_ms", &T::overflow_after_ms),
                    field("overflow_to", &T::overflow_to), field("transfer_keeps_entry", &T::transfer_keeps_entry),
                    field("callback_retry_ms", &T::callback_retry_ms), field("callback_attempts_max", &T::callback_attempts_max)};
}
constexpr auto fields(Of<routing::AgentProfile>) {
  using T = routing::AgentProfile;
  return std::tuple{field("id", &T::id), field("skills", &T::skills), field("capacity", &T::capacity),
                    field("mixes_channels", &T::mixes_channels)};
}
constexpr auto fields(Of<routing::Wait>) {
  using T = routing::Wait;
  return std::tuple{field("queue", &T::queue), field("effective_entry", &T::effective_entry), field("needs", &T::needs),
                    field("needs_only", &T::needs_only), field("directed", &T::directed), field("reserved_for", &T::reserved_for),
                    field("reserved_until", &T::reserved_until)};
}
constexpr auto fields(Of<routing::Slot>) {
  using T = routing::Slot;
  return std::tuple{field("contact", &T::contact), field("channel", &T::channel), field("state", &T::state), field("until", &T::until),
                    field("consulting", &T::consulting)};
}
constexpr auto fields(Of<routing::Agent>) {
  using T = routing::Agent;
  return std::tuple{field("id", &T::id), field("capacity", &T::capacity), field("mixes_channels", &T::mixes_channels),
                    field("levels", &T::levels), field("presence", &T::presence), field("reason", &T::reason),
                    field("resumes", &T::resumes), field("idle_since", &T::idle_since), field("slots", &T::slots),
                    field("reserved", &T::reserved)};
}
/// All but its rules and its place in the index.
constexpr auto fields(Of<routing::Contact>) {
  using T = routing::Contact;
  return std::tuple{field("id", &T::id), field("channel", &T::channel), field("state", &T::state), field("boost", &T::boost),
                    field("callback", &T::callback), field("handover", &T::handover), field("needs_only", &T::needs_only),
                    field("directed", &T::directed), field("step", &T::step), field("unanswered", &T::unanswered),
                    field("overflows", &T::overflows), field("attempts", &T::attempts), field("effective_entry", &T::effective_entry),
                    field("queued_at", &T::queued_at), field("until", &T::until), field("agent", &T::agent),
                    field("handed_by", &T::handed_by), field("reserved_for", &T::reserved_for),
                    field("reserved_until", &T::reserved_until), field("consult", &T::consult), field("about", &T::about),
                    field("own", &T::own), field("needs", &T::needs)};
}
constexpr auto fields(Of<routing::AnswersRing>) {
  using T = routing::AnswersRing;
  return std::tuple{field("moments", &T::moments), field("answered", &T::answered)};
}

constexpr auto fields(Of<routing::QueueSet>) { return std::tuple{field("queue", &routing::QueueSet::queue)}; }
constexpr auto fields(Of<routing::AgentSet>) { return std::tuple{field("agent", &routing::AgentSet::agent)}; }
constexpr auto fields(Of<routing::PresenceSet>) {
  using T = routing::PresenceSet;
  return std::tuple{field("agent", &T::agent), field("presence", &T::presence), field("reason", &T::reason)};
}
constexpr auto fields(Of<routing::NotResponding>) {
  using T = routing::NotResponding;
  return std::tuple{field("agent", &T::agent), field("until", &T::until)};
}
constexpr auto fields(Of<routing::Resumed>) { return std::tuple{field("agent", &routing::Resumed::agent)}; }
constexpr auto fields(Of<routing::WrapUpEnded>) {
  using T = routing::WrapUpEnded;
  return std::tuple{field("agent", &T::agent), field("contact", &T::contact)};
}
constexpr auto fields(Of<routing::Entered>) {
  using T = routing::Entered;
  return std::tuple{field("contact", &T::contact), field("channel", &T::channel), field("boost", &T::boost), field("wait", &T::wait)};
}
constexpr auto fields(Of<routing::Relaxed>) { return std::tuple{field("contact", &routing::Relaxed::contact)}; }
constexpr auto fields(Of<routing::ReservationEnded>) { return std::tuple{field("contact", &routing::ReservationEnded::contact)}; }
constexpr auto fields(Of<routing::Offered>) {
  using T = routing::Offered;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("until", &T::until)};
}
constexpr auto fields(Of<routing::Answered>) {
  using T = routing::Answered;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("receiving", &T::receiving), field("until", &T::until)};
}
constexpr auto fields(Of<routing::Returned>) {
  using T = routing::Returned;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("why", &T::why)};
}
constexpr auto fields(Of<routing::Overflowed>) {
  using T = routing::Overflowed;
  return std::tuple{field("contact", &T::contact), field("to", &T::to), field("why", &T::why)};
}
constexpr auto fields(Of<routing::Left>) {
  using T = routing::Left;
  return std::tuple{field("contact", &T::contact), field("why", &T::why), field("agent", &T::agent), field("wrap_up_until", &T::wrap_up_until)};
}
constexpr auto fields(Of<routing::CallbackRequested>) {
  using T = routing::CallbackRequested;
  return std::tuple{field("contact", &T::contact), field("due", &T::due)};
}
constexpr auto fields(Of<routing::CustomerNotReached>) {
  using T = routing::CustomerNotReached;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("retry_at", &T::retry_at),
                    field("wrap_up_until", &T::wrap_up_until)};
}
constexpr auto fields(Of<routing::CallbackDue>) { return std::tuple{field("contact", &routing::CallbackDue::contact)}; }
constexpr auto fields(Of<routing::Transferred>) {
  using T = routing::Transferred;
  return std::tuple{field("contact", &T::contact), field("by", &T::by), field("wait", &T::wait), field("wrap_up_until", &T::wrap_up_until)};
}
constexpr auto fields(Of<routing::ConsultStarted>) {
  using T = routing::ConsultStarted;
  return std::tuple{field("contact", &T::contact), field("consult", &T::consult), field("by", &T::by), field("wait", &T::wait)};
}
constexpr auto fields(Of<routing::Acknowledged>) {
  using T = routing::Acknowledged;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent)};
}
constexpr auto fields(Of<routing::TransferDone>) {
  using T = routing::TransferDone;
  return std::tuple{field("contact", &T::contact), field("from", &T::from), field("to", &T::to), field("consult", &T::consult),
                    field("wrap_up_until", &T::wrap_up_until)};
}
constexpr auto fields(Of<routing::ReturnedToQueue>) {
  using T = routing::ReturnedToQueue;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("wrap_up_until", &T::wrap_up_until)};
}
constexpr auto fields(Of<routing::Assigned>) {
  using T = routing::Assigned;
  return std::tuple{field("contact", &T::contact), field("agent", &T::agent), field("queue", &T::queue), field("channel", &T::channel)};
}
constexpr auto fields(Of<routing::BoostSet>) {
  using T = routing::BoostSet;
  return std::tuple{field("contact", &T::contact), field("boost", &T::boost)};
}
constexpr auto fields(Of<routing::Moved>) {
  using T = routing::Moved;
  return std::tuple{field("contact", &T::contact), field("wait", &T::wait)};
}
constexpr auto fields(Of<routing::TakenOver>) {
  using T = routing::TakenOver;
  return std::tuple{field("contact", &T::contact), field("from", &T::from), field("to", &T::to), field("wrap_up_until", &T::wrap_up_until)};
}

/// The kinds of events, in the order of routing::Happening.
constexpr auto happening_names = std::to_array<std::string_view>(
    {"queue_set", "agent_set", "presence_set", "not_responding", "resumed", "wrap_up_ended", "entered", "relaxed",
     "reservation_ended", "offered", "answered", "returned", "overflowed", "left", "callback_requested",
     "customer_not_reached", "callback_due", "transferred", "consult_started", "acknowledged", "transfer_done",
     "returned_to_queue", "assigned", "boost_set", "moved", "taken_over"});
static_assert(happening_names.size() == std::variant_size_v<routing::Happening>);

}  // namespace rapport::centre::floor_fields

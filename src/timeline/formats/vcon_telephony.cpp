#include "timeline/formats/vcon_telephony.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;
using domain::Event;
using domain::EventKind;
using domain::Role;

class Telephony {
 public:
  Telephony(VconDialog const& dialog, std::vector<VconParty> const& parties, base::Instant origin)
      : dialog_(dialog), parties_(parties), origin_(origin), start_(from_origin(dialog.start)) {}

  std::vector<Event> read() {
    if (dialog_.type == "incomplete") read_incomplete();
    if (dialog_.type == "transfer") read_transfer();
    for (VconPartyEvent const& entry : dialog_.history) read_entry(entry);
    for (std::size_t const open : open_) {
      if (open != none) events_[open].end_ms.reset();
    }
    return std::move(events_);
  }

 private:
  static constexpr std::size_t none = SIZE_MAX;
  enum Span : std::size_t { held,
                            muted,
                            span_count };

  Millis from_origin(std::optional<base::Instant> instant) const {
    return instant ? std::clamp<Millis>(*instant - origin_, 0, limits::interaction_span_max) : 0;
  }

  Event& add(EventKind kind, Millis at_ms, std::size_t party) {
    Event& event = events_.emplace_back();
    event.kind = kind;
    event.at_ms = at_ms;
    if (party < parties_.size()) {
      event.participant = static_cast<domain::ParticipantIndex>(party);
      event.by = parties_[party].role;
    }
    return event;
  }

  void read_incomplete() {
    Event& ended = add(EventKind::ended, start_ + dialog_.duration.value_or(0), no_party);
    if (!dialog_.disposition.empty()) ended.attributes.push_back({{}, "reason", domain::Value::of_text(dialog_.disposition)});
  }

  void read_transfer() {
    Event& transfer = add(EventKind::transfer, start_, dialog_.transferor);
    if (dialog_.transfer_target < parties_.size()) {
      transfer.attributes.push_back({{}, "to", domain::Value::of_text(parties_[dialog_.transfer_target].participant.id)});
    }
    transfer.attributes.push_back({{}, "mode", domain::Value::of_text(dialog_.consulted ? "warm" : "cold")});
  }

  void read_entry(VconPartyEvent const& entry) {
    if (!entry.time) return;
    Millis const at_ms = from_origin(entry.time);
    bool const agent = entry.party < parties_.size() && parties_[entry.party].role == Role::agent;
    if (entry.event == "join") add(agent && !answered_ ? EventKind::answered : EventKind::leg_started, at_ms, entry.party);
    answered_ = answered_ || (agent && entry.event == "join");
    if (entry.event == "drop") add(EventKind::leg_ended, at_ms, entry.party);
    if (entry.event == "hold") open(held, EventKind::hold, at_ms, no_party);
    if (entry.event == "unhold") close(held, at_ms);
    if (entry.event == "mute") open(muted, EventKind::mute, at_ms, entry.party);
    if (entry.event == "unmute") close(muted, at_ms);
  }

  void open(Span span, EventKind kind, Millis at_ms, std::size_t party) {
    if (open_[span] != none) return;  // both sides of one hold
    add(kind, at_ms, party);
    open_[span] = events_.size() - 1;
  }

  void close(Span span, Millis at_ms) {
    if (open_[span] == none) return;
    Event& event = events_[open_[span]];
    event.end_ms = std::max(at_ms, event.at_ms);
    open_[span] = none;
  }

  VconDialog const& dialog_;
  std::vector<VconParty> const& parties_;
  base::Instant origin_;
  Millis start_;
  std::vector<Event> events_;
  std::array<std::size_t, span_count> open_{none, none};
  bool answered_ = false;
};

}  // namespace

std::vector<Event> telephony_of(VconDialog const& dialog, std::vector<VconParty> const& parties, base::Instant origin) {
  return Telephony{dialog, parties, origin}.read();
}

}  // namespace rapport::timeline::formats

#include <algorithm>

#include "unit/evaluation/oracle.hpp"

namespace rapport::evaluation::testing {

using domain::EventKind;
using domain::Role;
using signals::Occurrence;
using signals::SignalId;

Layout::Layout(Scene const& scene) : scene_(scene) {
  lay_events();
  lay_firings();
}

void Layout::lay_events() {
  Happening last;
  std::optional<Role> turn_of;
  domain::ParticipantIndex last_speaker = domain::nobody;
  domain::ParticipantIndex agent = domain::nobody;
  for (SceneEvent const& event : scene_.events) {
    Happening next = last;
    next.entry = event.entry;
    next.point = {event.entry.at_ms, event.entry.event, 1, 0};
    next.new_turn.reset();
    next.agent_before = agent;
    agent = event.entry.current_agent;
    next.speech_before = last.speech;
    next.speech = event.entry.speech_ms;
    timeline::Step const& step = event.entry.step;
    if (step.words && !step.backchannel) {
      bool const agent_speaks = step.role == Role::agent;
      bool const colleague = agent_speaks && turn_of == Role::agent && last_speaker != event.entry.participant;
      if (agent_speaks) last_speaker = event.entry.participant;
      if (step.turn_started || colleague) {
        next.new_turn = turn_of = step.role;
        ++next.turn;
        if (step.role == Role::agent) ++next.agent_turns;
        if (step.role == Role::customer) ++next.customer_turns;
      }
    }
    if (event.told) next.vip = next.vip || event.told->find("vip") != nullptr;
    events_.push_back(next);
    last = next;
  }
}

void Layout::lay_firings() {
  auto const add = [&](Occurrence const& occurrence, std::int64_t event, bool of_event) {
    Fired fired;
    fired.occurrence = occurrence;
    fired.point = {occurrence.at_ms, event, 2, occurrence.position};
    if (Happening const* now = before(fired.point)) {
      fired.agent_turns = now->agent_turns;
      fired.customer_turns = now->customer_turns;
      fired.turn = now->turn;
      fired.speech = now->speech;
      fired.speech_before = of_event ? now->speech_before : now->speech;
    }
    firings_.push_back(fired);
  };
  for (SceneEvent const& event : scene_.events) {
    for (Occurrence const& occurrence : event.timed_before) add(occurrence, occurrence.event, false);
    for (Occurrence const& occurrence : event.fired) {
      add(occurrence, occurrence.event, occurrence.at_ms == event.entry.at_ms);
    }
  }
  for (Scene::Firing const& firing : scene_.last) {
    Occurrence occurrence;
    occurrence.signal = firing.signal;
    occurrence.position = firing.position;
    occurrence.item = firing.item;
    occurrence.value = firing.value;
    occurrence.due_ms = firing.due_ms;
    occurrence.confidence = firing.confidence;
    occurrence.sentence = firing.sentence;
    occurrence.event = static_cast<std::uint32_t>(scene_.events.size());
    occurrence.at_ms = occurrence.end_ms = scene_.end_ms;
    add(occurrence, occurrence.event, false);
  }
  std::ranges::stable_sort(firings_, {}, &Fired::point);
}

Layout::Happening const* Layout::before(Point point) const {
  Happening const* found = nullptr;
  for (Happening const& event : events_) {
    if (event.point < point) found = &event;
  }
  return found;
}

Layout::Happening const* Layout::beginning() const {
  for (Happening const& event : events_) {
    EventKind const kind = event.entry.kind;
    if (kind != EventKind::context && kind != EventKind::fact_known && kind != EventKind::offered) return &event;
  }
  return nullptr;
}

/// Conditions of scopes that open before the beginning are decided at the beginning; all others
/// with their whole event.
Point Layout::condition_point(Point point) const {
  Happening const* first = beginning();
  if (first == nullptr) return Point::end();
  Point const begins{first->point.at, first->point.event, 3, 0};
  return std::max(begins, Point{point.at, point.event, 3, 0});
}

bool Layout::vip_at(Point point) const {
  Happening const* last = before(condition_point(point));
  return last != nullptr && last->vip;
}

bool Layout::seen_at(SignalId signal, Point point) const {
  Point const until = condition_point(point);
  return std::ranges::any_of(firings_, [&](Fired const& fired) {
    return fired.occurrence.signal == signal && fired.point <= until;
  });
}

domain::ParticipantIndex Layout::agent_at(Point point) const {
  Happening const* last = before(point);
  return last == nullptr ? domain::nobody : last->entry.current_agent;
}

bool Layout::unreadable(SignalId signal, std::int64_t event, Point until) const {
  MadeUpFacts const& facts = *scene_.facts;
  if (!facts.needs(signal).has(domain::Source::words)) return false;
  return std::ranges::any_of(events_, [&](Happening const& said) {
    Point const noted{said.point.at, said.point.event, 1, 1};
    if (!said.entry.step.words || said.point.event < event || noted >= until) return false;
    bool const speaker = (facts.speakers(signal) >> static_cast<unsigned>(said.entry.step.role) & 1U) != 0;
    return speaker && (said.entry.unreadable || !facts.readable_in(signal, said.entry.language));
  });
}

bool Layout::agent_took_part() const {
  return std::ranges::any_of(events_, [](Happening const& event) {
    return event.entry.current_agent != domain::nobody || event.agent_turns > 0;
  });
}

}  // namespace rapport::evaluation::testing

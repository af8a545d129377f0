#include "unit/evaluation/scene.hpp"

#include <algorithm>
#include <sstream>

namespace rapport::evaluation::testing {

using base::Millis;
using domain::EventKind;
using domain::ParticipantIndex;
using domain::Role;
using signals::Occurrence;

namespace {

Occurrence occurrence_of(Scene::Firing const& firing, SceneEvent const& event, Millis until_ms) {
  Occurrence occurrence;
  occurrence.signal = firing.signal;
  occurrence.by = event.entry.step.role;
  occurrence.participant = event.entry.participant;
  occurrence.event = event.entry.event;
  occurrence.position = firing.position;
  occurrence.at_ms = event.entry.at_ms;
  occurrence.end_ms = until_ms;
  occurrence.item = firing.item;
  occurrence.value = firing.value;
  occurrence.due_ms = firing.due_ms;
  occurrence.confidence = firing.confidence;
  occurrence.sentence = firing.sentence;
  return occurrence;
}

}  // namespace

Scene::Scene() : facts(std::make_shared<MadeUpFacts>()) {
  head.id = "scene";
  head.started_at = {1'772'442'900'000};
  head.participants.resize(3);
  head.participants[dana].id = "dana";
  head.participants[dana].role = Role::agent;
  head.participants[pat].id = "pat";
  head.participants[erin].id = "erin";
  head.participants[erin].role = Role::agent;
}

signals::SignalId Scene::signal(unsigned speakers, domain::SourceSet needs) {
  facts->facts.push_back({needs, speakers, true});
  return static_cast<signals::SignalId>(facts->facts.size() - 1);
}

playbook::Practice& Scene::practice(playbook::Pattern pattern) {
  playbook::Practice& practice = playbook.practices.emplace_back();
  practice.id = "practice." + std::to_string(playbook.practices.size());
  practice.patterns.push_back(std::move(pattern));
  return practice;
}

SceneEvent& Scene::agent(Millis at_ms, Millis until_ms, std::vector<Firing> firings) {
  return words(Role::agent, dana, at_ms, until_ms, firings, false);
}

SceneEvent& Scene::other_agent(Millis at_ms, Millis until_ms, std::vector<Firing> firings) {
  return words(Role::agent, erin, at_ms, until_ms, firings, false);
}

SceneEvent& Scene::customer(Millis at_ms, Millis until_ms, std::vector<Firing> firings) {
  return words(Role::customer, pat, at_ms, until_ms, firings, false);
}

SceneEvent& Scene::backchannel(Role role, Millis at_ms, Millis until_ms, std::vector<Firing> firings) {
  return words(role, role == Role::agent ? dana : pat, at_ms, until_ms, firings, true);
}

SceneEvent& Scene::happens(EventKind kind, Millis at_ms, std::vector<Firing> firings) {
  SceneEvent event;
  event.entry.kind = kind;
  event.entry.at_ms = at_ms;
  return add(std::move(event), firings, at_ms);
}

SceneEvent& Scene::answered(ParticipantIndex agent, Millis at_ms, std::vector<Firing> firings) {
  current_agent_ = agent;
  return happens(EventKind::answered, at_ms, std::move(firings));
}

void Scene::at_end(Firing firing) { last.push_back(firing); }

SceneEvent& Scene::words(Role role, ParticipantIndex who, Millis at_ms, Millis until_ms,
                         std::vector<Firing> const& firings, bool backchannel) {
  SceneEvent event;
  event.entry.kind = EventKind::utterance;
  event.entry.at_ms = at_ms;
  event.entry.participant = who;
  event.entry.step.words = true;
  event.entry.step.role = role;
  event.entry.step.backchannel = backchannel && turn_of_ && turn_of_ != role;
  if (!event.entry.step.backchannel) {
    event.entry.step.turn_started = turn_of_ != role;
    turn_of_ = role;
  }
  speech_ms_ += until_ms - at_ms;
  if (role == Role::agent) current_agent_ = who;
  return add(std::move(event), firings, until_ms);
}

SceneEvent& Scene::add(SceneEvent event, std::vector<Firing> const& firings, Millis until_ms) {
  event.entry.event = next_event();
  event.entry.speech_ms = speech_ms_;
  event.entry.current_agent = current_agent_;
  for (Firing const& firing : firings) event.fired.push_back(occurrence_of(firing, event, until_ms));
  end_ms = std::max(end_ms, until_ms);
  events.push_back(std::move(event));
  return events.back();
}

Millis Scene::end() const { return end_ms; }

void Scene::feed(Obligations& obligations, SceneEvent const& event) const {
  obligations.take_timed(event.timed_before);
  Entry entry = event.entry;
  if (event.told) entry.told = &*event.told;
  entry.occurrences = event.fired;
  obligations.take(entry);
}

std::vector<Occurrence> Scene::last_firings() const {
  SceneEvent end;
  end.entry.at_ms = end_ms;
  end.entry.event = next_event();
  std::vector<Occurrence> fired;
  for (Firing const& firing : last) fired.push_back(occurrence_of(firing, end, end_ms));
  return fired;
}

Ledger Scene::play() const {
  Plan const plan(playbook, facts);
  Obligations obligations(plan, head, false);
  for (SceneEvent const& event : events) feed(obligations, event);
  obligations.finish(end_ms, last_firings());
  return obligations.ledger(head.observed.value_or(observed));
}

Ledger Scene::play_by_copies() const {
  Plan const plan(playbook, facts);
  Obligations obligations(plan, head, true);
  for (SceneEvent const& event : events) {
    Obligations copy(obligations);
    feed(obligations, event);
    obligations.finish(end_ms, {});  // whatever becomes of the original must not touch its copy
    feed(copy, event);
    obligations = copy;
  }
  obligations.finish(end_ms, last_firings());
  return obligations.ledger(head.observed.value_or(observed));
}

std::vector<Change> Scene::watch() const {
  Plan const plan(playbook, facts);
  Obligations obligations(plan, head, true);
  std::vector<Change> changes;
  for (SceneEvent const& event : events) {
    feed(obligations, event);
    std::ranges::move(obligations.drain_changes(), std::back_inserter(changes));
  }
  obligations.finish(end_ms, last_firings());
  std::ranges::move(obligations.drain_changes(), std::back_inserter(changes));
  return changes;
}

std::vector<Occasion> occasions_of(Ledger const& ledger, std::uint16_t practice) {
  std::vector<Occasion> found;
  std::ranges::copy_if(ledger.occasions, std::back_inserter(found),
                       [&](Occasion const& occasion) { return occasion.practice == practice; });
  return found;
}

std::string describe(Occasion const& occasion) {
  constexpr char const* states[] = {"open", "met", "missed", "voided", "unassessed"};
  std::ostringstream out;
  out << "p" << occasion.practice << '/' << occasion.pattern << ' ' << states[static_cast<int>(occasion.state)]
      << " opened " << occasion.opened_ms << " decided " << occasion.decided_ms << " why "
      << static_cast<int>(occasion.why) << " who " << occasion.responsible << " times " << occasion.times << " conf "
      << occasion.confidence;
  if (occasion.due_ms) out << " due " << *occasion.due_ms;
  if (occasion.opened_by) out << " by e" << occasion.opened_by->event << '@' << occasion.opened_by->at_ms;
  for (Evidence const& evidence : occasion.evidence) out << " ev e" << evidence.event << '@' << evidence.at_ms;
  return out.str();
}

std::string describe(Ledger const& ledger) {
  std::ostringstream out;
  for (PracticeResult const& result : ledger.practices) {
    out << name(result.verdict) << " why " << static_cast<int>(result.why) << ' ' << result.met << '/' << result.occasions << '\n';
  }
  for (Occasion const& occasion : ledger.occasions) out << "  " << describe(occasion) << '\n';
  return out.str();
}

std::string describe(Scene const& scene) {
  std::ostringstream out;
  auto const fired = [&](Occurrence const& o) {
    out << " s" << o.signal << "@" << o.at_ms << ".." << o.end_ms << "#" << o.position << " i" << o.item;
  };
  for (SceneEvent const& event : scene.events) {
    for (Occurrence const& o : event.timed_before) {
      out << "  timed";
      fired(o);
      out << '\n';
    }
    Entry const& e = event.entry;
    out << "  e" << e.event << " @" << e.at_ms << ' ' << name(e.kind);
    if (e.step.words) out << ' ' << name(e.step.role) << (e.step.turn_started ? " turn" : "") << (e.step.backchannel ? " bc" : "");
    out << " who " << e.participant << " agent " << e.current_agent << " speech " << e.speech_ms;
    if (e.unreadable) out << " unreadable";
    if (e.language != "en") out << ' ' << e.language;
    for (Occurrence const& o : event.fired) fired(o);
    out << '\n';
  }
  for (auto const& f : scene.last) out << "  last s" << f.signal << '\n';
  out << "  end " << scene.end_ms << '\n';
  for (auto const& practice : scene.playbook.practices) {
    for (auto const& p : practice.patterns) {
      out << "  pattern kind " << static_cast<int>(p.kind) << " scope " << static_cast<int>(p.scope.kind) << " o"
          << p.scope.opens << " c" << p.scope.closes << " T" << p.trigger << " S" << p.signal << " reach "
          << static_cast<int>(p.reach) << " n " << p.count << " band " << p.low << ".." << p.high
          << (p.same_item ? " same" : "") << (p.first_only ? " first" : "") << " transfer " << static_cast<int>(practice.on_transfer);
      if (p.bound.time_ms) out << " t" << *p.bound.time_ms;
      if (p.bound.agent_turns) out << " at" << *p.bound.agent_turns;
      if (p.bound.customer_turns) out << " ct" << *p.bound.customer_turns;
      if (p.bound.speech_ms) out << " sp" << *p.bound.speech_ms;
      if (p.bound.due_of_trigger) out << " due";
      for (auto const v : p.void_if) out << " void" << v;
      for (auto const& c : p.when) out << " when " << static_cast<int>(c.subject) << '/' << c.signal << (c.negated ? " not" : "");
      out << '\n';
    }
  }
  return out.str();
}

}  // namespace rapport::evaluation::testing

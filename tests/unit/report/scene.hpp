#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"
#include "timeline/timeline.hpp"

/// A small playbook, conversation and ledger for the report's tests, made by hand.
namespace rapport::report::scene {

inline playbook::Practice practice(std::string id, std::string say, playbook::PatternKind kind, bool critical = false) {
  playbook::Practice made;
  made.id = std::move(id);
  made.say = std::move(say);
  made.critical = critical;
  made.file = "practices/01-opening.yaml";
  made.patterns.resize(1);
  made.patterns[0].kind = kind;
  return made;
}

inline playbook::Playbook playbook() {
  playbook::Playbook made;
  made.name = "small";
  made.version = "1";
  made.practices.push_back(practice("opening.greet", "Greet the customer", playbook::PatternKind::must));
  made.practices.push_back(practice("empathy.no-blame", "Blame nobody", playbook::PatternKind::never, true));
  made.practices.push_back(practice("hold.short", "Keep holds short", playbook::PatternKind::must));
  made.practices[2].file = "practices/05-hold-and-silence.yaml";
  return made;
}

inline domain::Event words(domain::Role by, base::Millis at, base::Millis end, std::string text) {
  domain::Event event;
  event.kind = domain::EventKind::utterance;
  event.by = by;
  event.at_ms = at;
  event.end_ms = end;
  event.text = std::move(text);
  return event;
}

inline domain::Participant participant(std::string id, domain::Role role, std::string name, std::string person = {}) {
  domain::Participant made;
  made.id = std::move(id);
  made.role = role;
  made.name = std::move(name);
  made.person = std::move(person);
  return made;
}

inline domain::Interaction head(std::string id = "i-1", std::string agent = "Dana", std::string customer = "Pat") {
  domain::Interaction made;
  made.id = std::move(id);
  made.participants.push_back(participant("a", domain::Role::agent, std::move(agent), "a-1"));
  made.participants.push_back(participant("c", domain::Role::customer, std::move(customer)));
  return made;
}

inline timeline::Timeline timeline(domain::Interaction head, std::vector<domain::Event> events) {
  auto built = timeline::Timeline::build(std::move(head), std::move(events));
  RAPPORT_ASSERT(static_cast<bool>(built));
  return std::move(*built);
}

/// The agent greets (met) and, in the third event, blames (missed, critical); holds never arose.
inline timeline::Timeline conversation(std::string greeting = "hello there", std::string blame = "that was your own mistake") {
  return timeline(head(), {words(domain::Role::agent, 0, 1'000, std::move(greeting)),
                           words(domain::Role::customer, 1'500, 3'000, "my card does not work"),
                           words(domain::Role::agent, 3'200, 5'000, std::move(blame))});
}

inline evaluation::Occasion occasion(std::uint16_t practice, evaluation::OccasionState state, std::uint32_t event,
                                     signals::TextRange range, base::Millis at) {
  evaluation::Occasion made;
  made.practice = practice;
  made.state = state;
  made.decided_ms = at;
  made.responsible = 0;
  made.times = 1;
  made.evidence.push_back({event, range, at, at + 500, domain::Role::agent, 0});
  return made;
}

inline evaluation::PracticeResult result(evaluation::Verdict verdict, evaluation::Why why, std::int32_t occasions, std::int32_t met) {
  evaluation::PracticeResult made;
  made.verdict = verdict;
  made.why = why;
  made.occasions = occasions;
  made.met = met;
  made.weight = 1;
  return made;
}

inline evaluation::Ledger ledger() {
  using evaluation::OccasionState;
  using evaluation::Verdict;
  using evaluation::Why;
  evaluation::Ledger made;
  made.practices.push_back(result(Verdict::met, Why::none, 1, 1));
  made.practices.push_back(result(Verdict::missed, Why::none, 1, 0));
  made.practices.push_back(result(Verdict::not_applicable, Why::no_occasion, 0, 0));
  made.occasions.push_back(occasion(0, OccasionState::met, 0, {0, 5}, 0));
  made.occasions.push_back(occasion(1, OccasionState::missed, 2, {9, 25}, 3'200));
  made.score = 50'000;
  made.assessed_share = 1'000;
  return made;
}

}  // namespace rapport::report::scene

#include "unit/evaluation/scorecard_scene.hpp"

#include "base/assert.hpp"

namespace rapport::evaluation::testing {

using domain::Role;

Card::Card() {
  head.id = "call-1";
  head.started_at = {1'772'442'900'000};
  head.participants.resize(2);
  head.participants[0].id = "dana";
  head.participants[0].role = Role::agent;
  head.participants[1].id = "pat";
  playbook.name = "small";
  playbook.version = "2.0.1";
  playbook.hash = "abc123";
}

std::uint16_t Card::practice(std::string id, std::string say, Verdict verdict, Why why, std::string file) {
  playbook::Practice practice;
  practice.id = std::move(id);
  practice.say = std::move(say);
  practice.file = std::move(file);
  playbook.practices.push_back(std::move(practice));
  PracticeResult result;
  result.verdict = verdict;
  result.why = why;
  result.weight = 1;
  ledger.practices.push_back(result);
  return static_cast<std::uint16_t>(ledger.practices.size() - 1);
}

std::uint32_t Card::said(Role by, base::Millis second, std::string text, std::string id) {
  domain::Event event;
  event.kind = domain::EventKind::utterance;
  event.by = by;
  event.at_ms = second * base::second;
  event.end_ms = event.at_ms + base::second;
  event.text = std::move(text);
  event.id = std::move(id);
  events.push_back(std::move(event));
  return static_cast<std::uint32_t>(events.size() - 1);
}

Occasion& Card::occasion(OccasionState state, std::uint32_t event, signals::TextRange range) {
  domain::Event const& where = events[event];
  PracticeResult& result = ledger.practices.back();
  result.occasions += state == OccasionState::met || state == OccasionState::missed ? 1 : 0;
  result.met += state == OccasionState::met ? 1 : 0;
  Occasion& occasion = ledger.occasions.emplace_back();
  occasion.practice = static_cast<std::uint16_t>(ledger.practices.size() - 1);
  occasion.state = state;
  occasion.evidence.push_back({event, range, where.at_ms, where.end(), *where.by, *where.by == Role::agent ? domain::ParticipantIndex{0} : domain::ParticipantIndex{1}});
  return occasion;
}

timeline::Timeline Card::timeline() const {
  auto built = timeline::Timeline::build(head, events);
  RAPPORT_ASSERT(static_cast<bool>(built));
  return std::move(*built);
}

}  // namespace rapport::evaluation::testing

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "report/embed_json.hpp"
#include "report/parts.hpp"
#include "timeline/formats/json_write.hpp"

namespace rapport::report {
namespace {

using domain::ParticipantIndex;
using domain::Role;
using evaluation::Evidence;
using evaluation::Ledger;
using evaluation::Occasion;
using evaluation::OccasionState;
using evaluation::Verdict;
using playbook::Playbook;
using timeline::Timeline;
using timeline::formats::append_json_list;
using timeline::formats::append_json_text;
using timeline::formats::ObjectWriter;

constexpr std::size_t quotes_per_interaction = 2;
constexpr std::size_t quote_characters = 160;

char letter_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::met:
      return 'm';
    case Verdict::missed:
      return 'x';
    case Verdict::not_applicable:
      return 'n';
    case Verdict::not_assessed:
      return 'u';
  }
  return 'u';
}

/// The agents who did anything, in the head's order; if none did, all that the head names.
std::vector<ParticipantIndex> agents_of(Timeline const& timeline) {
  std::vector<domain::Participant> const& people = timeline.head().participants;
  std::vector<bool> active(people.size(), false);
  for (domain::Event const& event : timeline.events()) {
    if (event.participant < people.size()) active[event.participant] = true;
  }
  std::vector<ParticipantIndex> named;
  std::vector<ParticipantIndex> acting;
  for (std::size_t index = 0; index < people.size(); ++index) {
    if (people[index].role != Role::agent) continue;
    named.push_back(static_cast<ParticipantIndex>(index));
    if (active[index]) acting.push_back(static_cast<ParticipantIndex>(index));
  }
  return acting.empty() ? named : acting;
}

std::string_view key_of(domain::Participant const& agent) {
  if (!agent.person.empty()) return agent.person;
  return agent.name.empty() ? agent.id : agent.name;
}

/// For each practice whose verdict it is: of the agent responsible for the first occasion missed,
/// else for the first.
std::vector<std::size_t> owners(Ledger const& ledger, std::vector<ParticipantIndex> const& agents) {
  std::vector<Occasion const*> telling(ledger.practices.size(), nullptr);
  for (Occasion const& occasion : ledger.occasions) {
    Occasion const*& held = telling[occasion.practice];
    bool const first_miss = occasion.state == OccasionState::missed && (held == nullptr || held->state != OccasionState::missed);
    if (held == nullptr || first_miss) held = &occasion;
  }
  std::vector<std::size_t> positions;
  for (Occasion const* occasion : telling) {
    auto const found = occasion == nullptr ? agents.begin() : std::ranges::find(agents, occasion->responsible);
    positions.push_back(found == agents.end() ? 0 : static_cast<std::size_t>(found - agents.begin()));
  }
  return positions;
}

/// Quotes whole words around the evidence: the utterance, shortened.
void write_quotes(std::string& out, std::vector<Quote> const& quotes, Timeline const& timeline) {
  append_json_list(out, quotes, [&](Quote const& quote) {
    Evidence const& evidence = quote.evidence;
    out += fmt::format("[{},{},{},", quote.practice, evidence.at_ms, static_cast<int>(evidence.by));
    append_json_text(out, shortened(timeline.events()[evidence.event].text, quote_characters));
    out += quote.absent ? ",1]" : ",0]";
  });
}

}  // namespace

std::string label_of(domain::Participant const& participant) {
  if (!participant.name.empty()) return participant.name;
  return participant.person.empty() ? participant.id : participant.person;
}

std::vector<Quote> choose_quotes(Playbook const& playbook, Timeline const& timeline, Ledger const& ledger,
                                 OccasionState state, std::size_t count) {
  std::vector<Quote> quotes;
  Verdict const verdict = state == OccasionState::missed ? Verdict::missed : Verdict::met;
  for (Occasion const& occasion : ledger.occasions) {
    evaluation::PracticeResult const& result = ledger.practices[occasion.practice];
    if (occasion.state != state || result.verdict != verdict || result.weight == 0) continue;
    bool const absent = occasion.evidence.empty();
    if (absent && !occasion.opened_by) continue;
    Evidence const& evidence = absent ? *occasion.opened_by : occasion.evidence.front();
    if (evidence.range.empty() || evidence.event >= timeline.events().size()) continue;
    quotes.push_back({occasion.practice, evidence, absent, occasion.confidence});
  }
  auto const rank = [&](Quote const& quote) {
    return std::tuple(!playbook.practices[quote.practice].critical, -ledger.practices[quote.practice].weight, -quote.confidence);
  };
  std::ranges::stable_sort(quotes, {}, rank);
  if (quotes.size() > count) quotes.resize(count);
  return quotes;
}

std::string summary_json(Playbook const& playbook, Timeline const& timeline, Ledger const& ledger) {
  domain::Interaction const& head = timeline.head();
  std::vector<ParticipantIndex> const agents = agents_of(timeline);
  std::string out;
  ObjectWriter object{out};
  object.text("id", head.id);
  object.text("channel", domain::name(head.channel));
  if (head.has_date()) object.whole("at", head.started_at.since_epoch);
  append_json_list(object.name("agents"), agents, [&](ParticipantIndex agent) {
    out += '[';
    append_json_text(out, key_of(head.participants[agent]));
    out += ',';
    append_json_text(out, label_of(head.participants[agent]));
    out += ']';
  });
  ParticipantIndex const customer = head.first_of(Role::customer);
  object.text("customer", customer == domain::nobody ? std::string_view{} : std::string_view{head.participants[customer].name});
  object.whole("ms", timeline.end_ms());
  if (ledger.score) {
    object.whole("score", *ledger.score);
  } else {
    object.name("score") += "null";
  }
  object.whole("share", ledger.assessed_share);
  std::string letters;
  for (evaluation::PracticeResult const& result : ledger.practices) letters += letter_of(result.verdict);
  object.text("v", letters);
  if (agents.size() > 1) {
    append_json_list(object.name("by"), owners(ledger, agents), [&](std::size_t position) { out += std::to_string(position); });
  }
  write_quotes(object.name("worst"), choose_quotes(playbook, timeline, ledger, OccasionState::missed, quotes_per_interaction), timeline);
  write_quotes(object.name("best"), choose_quotes(playbook, timeline, ledger, OccasionState::met, quotes_per_interaction), timeline);
  object.close();
  return out;
}

}  // namespace rapport::report

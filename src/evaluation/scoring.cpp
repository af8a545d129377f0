#include "evaluation/scoring.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/limits.hpp"

namespace rapport::evaluation {
namespace {

__extension__ using Wide = __int128;  // sums of weights times fractions

/// numerator / denominator, half rounded up. REQUIRES: 0 <= numerator, 0 < denominator.
Wide rounded(Wide numerator, Wide denominator) { return (2 * numerator + denominator) / (2 * denominator); }

std::int32_t weight_of(playbook::Practice const& practice, domain::Channel channel) {
  auto const found = practice.channel_weight.find(channel);
  return found == practice.channel_weight.end() ? practice.weight : found->second;
}

/// What was found of one practice.
struct Tally {
  std::int32_t met = 0;
  std::int32_t missed = 0;
  std::int32_t met_confidence = 1'000;
  std::int32_t missed_confidence = 0;
  Why unknown = Why::none;  ///< the first reason in the order of Why
  domain::SourceSet missing;
  std::optional<base::Millis> due_ms;
  std::size_t evidence = 0;

  void cannot_tell(Why why, domain::SourceSet sources) {
    if (unknown == Why::none || why < unknown) unknown = why;
    missing.add(sources);
  }

  void take(Occasion const& occasion) {
    switch (occasion.state) {
      case OccasionState::met:
        ++met;
        met_confidence = std::min(met_confidence, occasion.confidence);
        return;
      case OccasionState::missed:
        ++missed;
        missed_confidence = std::max(missed_confidence, occasion.confidence);
        return;
      case OccasionState::voided:
        return;
      case OccasionState::unassessed:
        return cannot_tell(occasion.why, occasion.missing);
      case OccasionState::open:
        cannot_tell(occasion.why, {});
        if (occasion.due_ms) due_ms = std::min(due_ms.value_or(*occasion.due_ms), *occasion.due_ms);
        return;
    }
  }
};

PracticeResult result_of(playbook::Practice const& practice, domain::Channel channel, AgentPart agent_part,
                         Tally const& tally) {
  PracticeResult result;
  if (!practice.on) {
    result.verdict = Verdict::not_assessed;
    result.why = Why::off;
    return result;
  }
  result.weight = weight_of(practice, channel);
  if (agent_part == AgentPart::none) {
    result.why = Why::no_agent;
    return result;
  }
  if (practice.patterns.empty()) {
    result.verdict = Verdict::not_assessed;
    result.why = Why::not_by_rule;
    return result;
  }
  if (agent_part == AgentPart::unknown) {
    result.verdict = Verdict::not_assessed;
    result.why = Why::source_unobserved;
    result.missing = agent_sources;
    return result;
  }
  result.met = tally.met;
  result.occasions = tally.met + tally.missed;
  if (tally.missed > 0) {
    result.verdict = Verdict::missed;
    result.confidence = tally.missed_confidence;
  } else if (tally.unknown != Why::none) {
    result.verdict = Verdict::not_assessed;
    result.why = tally.unknown;
    if (tally.unknown == Why::source_unobserved) result.missing = tally.missing;
    if (tally.unknown == Why::not_due_yet) result.due_ms = tally.due_ms;
  } else if (tally.met > 0) {
    result.verdict = Verdict::met;
    result.confidence = tally.met_confidence;
  } else {
    result.why = Why::no_occasion;
  }
  bool const decided = result.verdict == Verdict::met || result.verdict == Verdict::missed;
  if (decided && result.confidence < practice.sure) {
    result.verdict = Verdict::not_assessed;
    result.why = Why::unsure;
  }
  return result;
}

void add_scores(playbook::Playbook const& playbook, Ledger& ledger) {
  std::vector<Share> shares;
  std::int64_t assessed = 0;
  std::int64_t on = 0;
  for (std::size_t i = 0; i < ledger.practices.size(); ++i) {
    PracticeResult const& result = ledger.practices[i];
    if (!playbook.practices[i].on) continue;
    ++on;
    if (result.verdict != Verdict::not_assessed) ++assessed;
    if (result.verdict != Verdict::met && result.verdict != Verdict::missed) continue;
    shares.push_back({result.weight, result.met, result.occasions});
  }
  ledger.score = score_of(shares);
  if (on > 0) ledger.assessed_share = static_cast<std::int32_t>(rounded(assessed * 1'000, on));
}

}  // namespace

std::optional<std::int32_t> score_of(std::span<Share const> shares) {
  constexpr std::int64_t one = 1'000'000'000;
  Wide sum = 0;
  std::int64_t weights = 0;
  for (Share const& share : shares) {
    sum += share.weight * rounded(Wide{share.met} * one, share.occasions);
    weights += share.weight;
  }
  if (weights == 0) return std::nullopt;
  return static_cast<std::int32_t>(rounded(sum * 100'000, Wide{weights} * one));
}

Ledger make_ledger(playbook::Playbook const& playbook, domain::Channel channel, AgentPart agent_part,
                   std::vector<Occasion> occasions, std::vector<Mark> const& marks) {
  Ledger ledger;
  std::vector<Tally> tallies(playbook.practices.size());
  if (agent_part == AgentPart::took_part) {
    ledger.occasions = std::move(occasions);
    std::ranges::stable_sort(ledger.occasions, {}, [](Occasion const& o) { return std::tuple(o.practice, o.opened_ms); });
    for (Occasion& occasion : ledger.occasions) {
      Tally& tally = tallies[occasion.practice];
      tally.take(occasion);
      std::size_t const left = limits::evidence_per_practice_max - tally.evidence;
      if (occasion.evidence.size() > left) occasion.evidence.resize(left);
      tally.evidence += occasion.evidence.size();
    }
    for (Mark const& mark : marks) tallies[mark.practice].cannot_tell(mark.why, mark.missing);
  }
  ledger.practices.reserve(tallies.size());
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    ledger.practices.push_back(result_of(playbook.practices[i], channel, agent_part, tallies[i]));
  }
  add_scores(playbook, ledger);
  return ledger;
}

}  // namespace rapport::evaluation

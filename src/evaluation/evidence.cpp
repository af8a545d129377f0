#include <algorithm>
#include <tuple>

#include "base/limits.hpp"
#include "evaluation/scorecard.hpp"

namespace rapport::evaluation {

bool is_of_its_event(timeline::Timeline const& timeline, Evidence const& evidence) {
  if (evidence.event >= timeline.events().size()) return false;
  domain::Event const& event = timeline.events()[evidence.event];
  if (!evidence.range.empty() || !domain::carries_words(event.kind)) return true;
  return evidence.by == event.by && evidence.participant == event.participant;
}

std::string_view quote(timeline::Timeline const& timeline, Evidence const& evidence) {
  if (!is_of_its_event(timeline, evidence)) return {};
  std::string_view const text = timeline.events()[evidence.event].text;
  if (evidence.range.empty()) return text;
  std::size_t const begin = std::min<std::size_t>(evidence.range.begin, text.size());
  std::size_t const end = std::min<std::size_t>(evidence.range.end, text.size());
  return text.substr(begin, end - begin);
}

std::vector<Evidence> deciding_evidence(Ledger const& ledger, std::uint16_t practice) {
  PracticeResult const& result = ledger.practices[practice];
  std::vector<Evidence> found;
  bool const met = result.verdict == Verdict::met;
  if (!met && result.verdict != Verdict::missed) return found;
  OccasionState const deciding = met ? OccasionState::met : OccasionState::missed;
  auto const first = std::ranges::lower_bound(ledger.occasions, practice, {}, &Occasion::practice);
  for (auto occasion = first; occasion != ledger.occasions.end() && occasion->practice == practice; ++occasion) {
    if (occasion->state != deciding) continue;
    found.insert(found.end(), occasion->evidence.begin(), occasion->evidence.end());
    if (occasion->evidence.empty() && occasion->opened_by) found.push_back(*occasion->opened_by);
  }
  std::ranges::stable_sort(found, {}, [](Evidence const& e) { return std::tuple(e.at_ms, e.event, e.range.begin, e.range.end); });
  auto const repeats = std::ranges::unique(found);
  found.erase(repeats.begin(), repeats.end());
  if (found.size() > limits::evidence_per_practice_max) found.resize(limits::evidence_per_practice_max);
  return found;
}

}  // namespace rapport::evaluation

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/words.hpp"
#include "evaluation/ledger.hpp"
#include "playbook/playbook.hpp"

namespace rapport::evaluation {

/// Something that may have called for a practice and could not be told: without a miss, the
/// practice is then not assessed.
struct Mark {
  std::uint16_t practice = 0;
  Why why = Why::none;
  domain::SourceSet missing;

  bool operator==(Mark const&) const = default;
};

/// What one practice that was met or missed brings to the score. REQUIRES: 0 <= met <= occasions, 0 < occasions.
struct Share {
  std::int32_t weight = 0;
  std::int32_t met = 0;
  std::int32_t occasions = 1;
};
/// score = 100 · Σ weight · met/occasions ÷ Σ weight, in thousandths, half rounded up; each fraction is
/// first rounded, half up, to 10⁻⁹. Nothing if nothing has weight.
std::optional<std::int32_t> score_of(std::span<Share const> shares);

/// Whether an agent took part, as far as what was recorded can tell.
enum class AgentPart : std::uint8_t { took_part,
                                      none,
                                      unknown };

/// Any of these, had it been recorded, would show an agent who took part.
inline constexpr domain::SourceSet agent_sources{domain::Source::words, domain::Source::timing, domain::Source::telephony};

/// Makes the scorecard of judged occasions (in order of opening). A practice is missed if any
/// occasion was missed, else not assessed if any could not be assessed, is open or is marked, else
/// met if any was met, else not applicable. Where no agent took part, all practices that are on
/// are not applicable and there are no occasions; where nobody knows whether one did, they are not
/// assessed. A miss is as sure as the surest missed occasion,
/// met as sure as the least sure one; a verdict less sure than the practice's `sure` is not assessed.
///
/// The score is that of met and missed practices (score_of); assessed_share is in thousandths, half
/// rounded up.
Ledger make_ledger(playbook::Playbook const& playbook, domain::Channel channel, AgentPart agent_part,
                   std::vector<Occasion> occasions, std::vector<Mark> const& marks);

}  // namespace rapport::evaluation

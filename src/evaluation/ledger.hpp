#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "playbook/playbook.hpp"
#include "signals/occurrence.hpp"

namespace rapport::evaluation {

inline constexpr int ledger_format = 1;
inline constexpr std::string_view engine_version = "4";  ///< changes whenever a verdict may

enum class Verdict : std::uint8_t { met,
                                    missed,
                                    not_applicable,
                                    not_assessed };
std::string_view name(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view text);

enum class OccasionState : std::uint8_t { open,
                                          met,
                                          missed,
                                          voided,
                                          unassessed };

/// Why an occasion or a practice could not be assessed, or came out as it did.
enum class Why : std::uint8_t {
  none,               ///< nothing to explain: met or missed
  off,                ///< the practice is off
  not_by_rule,        ///< the playbook gives no pattern
  source_unobserved,  ///< the sources that would tell were not recorded
  words_unreadable,   ///< no phrases for the language, or too poor a transcript
  no_date,            ///< due at a time of its own that cannot be placed: none was read, or the interaction has no date
  over_limit,         ///< more obligations at a time than open_obligations_max
  not_due_yet,        ///< open: its time has not come
  no_agent,           ///< no agent took part
  no_occasion,        ///< nothing called for it
  unsure,             ///< its evidence is less sure than the practice asks for
};

/// A pointer into the timeline; the quote is rendered on read.
struct Evidence {
  std::uint32_t event = 0;
  signals::TextRange range;
  base::Millis at_ms = 0;
  base::Millis end_ms = 0;
  domain::Role by = domain::Role::agent;
  domain::ParticipantIndex participant = domain::nobody;

  bool operator==(Evidence const&) const = default;
};

/// The evidence that a firing is.
inline Evidence evidence_of(signals::Occurrence const& firing) {
  return {firing.event, firing.range, firing.at_ms, firing.end_ms, firing.by, firing.participant};
}

/// One obligation, from its opening to its end.
struct Occasion {
  std::uint16_t practice = 0;
  std::uint16_t pattern = 0;
  OccasionState state = OccasionState::open;
  base::Millis opened_ms = 0;
  base::Millis decided_ms = 0;         ///< its own instant, however late noticed
  std::optional<base::Millis> due_ms;  ///< where time bounds it
  domain::ParticipantIndex responsible = domain::nobody;
  Why why = Why::none;
  domain::SourceSet missing;             ///< for source_unobserved
  std::optional<Evidence> opened_by;     ///< T, where an event opened it
  std::vector<Evidence> evidence;        ///< S: what met or broke it; evidence_per_practice_max at most
  std::int32_t times = 0;                ///< how often S was found, listed or not
  std::int32_t confidence = 1'000;       ///< thousandths
  std::optional<std::int64_t> measured;  ///< of within: the reading that decided it, thousandths of its unit

  bool operator==(Occasion const&) const = default;
};

struct PracticeResult {
  Verdict verdict = Verdict::not_applicable;
  Why why = Why::none;
  domain::SourceSet missing;
  std::int32_t occasions = 0;  ///< assessed: met or missed; void and unassessed do not count
  std::int32_t met = 0;
  std::int32_t weight = 0;
  std::int32_t confidence = 1'000;
  std::optional<base::Millis> due_ms;  ///< for not_due_yet: the earliest time at which one falls due

  bool operator==(PracticeResult const&) const = default;
};

/// The scorecard of one interaction. Equal for equal (timeline, playbook, engine version).
struct Ledger {
  std::vector<PracticeResult> practices;  ///< one for each practice of the playbook, in its order
  std::vector<Occasion> occasions;        ///< by practice, then opened_ms, then order of opening
  std::optional<std::int32_t> score;      ///< thousandths of 0–100 (0 to 100 000); none if nothing counted
  std::int32_t assessed_share = 0;        ///< thousandths of practices that are on

  bool operator==(Ledger const&) const = default;
};

}  // namespace rapport::evaluation

#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "base/time.hpp"
#include "domain/event.hpp"
#include "domain/interaction.hpp"
#include "evaluation/ledger.hpp"
#include "records/interaction_record.hpp"

/// What a closed interaction's tail holds (records::AmendInteraction): events that came late, which
/// sources turned out to have been recorded, and people's verdicts. Pure; any thread.
namespace rapport::centre {

/// A person's verdict over the machine's. It is no event of the timeline: judging again does not see it,
/// and it stands whatever the machine says then. Of several for one practice the last one counts.
struct VerdictReview {
  std::string practice;
  evaluation::Verdict verdict = evaluation::Verdict::met;  ///< the person's
  evaluation::Verdict machine = evaluation::Verdict::met;  ///< what the machine had said then
  std::string by;                                          ///< user's id
  base::Instant at;
  std::string reason;  ///< personal: empty once the customer is erased; may be empty where they agree

  bool agrees() const { return verdict == machine; }
  bool operator==(VerdictReview const&) const = default;
};

/// Sources that were recorded after all: what is not in them did not happen.
struct LateSources {
  domain::SourceSet observed;
  bool operator==(LateSources const&) const = default;
};

using TailEntry = std::variant<domain::Event, VerdictReview, LateSources>;

/// Events are encoded as those of live interactions (event_codec.hpp).
records::Content encode(VerdictReview const& review);
records::Content encode(LateSources const& sources);
/// `head` is the interaction's. Error: what is stored cannot be read.
base::Result<TailEntry> decode_tail(records::Content const& content, domain::Interaction const& head);

}  // namespace rapport::centre

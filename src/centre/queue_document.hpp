#pragma once

#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "centre/disposition_tree.hpp"
#include "centre/json_reading.hpp"
#include "centre/numbering.hpp"
#include "routing/queue.hpp"

/// A queue as administrators write it. Only `number` must be there, and the centre gives it; what is left
/// out is as in routing::Queue:
///   {"number": 3, "label": "Billing", "priority": 2, "needs": {"billing": 3}, "relax": [{"after_seconds": 30,
///    "skill": "billing", "level": 2}], "strategy": "longest_idle", "age_every_seconds": 60, "target_seconds": 20,
///    "target_percent": 80, "hours": {…}, "accepts_when_closed": false, "closed_to": "night", "waiting_max": 50,
///    "offer_seconds": 20, "acknowledge_seconds": 60, "wrap_up_seconds": 30, "refusal_pause_seconds": 10,
///    "not_responding_seconds": 60, "affinity_seconds": 0, "fair_load": 1, "directed_seconds": 60, "unanswered_max": 3,
///    "overflow_after_seconds": 120, "overflow_to": "backup", "transfer_keeps_entry": true,
///    "callback_retry_seconds": 600, "callback_attempts_max": 3, "dispositions": {"reasons": […]}}
/// Times are seconds with at most three decimals. Queues and skills are named by their slugs. `hours`:
/// hours_document.hpp; `dispositions`: disposition_document.hpp. A level of 0 in `relax` asks for the skill no more.
namespace rapport::centre {

struct QueueDocument {
  std::string label;
  routing::Queue rules;  ///< `rules.id` is the number
  std::string zone = "UTC";
  std::shared_ptr<DispositionTree const> dispositions;  ///< null: any reason goes
  std::string music{};                                  ///< id of the sound that callers hear who wait; empty: what all hear

  /// REQUIRES nothing of the zone's table, which `rules` holds: equal where both have the same.
  bool operator==(QueueDocument const& other) const;
};

/// Error: which field, what was found, what was expected.
base::Result<QueueDocument> read_queue(json::value const& document, Numbering const& numbering, base::Instant now);
base::Result<QueueDocument> parse_queue(std::string_view text, Numbering const& numbering, base::Instant now);

/// The same queue as a document with every field written out; reading it gives it again.
/// REQUIRES: numbers that `numbering` knows.
json::object queue_json(QueueDocument const& queue, Numbering const& numbering);

}  // namespace rapport::centre

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "records/document.hpp"
#include "records/interaction_record.hpp"

namespace rapport::records {

/// One event of the floor, in the order of happening; the store does not look into it.
struct AppendFloor {
  std::string event;
};
/// The floor as it stands after all that was appended before: replaces it.
struct SaveFloor {
  std::string snapshot;
};

/// Adds to counters, number by number; a row that is not there counts from zero (docs/numbers.md).
struct AddCounters {
  std::string key;      ///< "queue/BRAND/ID", "agent/BRAND/ID"
  base::Instant start;  ///< of the interval
  std::vector<std::int64_t> values;
  std::size_t maxima = 0;  ///< so many of the first values are not added: the greater one stands. One number for a key
};

/// Who did what. Append-only.
struct AuditEntry {
  base::Instant at;
  std::string who;      ///< "user:ID", "token:ID", "customer:ID" or "system"
  std::string action;   ///< "user.create", "interaction.read", …
  std::string subject;  ///< "user:ID"
  std::string brand;
  std::string address;  ///< where from; empty: the system itself
  std::string detail;   ///< JSON without secrets and customer words; may be empty
  bool operator==(AuditEntry const&) const = default;
};

/// How long a repeat of a command gets the same answer.
inline constexpr base::Millis answers_kept = base::day;

/// The answer given to a command, replayed when its idempotency key comes again within that time.
struct KeepAnswer {
  std::string principal;
  std::string key;
  std::string request;  ///< hash of the request: another one under the same key is an error
  std::int32_t status = 0;
  std::string body;
  base::Instant at;
  bool operator==(KeepAnswer const&) const = default;
};

/// Bytes that a message carries; encrypted with the person's key.
struct PutBlob {
  std::string id;
  std::string interaction;
  std::string person;
  std::string name;
  std::string media_type;
  std::string bytes;  ///< at most limits::blob_bytes_max
};

using Change = std::variant<PutDocument, RemoveDocument, OpenInteraction, UpdateInteraction, AppendEvent,
                            CloseInteraction, AmendInteraction, AddLedger, AppendFloor, SaveFloor, AddCounters, AuditEntry,
                            KeepAnswer, PutBlob>;

/// Changes that become durable together or not at all, in their order.
struct Batch {
  std::vector<Change> changes;
  base::Instant at;  ///< written where a change needs a time
  /// True: what is in memory rests on it already. The store keeps and repeats it until it is durable.
  /// A change that cannot be kept (a conflict, a limit) is left out, and with it the answers behind it; the
  /// rest lasts, and `done` is told the first reason. False: refused at once if the store is unavailable, and
  /// as a whole for one change.
  bool must_last = false;
};

}  // namespace rapport::records

#pragma once

#include <optional>

#include "records/batch.hpp"
#include "records/store_error.hpp"
#include "store/database.hpp"
#include "store/memory.hpp"
#include "store/packing.hpp"

namespace rapport::store {

/// What writing needs from the store around it. `counters` are known values of counters, the writer's.
struct WritingContext {
  Dialect dialect = Dialect::sqlite;
  Keys const& keys;
  LiveTable const& live;
  KeyCache const& cache;
  Counters const& counters;
};

/// A change that a batch had to last without.
struct LeftOut {
  std::string change;  ///< its kind and whose it is, for logs: "CloseInteraction ID"; no content
  records::StoreError why = records::StoreError::conflict;
};

/// Writes batches within one transaction of the writer's connection, each wholly or not at all. Lives
/// for one transaction; what it changed in memory is taken over when that is durable.
class Changes {
 public:
  Changes(Connection& connection, WritingContext const& context, Positions const& positions);

  /// Nothing, or why the batch was refused and left no trace; of one that must last, why a change of it was
  /// left out first.
  std::optional<records::StoreError> apply(records::Batch const& batch);
  /// What those that must last had to last without, for logs.
  std::vector<LeftOut> const& left_out() const { return left_out_; }
  /// Writes what is added up over the batches. Before the commit, once.
  void finish();

  Draft const& draft() const { return group_; }
  /// Values of the counters that were written.
  Counters const& counters() const { return counters_; }

 private:
  using Refused = std::optional<records::StoreError>;

  Refused apply_all(records::Batch const& batch);
  Refused apply_what_can_last(records::Batch const& batch);
  Refused put(records::PutDocument const& change);
  Refused put(records::RemoveDocument const& change);
  Refused put(records::OpenInteraction const& change);
  Refused put(records::UpdateInteraction const& change);
  Refused put(records::AppendEvent const& change);
  Refused put(records::CloseInteraction const& change);
  Refused put(records::AmendInteraction const& change);
  Refused put(records::AddLedger const& change);
  Refused put(records::AppendFloor const& change);
  Refused put(records::SaveFloor const& change);
  Refused put(records::AddCounters const& change);
  Refused put(records::AuditEntry const& change);
  Refused put(records::KeepAnswer const& change);
  Refused put(records::PutBlob const& change);

  /// The person's key, made if there is none.
  PersonKey key_of(std::string const& person);
  std::string sealed_for(std::string const& person, std::string_view where, std::string_view plain, Stays stays = Stays::for_good);

  void drop_references(std::string const& kind, std::string const& id);
  std::optional<LiveInteraction> live(std::string const& id) const;
  /// Number and customer of a closed interaction.
  struct Closed {
    std::int64_t number = 0;
    std::string customer;
    std::vector<std::string> missed;
  };
  std::optional<Closed> closed(std::string const& id);
  bool exists(std::string const& id);
  /// Makes the row under a number that is free.
  std::int64_t insert_row(records::InteractionRow const& row);
  void update_row(std::int64_t number, records::InteractionRow const& row, bool closes);
  void put_head(LiveInteraction const& live, records::InteractionRow const& row, records::Content const& head);
  void index_agents(std::int64_t number, std::vector<std::string> const* before, std::vector<std::string> const& now);
  void index_missed(std::int64_t number, std::vector<std::string> const* before, std::vector<std::string> const& now);
  void put_ledger(std::int64_t number, std::int64_t position, records::LedgerRecord const& ledger);

  Connection& connection_;
  WritingContext const& context_;
  Draft group_;        ///< of the batches before
  Draft batch_;        ///< of the one at hand
  base::Instant now_;  ///< of the batch
  Counters counters_;
  std::vector<LeftOut> left_out_;
};

}  // namespace rapport::store

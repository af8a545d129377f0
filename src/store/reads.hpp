#pragma once

#include "records/store.hpp"
#include "store/database.hpp"
#include "store/memory.hpp"

namespace rapport::store {

/// Reads by one connection; lives for one call. Failures are thrown.
class Reads {
 public:
  Reads(Connection& connection, Dialect dialect, Keys const& keys, KeyCache& cache, LiveTable const& live)
      : connection_(connection), dialect_(dialect), keys_(keys), cache_(cache), live_(live), generation_(cache.generation()) {}

  records::LiveState load();
  std::optional<records::Document> document(std::string_view kind, std::string_view id);
  std::optional<records::Document> document_by_name(std::string_view kind, std::string_view brand, std::string_view name);
  records::DocumentPage documents_by_lookup(std::string_view kind, std::string_view lookup, std::string_view after_id, std::size_t limit);
  records::DocumentPage documents(std::string_view kind, std::optional<std::string_view> brand, std::string_view after_id, std::size_t limit);
  std::optional<records::StoredInteraction> interaction(std::string const& id);
  std::optional<records::InteractionRow> row(std::string_view interaction);
  records::InteractionPage search(records::InteractionQuery const& query);
  std::vector<records::LedgerRecord> ledgers(std::string_view interaction);
  std::vector<records::CounterRow> counters(std::string_view key_prefix, base::Instant from, base::Instant to);
  std::vector<records::AuditRow> audit(records::AuditQuery const& query);
  std::optional<records::KeepAnswer> answer(std::string_view principal, std::string_view key);
  std::optional<records::Blob> blob(std::string_view id);

 private:
  /// Empty if the key is destroyed.
  std::string opened(std::string_view place, std::string_view sealed);
  records::Document document_of(Rows const& rows);
  records::DocumentPage page_of(Rows& rows, std::int64_t most);
  /// Columns skeleton and personal from that column on.
  records::Content content_of(Rows const& rows, int column, std::string_view place);
  records::AppendEvent event_of(Rows const& rows, std::string const& id, std::string_view kind);
  std::vector<records::AppendEvent> live_events(std::string const& id, std::int64_t last);

  Connection& connection_;
  Dialect dialect_;
  Keys const& keys_;
  KeyCache& cache_;
  LiveTable const& live_;
  std::uint64_t generation_;  ///< of before the first look into the database
};

/// Columns of `interactions` as `row_of` reads them, of the table or alias `i`.
inline constexpr std::string_view row_columns =
    "i.id, i.brand, i.channel, i.direction, i.queue, i.agents, i.customer, i.case_id, i.started_at, i.closed_at,"
    " i.disposition, i.outcome, i.score, i.missed, i.number, i.ledger";
records::InteractionRow row_of(Rows const& rows);
inline constexpr int number_column = 14;

/// What a caller asked for, within what a page holds.
std::int64_t page_rows(std::size_t limit);

}  // namespace rapport::store

#include "store/sql_store.hpp"

#include "records/check.hpp"
#include "store/erasure.hpp"
#include "store/packing.hpp"
#include "store/schema.hpp"

namespace rapport::store {
namespace {

/// Of InteractionQuery: each is a parameter of the statement.
constexpr std::size_t brands_max = 100;

bool plain(std::initializer_list<std::string_view> texts) { return std::all_of(texts.begin(), texts.end(), records::is_plain_text); }
bool plain(std::optional<std::string> const& text) { return !text || records::is_plain_text(*text); }

std::int64_t number_of(Connection& connection, std::string_view sql) {
  auto const rows = connection.query(sql, std::span<Value const>{});
  return rows->next() ? rows->integer(0) : 0;
}

/// The live interactions with where their events end; how many events are nobody's any more.
std::int64_t read_live(Connection& connection, LiveTable& table) {
  LiveTable::Changes live;
  std::unordered_map<std::int64_t, LiveInteraction*> by_number;
  Reading const reading{connection};
  {
    auto const rows = connection.stream("SELECT id, number, agents, missed FROM interactions WHERE closed_at IS NULL");
    while (rows->next()) {
      auto const shared = [](std::vector<std::string> list) { return std::make_shared<std::vector<std::string> const>(std::move(list)); };
      auto& entry = live[std::string{rows->text(0)}];
      entry = LiveInteraction{rows->integer(1), 0, 0, shared(unpack_list(rows->text(2))), shared(unpack_list(rows->text(3)))};
      by_number.emplace(rows->integer(1), &*entry);
    }
  }
  std::int64_t garbage = 0;
  {
    auto const rows = connection.stream("SELECT interaction, position, number FROM live_events ORDER BY position");
    while (rows->next()) {
      auto const at = by_number.find(rows->integer(0));
      if (at == by_number.end()) {
        ++garbage;
        continue;
      }
      at->second->last_event = rows->integer(1);
      at->second->events = static_cast<std::uint32_t>(rows->integer(2));
    }
  }
  table.apply(std::move(live));
  return garbage;
}

}  // namespace

SqlStore::SqlStore(std::unique_ptr<Database> database, Key const& master, Writer::Told told, Writer::ToldLeftOut told_left_out)
    : database_(std::move(database)), keys_(master), pool_(*database_), writer_(*database_, keys_, live_, cache_, start(), std::move(told), std::move(told_left_out)) {}

WriterState SqlStore::start() {
  WriterState state;
  state.connection = database_->connect_writer();
  Connection& connection = *state.connection;
  migrate(connection, database_->dialect());
  check_master_key(connection, keys_);
  connection.change("UPDATE writer SET epoch = epoch + 1 WHERE one = 1", std::span<Value const>{});
  state.epoch = number_of(connection, "SELECT epoch FROM writer");
  state.positions.floor = number_of(connection, "SELECT COALESCE(MAX(position), 0) FROM floor_events");
  state.positions.live = number_of(connection, "SELECT COALESCE(MAX(position), 0) FROM live_events");
  state.positions.audit = number_of(connection, "SELECT COALESCE(MAX(number), 0) FROM audit");
  state.garbage = read_live(connection, live_);
  return state;
}

template <typename T, typename Read>
records::Stored<T> SqlStore::read(Read const& what) {
  try {
    return pool_.with([&](Connection& connection) -> T {
      Reads reads{connection, database_->dialect(), keys_, cache_, live_};
      return what(reads);
    });
  } catch (Failure const& failure) {
    return failure.error();
  }
}

bool SqlStore::submit(records::Batch batch, Done done) { return writer_.submit(std::move(batch), std::move(done)); }
bool SqlStore::available() const { return writer_.available(); }

records::Stored<records::LiveState> SqlStore::load() {
  return read<records::LiveState>([](Reads& reads) { return reads.load(); });
}

records::Stored<std::optional<records::Document>> SqlStore::document(std::string_view kind, std::string_view id) {
  if (!plain({kind, id})) return records::StoreError::malformed;
  return read<std::optional<records::Document>>([&](Reads& reads) { return reads.document(kind, id); });
}

records::Stored<std::optional<records::Document>> SqlStore::document_by_name(std::string_view kind, std::string_view brand, std::string_view name) {
  return read<std::optional<records::Document>>([&](Reads& reads) { return reads.document_by_name(kind, brand, name); });
}

records::Stored<records::DocumentPage> SqlStore::documents_by_lookup(std::string_view kind, std::string_view lookup,
                                                                     std::string_view after_id, std::size_t limit) {
  if (!plain({after_id})) return records::StoreError::malformed;
  return read<records::DocumentPage>([&](Reads& reads) { return reads.documents_by_lookup(kind, lookup, after_id, limit); });
}

records::Stored<records::DocumentPage> SqlStore::documents(std::string_view kind, std::optional<std::string_view> brand,
                                                           std::string_view after_id, std::size_t limit) {
  if (!plain({kind, after_id, brand.value_or("")})) return records::StoreError::malformed;
  return read<records::DocumentPage>([&](Reads& reads) { return reads.documents(kind, brand, after_id, limit); });
}

records::Stored<std::optional<records::StoredInteraction>> SqlStore::interaction(std::string_view id) {
  if (!plain({id})) return records::StoreError::malformed;
  return read<std::optional<records::StoredInteraction>>([&](Reads& reads) { return reads.interaction(std::string{id}); });
}

records::Stored<std::optional<records::InteractionRow>> SqlStore::row(std::string_view interaction) {
  if (!plain({interaction})) return records::StoreError::malformed;
  return read<std::optional<records::InteractionRow>>([&](Reads& reads) { return reads.row(interaction); });
}

records::Stored<records::InteractionPage> SqlStore::search(records::InteractionQuery const& query) {
  if (query.brands.size() > brands_max) return records::StoreError::too_large;
  for (std::string const& brand : query.brands) {
    if (!plain({brand})) return records::StoreError::malformed;
  }
  for (auto const* text : {&query.customer, &query.agent, &query.queue, &query.case_id, &query.disposition, &query.outcome, &query.missed}) {
    if (!plain(*text)) return records::StoreError::malformed;
  }
  if (query.after && !plain({query.after->id})) return records::StoreError::malformed;
  return read<records::InteractionPage>([&](Reads& reads) { return reads.search(query); });
}

records::Stored<std::vector<records::LedgerRecord>> SqlStore::ledgers(std::string_view interaction) {
  if (!plain({interaction})) return records::StoreError::malformed;
  return read<std::vector<records::LedgerRecord>>([&](Reads& reads) { return reads.ledgers(interaction); });
}

records::Stored<std::vector<records::CounterRow>> SqlStore::counters(std::string_view key_prefix, base::Instant from, base::Instant to) {
  if (!plain({key_prefix})) return records::StoreError::malformed;
  return read<std::vector<records::CounterRow>>([&](Reads& reads) { return reads.counters(key_prefix, from, to); });
}

records::Stored<std::vector<records::AuditRow>> SqlStore::audit(records::AuditQuery const& query) {
  for (auto const* text : {&query.who, &query.action, &query.subject, &query.brand}) {
    if (!plain(*text)) return records::StoreError::malformed;
  }
  return read<std::vector<records::AuditRow>>([&](Reads& reads) { return reads.audit(query); });
}

records::Stored<std::optional<records::KeepAnswer>> SqlStore::answer(std::string_view principal, std::string_view key) {
  if (!plain({principal, key})) return records::StoreError::malformed;
  return read<std::optional<records::KeepAnswer>>([&](Reads& reads) { return reads.answer(principal, key); });
}

records::Stored<std::optional<records::Blob>> SqlStore::blob(std::string_view id) {
  if (!plain({id})) return records::StoreError::malformed;
  return read<std::optional<records::Blob>>([&](Reads& reads) { return reads.blob(id); });
}

records::Stored<records::Nothing> SqlStore::erase_person(std::string_view person) {
  if (!plain({person})) return records::StoreError::malformed;
  auto const erased = writer_.run([person = std::string{person}](Connection& connection) { return erase(connection, person); },
                                  [this](Connection& connection) {
                                    cache_.forget();
                                    database_->scrub(connection);
                                  });
  if (!erased) return erased.error();
  return records::Nothing{};
}

records::Stored<std::size_t> SqlStore::purge(std::string_view brand, std::optional<domain::Channel> channel, base::Instant closed_before) {
  if (!plain({brand})) return records::StoreError::malformed;
  for (std::size_t purged = 0;;) {
    auto const step = writer_.run([&](Connection& connection) { return purge_some(connection, brand, channel, closed_before); },
                                  [this](Connection&) { cache_.forget(); });
    if (!step) return step.error();
    if (*step == 0) return purged;
    purged += *step;
  }
}

records::Stored<std::size_t> SqlStore::forget_answers(base::Instant kept_before) {
  return writer_.run([kept_before](Connection& connection) {
    return static_cast<std::size_t>(connection.change("DELETE FROM answers WHERE at < $1", {kept_before}));
  });
}

}  // namespace rapport::store

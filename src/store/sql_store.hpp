#pragma once

#include "records/store.hpp"
#include "store/connection_pool.hpp"
#include "store/reads.hpp"
#include "store/writer.hpp"

namespace rapport::store {

/// records::Store over a database.
class SqlStore final : public records::Store {
 public:
  /// Takes the writer's connection, which holds the lock; migrates and checks. Throws Failure.
  SqlStore(std::unique_ptr<Database> database, Key const& master, Writer::Told told, Writer::ToldLeftOut told_left_out = {});

  bool submit(records::Batch batch, Done done) override;
  bool available() const override;
  records::Stored<records::LiveState> load() override;
  records::Stored<std::optional<records::Document>> document(std::string_view kind, std::string_view id) override;
  records::Stored<std::optional<records::Document>> document_by_name(std::string_view kind, std::string_view brand, std::string_view name) override;
  records::Stored<records::DocumentPage> documents_by_lookup(std::string_view kind, std::string_view lookup,
                                                             std::string_view after_id, std::size_t limit) override;
  records::Stored<records::DocumentPage> documents(std::string_view kind, std::optional<std::string_view> brand,
                                                   std::string_view after_id, std::size_t limit) override;
  records::Stored<std::optional<records::StoredInteraction>> interaction(std::string_view id) override;
  records::Stored<std::optional<records::InteractionRow>> row(std::string_view interaction) override;
  records::Stored<records::InteractionPage> search(records::InteractionQuery const& query) override;
  records::Stored<std::vector<records::LedgerRecord>> ledgers(std::string_view interaction) override;
  records::Stored<std::vector<records::CounterRow>> counters(std::string_view key_prefix, base::Instant from, base::Instant to) override;
  records::Stored<std::vector<records::AuditRow>> audit(records::AuditQuery const& query) override;
  records::Stored<std::optional<records::KeepAnswer>> answer(std::string_view principal, std::string_view key) override;
  records::Stored<std::optional<records::Blob>> blob(std::string_view id) override;
  records::Stored<records::Nothing> erase_person(std::string_view person) override;
  records::Stored<std::size_t> purge(std::string_view brand, std::optional<domain::Channel> channel, base::Instant closed_before) override;
  records::Stored<std::size_t> forget_answers(base::Instant kept_before) override;

 private:
  /// Reads with a connection of the pool; failures become errors.
  template <typename T, typename Read>
  records::Stored<T> read(Read const& what);
  WriterState start();

  std::unique_ptr<Database> database_;
  Keys keys_;
  KeyCache cache_;
  LiveTable live_;
  ConnectionPool pool_;
  Writer writer_;  // last: its thread uses all of the above
};

}  // namespace rapport::store
